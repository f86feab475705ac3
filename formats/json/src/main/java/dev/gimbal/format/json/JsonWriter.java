package dev.gimbal.format.json;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;

/** Writes one tree as JSON. Used by one thread. */
final class JsonWriter {

  private final StringBuilder out = new StringBuilder();
  private final boolean indented;
  private int depth;

  JsonWriter(boolean indented) {
    this.indented = indented;
  }

  String write(Node tree) {
    node(tree);
    if (indented) {
      out.append('\n');
    }
    return out.toString();
  }

  private void node(Node node) {
    if (node instanceof Scalar scalar) {
      scalar(scalar);
    } else if (node instanceof ObjectNode object) {
      object(object);
    } else if (node instanceof ListNode list) {
      list(list);
    } else {
      out.append("null");
    }
  }

  private void scalar(Scalar scalar) {
    if (scalar.kind() == Scalar.Kind.STRING) {
      string(scalar.text());
    } else {
      out.append(scalar.text());
    }
  }

  private void object(ObjectNode object) {
    List<String> keys = object.keys();
    out.append('{');
    depth++;
    for (int i = 0; i < keys.size(); i++) {
      Node child = object.get(keys.get(i));
      if (child != null) {
        next(i);
        string(keys.get(i));
        out.append(indented ? ": " : ":");
        node(child);
      }
    }
    close(keys.isEmpty(), '}');
  }

  private void list(ListNode list) {
    out.append('[');
    depth++;
    for (int i = 0; i < list.size(); i++) {
      next(i);
      node(list.elements().get(i));
    }
    close(list.size() == 0, ']');
  }

  private void next(int i) {
    if (i > 0) {
      out.append(',');
    }
    lineBreak();
  }

  private void close(boolean empty, char bracket) {
    depth--;
    if (!empty) {
      lineBreak();
    }
    out.append(bracket);
  }

  private void lineBreak() {
    if (indented) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> character(text, i);
      }
    }
    out.append('"');
  }

  private void character(String text, int i) {
    char c = text.charAt(i);
    if (c >= ' ' && !isLoneSurrogate(text, i)) {
      out.append(c);
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 15, 16));
    }
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
