package dev.gimbal.format.yaml;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part of a document in the style of what stands around it. Used by one thread.
 *
 * @param lineBreak as the document has it
 * @param mapStep how much deeper a map stands than its key
 * @param listStep the same for a list
 */
record YamlPiece(String lineBreak, int mapStep, int listStep) {

  /** Nothing that the value replaces, or nothing with quotes. */
  static final char PLAIN = ' ';

  /** How much deeper than its key a node stands that takes lines of its own. */
  int step(Node node) {
    return node instanceof ListNode ? listStep : mapStep;
  }

  /** A key as it stands before its colon. */
  String key(String key, boolean flow, boolean quoted) {
    boolean plain = !quoted && YamlUnquoted.holds(key) && !(flow && hasFlowIndicator(key));
    return plain ? key : YamlWriter.quoted(key);
  }

  /** A member, without a line break at the end. */
  String member(String key, Node value, int indent) {
    String name = key(key, false, false);
    return name + ":" + (YamlWriter.isBlock(value) ? below(value, indent) : " " + inline(value));
  }

  /** A value that takes lines of its own, from the line break behind its key. */
  String below(Node value, int indent) {
    int inner = indent + step(value);
    return lineBreak + " ".repeat(inner) + block(value, inner);
  }

  /** The lines of an object or a list, without the indentation of the first one. */
  String block(Node node, int indent) {
    StringBuilder out = new StringBuilder();
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        separate(out, indent).append(member(key, Objects.requireNonNull(object.get(key)), indent));
      }
    } else if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        separate(out, indent).append(element(element, indent));
      }
    }
    return out.toString();
  }

  private StringBuilder separate(StringBuilder out, int indent) {
    return out.length() == 0 ? out : out.append(lineBreak).append(" ".repeat(indent));
  }

  /** An element of a list with its dash. */
  String element(Node value, int indent) {
    return "- " + (YamlWriter.isBlock(value) ? block(value, indent + 2) : inline(value));
  }

  private static String inline(Node node) {
    return YamlWriter.inlined(node);
  }

  /** A value in one line. */
  static String inFlow(Node node, boolean flow, char quote) {
    if (node instanceof Scalar scalar) {
      return scalar.kind() == Scalar.Kind.STRING
          ? string(scalar.text(), flow, quote)
          : scalar.text();
    }
    StringBuilder out = new StringBuilder();
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        String name =
            quote == '"' || hasFlowIndicator(key) || !YamlUnquoted.holds(key)
                ? YamlWriter.quoted(key)
                : key;
        out.append(out.length() == 0 ? "" : ", ").append(name).append(": ");
        out.append(inFlow(Objects.requireNonNull(object.get(key)), true, quote));
      }
      return "{" + out + "}";
    }
    if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        out.append(out.length() == 0 ? "" : ", ").append(inFlow(element, true, quote));
      }
      return "[" + out + "]";
    }
    return "null";
  }

  /**
   * A text in one line.
   *
   * @param quote the kind of quotes that are wanted
   */
  private static String string(String text, boolean flow, char quote) {
    if (quote == '\'' && isPrintable(text)) {
      return "'" + text.replace("'", "''") + "'";
    }
    boolean plain = quote == PLAIN && YamlUnquoted.holds(text) && !(flow && hasFlowIndicator(text));
    return plain ? text : YamlWriter.quoted(text);
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!YamlUnquoted.isPrintable(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasFlowIndicator(String text) {
    return text.chars().anyMatch(c -> YamlText.isFlowIndicator((char) c));
  }

  /**
   * A text of several lines as a block, or null where it is none that a block gives back, or where
   * something stands behind it that would belong to it.
   */
  @Nullable String literal(Node value, int indent) {
    if (!(value instanceof Scalar scalar) || scalar.kind() != Scalar.Kind.STRING) {
      return null;
    }
    String text = scalar.text();
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (body.indexOf('\n') < 0 || body.endsWith("\n") || "\n ".indexOf(body.charAt(0)) >= 0) {
      return null;
    }
    StringBuilder out = new StringBuilder(body.length() == text.length() ? "|-" : "|");
    for (String line : body.split("\n", -1)) {
      if (!isPrintable(line) || line.isBlank() && !line.isEmpty()) {
        return null;
      }
      out.append(lineBreak).append(line.isEmpty() ? "" : " ".repeat(indent)).append(line);
    }
    return out.toString();
  }
}
