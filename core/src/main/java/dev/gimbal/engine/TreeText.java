package dev.gimbal.engine;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;

/** Writes a node in one line: a scalar as its text, objects and lists like compact JSON. */
final class TreeText {

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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
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
    out.append('"');
  }
}
