package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.format.Formats;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms that {@code get} prints. */
enum Output {
  JSON(false),
  YAML(false),
  PROPERTIES(true),
  DOTENV(true),
  TOML(true),
  HOCON(true),
  HCL(true),
  XML(true),
  RAW(false);

  /** Whether a document of it is an object, so that a scalar or a list needs a key. */
  private final boolean needsKey;

  Output(boolean needsKey) {
    this.needsKey = needsKey;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Output::word).toList();
  }

  /** The form by its name; without one, what suits the node. */
  static @Nullable Output named(String name) {
    if (name.isEmpty()) {
      return null;
    }
    for (Output output : values()) {
      if (output.word().equals(name)) {
        return output;
      }
    }
    throw new UsageException(
        "--output: \"" + name + "\" (expected: " + String.join(", ", names()) + ")");
  }

  /** Raw for a scalar, JSON for the rest. */
  static Output of(Node node) {
    return node instanceof ObjectNode || node instanceof ListNode ? JSON : RAW;
  }

  /**
   * The text of a tree, which ends with a line feed unless it is empty.
   *
   * @param path where the tree stands
   */
  String write(Node node, ConfigPath path) {
    return this == RAW ? raw(node) : format(word(), needsKey ? keyed(node, path) : node);
  }

  private static String format(String name, Node node) {
    try {
      return line(Formats.installed(List.of()).get(name).write(node));
    } catch (ConfigException e) {
      Problem first = e.problems().get(0);
      String at = first.path() == null || first.path().isRoot() ? "" : first.path() + ": ";
      throw new UsageException("--output " + name + ": " + at + first.message());
    }
  }

  /** The text with a line feed at its end, unless it is empty. */
  static String line(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /** A scalar or list below the last key of its path. */
  private static Node keyed(Node node, ConfigPath path) {
    if (node instanceof ObjectNode || path.isRoot() || path.isIndex(path.size() - 1)) {
      return node;
    }
    return ObjectNode.EMPTY.with(path.key(path.size() - 1), node);
  }

  private static String raw(Node node) {
    if (node instanceof ListNode list) {
      StringBuilder text = new StringBuilder();
      for (Node element : list.elements()) {
        text.append(rawScalar(element)).append('\n');
      }
      return text.toString();
    }
    return rawScalar(node) + "\n";
  }

  private static String rawScalar(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    if (node == NullNode.NULL) {
      return "null";
    }
    // The scalar that stands beside children, as "a=1" does beside "a.b=2".
    if (node instanceof ObjectNode object && object.get("") instanceof Scalar own) {
      return own.text();
    }
    throw new UsageException(
        "--output raw: shows scalars and lists of scalars; use json or yaml here");
  }
}
