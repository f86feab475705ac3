package dev.gimbal.format.yaml;

import dev.gimbal.format.Escapes;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;

/** Writes one tree as YAML in block style. Used by one thread. */
final class YamlWriter {

  /** A key longer than this is no simple key; YAML allows 1024 characters. */
  static final int LONGEST_SIMPLE_KEY = 1000;

  private final StringBuilder out = new StringBuilder();

  String write(Node tree) {
    if (isBlock(tree)) {
      block(tree, 0, false);
    } else {
      inline(tree);
      out.append('\n');
    }
    return out.toString();
  }

  /** What takes no lines of its own, without a line break. */
  static String inlined(Node node) {
    YamlWriter writer = new YamlWriter();
    writer.inline(node);
    return writer.out.toString();
  }

  /** A text in double quotes. */
  static String quoted(String text) {
    YamlWriter writer = new YamlWriter();
    writer.string(text, false);
    return writer.out.toString();
  }

  /** Whether a node takes lines of its own. */
  static boolean isBlock(Node node) {
    return node instanceof ObjectNode object && object.size() > 0
        || node instanceof ListNode list && list.size() > 0;
  }

  /**
   * Writes an object or list.
   *
   * @param goesOn whether its first line begins behind a dash
   */
  private void block(Node node, int indent, boolean goesOn) {
    boolean first = goesOn;
    if (node instanceof ObjectNode object) {
      for (String key : object.keys()) {
        Node child = object.get(key);
        if (child != null) {
          indent(first ? 0 : indent);
          member(key, child, indent);
          first = false;
        }
      }
    } else if (node instanceof ListNode list) {
      for (Node element : list.elements()) {
        indent(first ? 0 : indent);
        element(element, indent);
        first = false;
      }
    }
  }

  private void member(String key, Node child, int indent) {
    int start = out.length();
    string(key, YamlUnquoted.holds(key));
    if (out.length() - start > LONGEST_SIMPLE_KEY) {
      out.insert(start, "? ").append('\n');
      indent(indent);
    }
    out.append(':');
    if (isBlock(child)) {
      out.append('\n');
      block(child, indent + 2, false);
    } else {
      out.append(' ');
      inline(child);
      out.append('\n');
    }
  }

  private void element(Node element, int indent) {
    out.append("- ");
    if (isBlock(element)) {
      block(element, indent + 2, true);
    } else {
      inline(element);
      out.append('\n');
    }
  }

  private void indent(int spaces) {
    out.append(" ".repeat(spaces));
  }

  private void inline(Node node) {
    if (node instanceof Scalar scalar) {
      boolean quoted = scalar.kind() == Scalar.Kind.STRING && !YamlUnquoted.holds(scalar.text());
      string(scalar.text(), !quoted);
    } else if (node instanceof ObjectNode) {
      out.append("{}");
    } else {
      out.append(node instanceof ListNode ? "[]" : "null");
    }
  }

  private void string(String text, boolean plain) {
    if (plain) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> character(text, i);
      }
    }
    out.append('"');
  }

  private void character(String text, int i) {
    if (YamlUnquoted.isPrintable(text, i)) {
      out.append(text.charAt(i));
      return;
    }
    Escapes.unicode(out, text.charAt(i));
  }
}
