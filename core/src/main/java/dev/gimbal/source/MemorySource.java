package dev.gimbal.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.Document;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A layer that the application writes. Each call is atomic: all of it becomes visible in one
 * snapshot, and it returns once that is published.
 *
 * <p>Before a Config opens the source, writes are collected and handed over as its first document.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MemorySource implements Source {

  private enum Phase {
    NEW,
    OPEN,
    CLOSED
  }

  /** What was written before the source was opened. Its monitor orders that and the hand-over. */
  private final class Early {

    /** NEW -> OPEN open(); OPEN -> CLOSED Session.close(). */
    @GuardedBy("this")
    private Phase phase = Phase.NEW;

    @GuardedBy("this")
    private ObjectNode collected = ObjectNode.EMPTY;

    /** Applies a write to what is collected; the sink if the source was opened meanwhile. */
    synchronized @Nullable Sink collect(Sink.Write write) {
      if (phase == Phase.CLOSED) {
        throw new IllegalStateException(
            "memory source \"" + name + "\" is closed: it was removed, or its Config is closed");
      }
      if (phase == Phase.NEW) {
        collected = write.apply(collected);
      }
      return sink;
    }

    /** What is there to hand over. */
    synchronized ObjectNode first() {
      if (phase != Phase.NEW) {
        throw new IllegalStateException(
            "memory source \""
                + name
                + "\" was opened before: an instance belongs to one Config, once");
      }
      return collected;
    }

    /**
     * Hands over, unless there is more by now.
     *
     * @param read what was there, decrypted
     */
    synchronized boolean handOver(ObjectNode there, Document read, Sink to) {
      if (first() != there) {
        return false;
      }
      phase = Phase.OPEN;
      to.document(Revision.of(1), read);
      collected = ObjectNode.EMPTY;
      sink = to;
      return true;
    }

    synchronized void close() {
      phase = Phase.CLOSED;
      sink = null;
    }
  }

  private final String name;
  private final WrittenPaths paths = new WrittenPaths();
  private final Early early = new Early();

  /** Where writes go while OPEN, else null. Written under {@link #early}, read by any writer. */
  private volatile @Nullable Sink sink;

  public MemorySource(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Sets a place in this layer. An index is one of this layer's own list, from 0 to its size, which
   * appends; a list of a lower layer is not copied but replaced.
   *
   * @param path in text form
   * @param value null (hides what lower layers have), a String, Number, Boolean, Enum, Collection,
   *     array, Map, or an object whose {@code toString} says it (Duration, Path, ...)
   * @return the version that shows it; 0 while no Config with this source has started
   * @throws dev.gimbal.ConfigException when the result is refused; the write is then taken back
   * @throws IllegalArgumentException for a value or list index that the tree cannot hold, such as
   *     an object that has only the toString of Object
   * @throws IllegalStateException when the source was removed or its Config is closed, or from
   *     inside a check
   */
  public long put(String path, @Nullable Object value) {
    ConfigPath at = paths.of(path);
    Node node = Nodes.of(value, Scalar.Template.ALL);
    requireObjectAtRoot(at, node);
    return write(layer -> (ObjectNode) Nodes.set(layer, at, node));
  }

  /**
   * Drops this layer's own entry, so that lower ones show. Returns and throws like {@link #put}.
   */
  public long remove(String path) {
    ConfigPath at = paths.of(path);
    return write(layer -> (ObjectNode) Nodes.remove(layer, at));
  }

  /**
   * Several changes at once, in order. {@code changes} runs on the calling thread, before anything
   * is written. Returns and throws like {@link #put}.
   */
  public long patch(Consumer<Patch.Builder> changes) {
    Objects.requireNonNull(changes, "changes");
    Patch.Builder builder = Patch.builder();
    changes.accept(builder);
    Patch patch = builder.build();
    for (Patch.Op op : patch.ops()) {
      if (op instanceof Patch.Set set) {
        requireObjectAtRoot(set.path(), set.value());
      }
    }
    return write(layer -> Nodes.apply(layer, patch));
  }

  /**
   * Makes this the whole layer. The map's own keys are paths, keys of maps inside are literal.
   * Returns and throws like {@link #put}.
   *
   * @throws IllegalArgumentException also when two keys give one path a value
   */
  public long replace(Map<String, ?> values) {
    ObjectNode tree = PathKeys.tree(values);
    return write(layer -> (ObjectNode) Nodes.share(layer, tree));
  }

  private static void requireObjectAtRoot(ConfigPath path, Node value) {
    if (path.isRoot() && !(value instanceof ObjectNode)) {
      throw new IllegalArgumentException("the root: " + value + " (expected: a Map)");
    }
  }

  private long write(Sink.Write write) {
    Sink open = sink;
    if (open == null) {
      open = early.collect(write);
    }
    return open == null ? 0 : open.write(write);
  }

  /**
   * Hands over what was written so far.
   *
   * @throws dev.gimbal.ConfigException GIM-027 when a value of it is encrypted, and does not
   *     decrypt
   * @throws IllegalStateException when a Config has opened this source before
   */
  @Override
  public Session open(Sink to) {
    boolean taken = false;
    while (!taken) {
      ObjectNode there = early.first();
      Document read = to.decrypt(Document.of(there)); // not with the monitor: keys may take a while
      taken = early.handOver(there, read, to);
    }
    return early::close;
  }

  @Override
  public String toString() {
    return "memory " + name;
  }
}
