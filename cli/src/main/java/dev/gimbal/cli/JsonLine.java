package dev.gimbal.cli;

import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Builds a JSON object on one line, its members in the order they are given, and nothing that a
 * terminal obeys. Used by one thread.
 */
final class JsonLine {

  private final JsonFormat json = new JsonFormat();
  private final StringBuilder line = new StringBuilder("{");

  JsonLine text(String key, String value) {
    return tree(key, Scalar.string(value));
  }

  JsonLine number(String key, long value) {
    return tree(key, Scalar.number(value));
  }

  /** A member whose value is a tree, or null. */
  JsonLine tree(String key, @Nullable Node value) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(key).append("\":");
    line.append(json.writeCompact(value == null ? NullNode.NULL : value));
    return this;
  }

  @Override
  public String toString() {
    return Visible.json(line + "}");
  }
}
