package dev.gimbal.engine;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;

/** Writes a node in one line: a scalar as its text, objects and lists like compact JSON. */
final class TreeText {

  /** How much of a text is brief, in characters. */
  private static final int BRIEF = 80;

  private final StringBuilder out = new StringBuilder();

  private TreeText() {}

  static String of(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    TreeText text = new TreeText();
    text.write(node);
    return text.out.toString();
  }

  /** A text in one line, cut where it is long. */
  static String brief(String text) {
    String begin = text.substring(0, Math.min(text.length(), BRIEF));
    TreeText line = new TreeText();
    line.escape(begin, false);
    return text.length() <= BRIEF
        ? line.out.toString()
        : line.out.append("... (").append(text.length()).append(" characters)").toString();
  }

  private void write(Node node) {
    if (node instanceof ObjectNode object) {
      writeObject(object);
    } else if (node instanceof ListNode list) {
      writeList(list);
    } else if (!(node instanceof Scalar scalar)) {
      out.append("null");
    } else if (scalar.kind() == Scalar.Kind.STRING) {
      quote(scalar.text());
    } else {
      out.append(scalar.text());
    }
  }

  private void writeObject(ObjectNode object) {
    char before = '{';
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child == null) {
        continue;
      }
      out.append(before);
      before = ',';
      quote(key);
      out.append(':');
      write(child);
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void writeList(ListNode list) {
    char before = '[';
    for (Node element : list.elements()) {
      out.append(before);
      before = ',';
      write(element);
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void quote(String text) {
    out.append('"');
    escape(text, true);
    out.append('"');
  }

  private void escape(String text, boolean quoted) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append(quoted ? "\\" : "").append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00")
                .append(c < 16 ? "0" : "1")
                .append("0123456789abcdef".charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
