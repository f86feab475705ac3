package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed in a document, all of it or nothing, and what it must say before. Immutable
 * and safe for use by many threads.
 *
 * @param expected what must stand there before anything is changed
 * @param patch what to set and what to take away, in order
 * @since 0.1.0
 */
public record Edit(List<Expected> expected, Patch patch) {

  public Edit {
    expected = List.copyOf(expected);
    Objects.requireNonNull(patch, "patch");
  }

  /**
   * What must stand at a path.
   *
   * @param value as it is set; null: nothing stands there
   */
  public record Expected(ConfigPath path, @Nullable Node value) {}

  /** An edit that changes nothing, to add to. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects changes. Used by one thread. */
  public static final class Builder {

    private final List<Expected> expected = new ArrayList<>();
    private final Patch.Builder patch = Patch.builder();

    private Builder() {}

    /**
     * Sets a path (text form) to a value, as {@link Patch.Builder#set(String, Object)} does: where
     * one stands, in its place.
     *
     * @throws ConfigException GIM-001 when the text is not a path
     * @throws IllegalArgumentException for a value that a tree cannot hold
     */
    public Builder set(String path, @Nullable Object value) {
      patch.set(path, value);
      return this;
    }

    /** Sets a path to a value. */
    public Builder set(ConfigPath path, Node value) {
      patch.set(path, value);
      return this;
    }

    /**
     * Takes away what stands at a path (text form), if something does.
     *
     * @throws ConfigException GIM-001 when the text is not a path
     */
    public Builder unset(String path) {
      return unset(ConfigPath.parse(path));
    }

    /** Takes away what stands at a path, if something does. */
    public Builder unset(ConfigPath path) {
      patch.remove(path);
      return this;
    }

    /**
     * Changes nothing, with GIM-029, unless this value stands at a path (text form) before.
     *
     * @param value as {@link #set(String, Object)} takes it
     * @throws ConfigException GIM-001 when the text is not a path
     * @throws IllegalArgumentException for a value that a tree cannot hold
     */
    public Builder onlyIf(String path, @Nullable Object value) {
      Node node = value == null ? NullNode.NULL : Nodes.of(value, Scalar.Template.ALL);
      return onlyIf(ConfigPath.parse(path), node);
    }

    /** The same, by a path and a value. */
    public Builder onlyIf(ConfigPath path, Node value) {
      expected.add(new Expected(path, value));
      return this;
    }

    /**
     * Changes nothing, with GIM-029, unless nothing stands at a path (text form) before.
     *
     * @throws ConfigException GIM-001 when the text is not a path
     */
    public Builder onlyIfAbsent(String path) {
      return onlyIfAbsent(ConfigPath.parse(path));
    }

    /** The same, by a path. */
    public Builder onlyIfAbsent(ConfigPath path) {
      expected.add(new Expected(path, null));
      return this;
    }

    /** The edit. */
    public Edit build() {
      return new Edit(expected, patch.build());
    }
  }
}
