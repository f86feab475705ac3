package dev.gimbal.format.json;

import dev.gimbal.format.Escapes;
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
      Escapes.quote(out, scalar.text());
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
        Escapes.quote(out, keys.get(i));
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
}
