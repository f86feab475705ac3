package dev.gimbal.format.json;

import dev.gimbal.format.Escapes;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/** How a document is laid out, so that what is added looks like the rest. Immutable. */
final class JsonLayout {

  private final String text;
  private final String unit;
  private final String lineBreak;
  private final String colon;

  private JsonLayout(String text, String unit, String lineBreak, String colon) {
    this.text = text;
    this.unit = unit;
    this.lineBreak = lineBreak;
    this.colon = colon;
  }

  static JsonLayout of(String text, JsonOutline.@Nullable Value root) {
    String unit = root == null ? null : unit(text, root);
    String colon = root == null ? null : colon(text, root);
    return new JsonLayout(
        text, unit == null ? "  " : unit, firstBreak(text), colon == null ? ": " : colon);
  }

  /** By how much the first item that has its own line stands further in than what holds it. */
  private static @Nullable String unit(String text, JsonOutline.Value value) {
    String outer = indent(text, value.begin());
    for (JsonOutline.Item item : value.items()) {
      String inner = indent(text, item.begin());
      if (isFirst(text, item.begin()) && inner.startsWith(outer)) {
        return inner.substring(outer.length());
      }
      String deeper = unit(text, item.value());
      if (deeper != null) {
        return deeper;
      }
    }
    return null;
  }

  /** What stands between the first key and its value, where that is in a line. */
  private static @Nullable String colon(String text, JsonOutline.Value value) {
    for (JsonOutline.Item item : value.items()) {
      if (item.key() != null) {
        int end = item.value().begin();
        int begin = end;
        while (" \t:".indexOf(text.charAt(begin - 1)) >= 0) {
          begin--;
        }
        String between = text.substring(begin, end);
        return between.contains(":") && between.length() <= 3 ? between : null;
      }
      String deeper = colon(text, item.value());
      if (deeper != null) {
        return deeper;
      }
    }
    return null;
  }

  private static String firstBreak(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (JsonOutline.isBreak(text.charAt(i))) {
        return text.startsWith("\r\n", i) ? "\r\n" : text.substring(i, i + 1);
      }
    }
    return "\n";
  }

  String lineBreak() {
    return lineBreak;
  }

  /** The indentation one step further in. */
  String deeper(String indent) {
    return indent + unit;
  }

  /** The blanks that the line of a place begins with. */
  static String indent(String text, int place) {
    int begin = lineBegin(text, place);
    int end = begin;
    while (end < place && isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(begin, end);
  }

  static int lineBegin(String text, int place) {
    int begin = place;
    while (begin > 0 && !JsonOutline.isBreak(text.charAt(begin - 1))) {
      begin--;
    }
    return begin;
  }

  /** Whether only blanks stand before a place in its line, which is not the first line. */
  static boolean isFirst(String text, int place) {
    int begin = lineBegin(text, place);
    return begin > 0 && begin + indent(text, place).length() == place;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Whether an object or list, or else the document, has more lines than one. */
  boolean hasLines(JsonOutline.Value of) {
    return JsonOutline.hasBreak(text, of.begin(), of.end());
  }

  /**
   * A member, or an element where it has no key.
   *
   * @param indent of its line; null: all in one line
   */
  String item(@Nullable String key, Node value, @Nullable String indent) {
    StringBuilder out = new StringBuilder();
    if (key != null) {
      Escapes.quote(out, key);
      out.append(colon);
    }
    node(out, value, indent);
    return out.toString();
  }

  private void node(StringBuilder out, Node node, @Nullable String indent) {
    if (node instanceof Scalar scalar) {
      if (scalar.kind() == Scalar.Kind.STRING) {
        Escapes.quote(out, scalar.text());
      } else {
        out.append(scalar.text());
      }
    } else if (node instanceof ObjectNode object) {
      object(out, object, indent);
    } else if (node instanceof ListNode list) {
      list(out, list, indent);
    } else {
      out.append("null");
    }
  }

  private void object(StringBuilder out, ObjectNode object, @Nullable String indent) {
    out.append('{');
    String separator = "";
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child != null) {
        separator = next(out, separator, indent);
        out.append(item(key, child, indent == null ? null : deeper(indent)));
      }
    }
    close(out, separator, indent, '}');
  }

  private void list(StringBuilder out, ListNode list, @Nullable String indent) {
    out.append('[');
    String separator = "";
    for (Node element : list.elements()) {
      separator = next(out, separator, indent);
      node(out, element, indent == null ? null : deeper(indent));
    }
    close(out, separator, indent, ']');
  }

  private String next(StringBuilder out, String separator, @Nullable String indent) {
    out.append(separator);
    if (indent != null) {
      out.append(lineBreak).append(deeper(indent));
    }
    return indent == null && colon.endsWith(" ") ? ", " : ",";
  }

  private void close(StringBuilder out, String separator, @Nullable String indent, char bracket) {
    if (!separator.isEmpty() && indent != null) {
      out.append(lineBreak).append(indent);
    }
    out.append(bracket);
  }
}
