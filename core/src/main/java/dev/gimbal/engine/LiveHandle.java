package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Live;
import dev.gimbal.tree.Node;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A live value: converted once for each change of its node. */
final class LiveHandle<T> implements Live<T> {

  private final MemoryLoader loader;
  private final ConfigPath path;
  private final Type type;
  private final @Nullable T defaultValue;

  /**
   * What was last read. Written by any thread: it is immutable and says which snapshot it is of, so
   * that an older one costs a second look and never a wrong answer.
   */
  private @Nullable Read<T> last;

  private static final class Read<T> {
    final PublishedSnapshot snapshot;
    final @Nullable Node node;
    final T value;

    Read(PublishedSnapshot snapshot, @Nullable Node node, T value) {
      this.snapshot = snapshot;
      this.node = node;
      this.value = value;
    }
  }

  LiveHandle(MemoryLoader loader, ConfigPath path, Type type, @Nullable T defaultValue) {
    this.loader = loader;
    this.path = path;
    this.type = type;
    this.defaultValue = defaultValue;
  }

  @Override
  public T get() {
    PublishedSnapshot now = loader.published();
    Read<T> read = last;
    return read != null && read.snapshot == now ? read.value : read(now, read);
  }

  private T read(PublishedSnapshot now, @Nullable Read<T> before) {
    SnapshotValue value = SnapshotValue.of(now, path);
    Node node = value.node();
    T converted;
    if (before != null && before.node == node) {
      converted = before.value;
    } else {
      converted = node == null && defaultValue != null ? defaultValue : made(value);
    }
    last = new Read<>(now, node, converted);
    return converted;
  }

  @SuppressWarnings("unchecked") // the type is that of T
  private T made(SnapshotValue value) {
    return (T) value.as(type);
  }

  @Override
  public ConfigPath path() {
    return path;
  }

  @Override
  public String toString() {
    return "live " + path;
  }
}
