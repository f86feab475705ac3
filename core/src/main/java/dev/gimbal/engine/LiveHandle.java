package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Live;
import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;

/**
 * A live value: what its declaration shows, and its default while there is none. It keeps nothing
 * itself, so that an idle handle holds no old snapshot.
 */
final class LiveHandle<T> implements Live<T> {

  private final MemoryLoader loader;
  private final Declaration declaration;
  private final @Nullable T orElse;

  /**
   * @param orElse what it gives while there is no value, or null
   */
  LiveHandle(MemoryLoader loader, Declaration declaration, @Nullable T orElse) {
    this.loader = loader;
    this.declaration = declaration;
    this.orElse = orElse;
  }

  @Override
  @SuppressWarnings("unchecked") // what is shown is of the declared type
  public T get() {
    Object now = declaration.shown();
    return now.getClass() == Declaration.Unknown.class ? find((Declaration.Unknown) now) : (T) now;
  }

  private T find(Declaration.Unknown seen) {
    if (seen == Declaration.Unknown.ABSENT && orElse != null) {
      return orElse;
    }
    PublishedSnapshot now = loader.published();
    SnapshotValue value = SnapshotValue.of(now, declaration.path());
    Node node = value.found();
    if (node == null) {
      declaration.show(seen, Declaration.Unknown.ABSENT, now.version());
      return orElse == null ? as(value) : orElse;
    }
    T found = made(value, node);
    declaration.show(seen, found, now.version());
    return found;
  }

  /** The object that was checked; a new one only for a snapshot that is no longer the current. */
  @SuppressWarnings("unchecked") // the type is that of T
  private T made(SnapshotValue value, Node node) {
    Object made = declaration.made(node);
    return made == null ? as(value) : (T) made;
  }

  @SuppressWarnings("unchecked") // the type is that of T
  private T as(SnapshotValue value) {
    return (T) value.as(declaration.type());
  }

  Declaration declaration() {
    return declaration;
  }

  @Override
  public ConfigPath path() {
    return declaration.path();
  }

  @Override
  public String toString() {
    return "live " + declaration.path();
  }
}
