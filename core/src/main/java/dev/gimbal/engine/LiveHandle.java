package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Live;
import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;

/** A live value: what its declaration keeps of the check, and its default while there is none. */
final class LiveHandle<T> implements Live<T> {

  private final MemoryLoader loader;
  private final Declaration declaration;
  private final @Nullable T defaultValue;

  /**
   * What was last read. Written by any thread: it is immutable and says which version it is of, so
   * that an older one costs a second look and never a wrong answer. It does not hold the snapshot,
   * which an idle handle would keep.
   */
  private @Nullable Read<T> last;

  private static final class Read<T> {
    final long version;
    final @Nullable Node node;
    final T value;

    Read(long version, @Nullable Node node, T value) {
      this.version = version;
      this.node = node;
      this.value = value;
    }
  }

  LiveHandle(MemoryLoader loader, Declaration declaration, @Nullable T defaultValue) {
    this.loader = loader;
    this.declaration = declaration;
    this.defaultValue = defaultValue;
  }

  @Override
  public T get() {
    PublishedSnapshot now = loader.published();
    Read<T> read = last;
    return read != null && read.version == now.version() ? read.value : read(now, read);
  }

  private T read(PublishedSnapshot now, @Nullable Read<T> before) {
    SnapshotValue value = SnapshotValue.of(now, declaration.path());
    Node node = value.found();
    T converted;
    if (before != null && before.node == node) {
      converted = before.value;
    } else {
      converted = node == null && defaultValue != null ? defaultValue : made(value);
    }
    last = new Read<>(now.version(), node, converted);
    return converted;
  }

  /** The object that was checked; a new one only for a snapshot that is no longer the current. */
  @SuppressWarnings("unchecked") // the type is that of T
  private T made(SnapshotValue value) {
    Node node = value.found();
    Object made = node == null ? null : declaration.made(node);
    return (T) (made == null ? value.as(declaration.type()) : made);
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
