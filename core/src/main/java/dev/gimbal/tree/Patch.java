package dev.gimbal.tree;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes by path, applied together and in order.
 *
 * @param ops what to set and what to remove
 * @since 0.1.0
 */
public record Patch(List<Op> ops) {

  public Patch {
    ops = List.copyOf(ops);
  }

  /** One change. */
  public sealed interface Op {
    ConfigPath path();
  }

  /** Sets a place; {@link NullNode} there is a tombstone. */
  public record Set(ConfigPath path, Node value) implements Op {}

  /** Drops the layer's own entry, so that lower layers show. */
  public record Remove(ConfigPath path) implements Op {}

  public static Builder builder() {
    return new Builder();
  }

  /** Collects operations. Used by one thread. */
  public static final class Builder {
    private final List<Op> ops = new ArrayList<>();

    Builder() {}

    /**
     * Sets a path (text form) to a value: null, a String, Number, Boolean, Enum, Collection, array,
     * Map, or an object whose {@code toString} says it (Duration, Path, ...).
     *
     * @throws IllegalArgumentException for a value that the tree cannot hold, such as an object
     *     that has only the toString of Object
     */
    public Builder set(String path, @Nullable Object value) {
      return set(ConfigPath.parse(path), Nodes.of(value, Scalar.Template.ALL));
    }

    public Builder set(ConfigPath path, Node value) {
      ops.add(new Set(path, value));
      return this;
    }

    public Builder remove(String path) {
      return remove(ConfigPath.parse(path));
    }

    public Builder remove(ConfigPath path) {
      ops.add(new Remove(path));
      return this;
    }

    public Patch build() {
      return new Patch(ops);
    }
  }
}
