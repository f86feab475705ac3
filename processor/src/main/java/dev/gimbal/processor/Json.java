package dev.gimbal.processor;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as JSON. Pure. */
final class Json {

  private Json() {}

  /** A document that ends in a line feed. */
  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  private static void write(Object value, String newLine, StringBuilder out) {
    String inner = newLine + "  ";
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('{');
      for (Iterator<? extends Map.Entry<?, ?>> all = map.entrySet().iterator(); all.hasNext(); ) {
        Map.Entry<?, ?> entry = all.next();
        text((String) entry.getKey(), out.append(inner));
        write(entry.getValue(), inner, out.append(": "));
        out.append(all.hasNext() ? "," : newLine);
      }
      out.append('}');
    } else if (value instanceof List<?> list && list.stream().anyMatch(e -> e instanceof Map)) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        write(list.get(i), inner, out.append(inner));
        out.append(i + 1 < list.size() ? "," : newLine);
      }
      out.append(']');
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        write(list.get(i), newLine, out.append(i == 0 ? "" : ", "));
      }
      out.append(']');
    } else if (value instanceof String text) {
      text(text, out);
    } else {
      out.append(value instanceof Map ? "{}" : value);
    }
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
