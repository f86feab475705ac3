package dev.gimbal.format.json;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a well-formed document begin and end, with comments or without. Used by one
 * thread, for one document.
 */
final class JsonOutline {

  /**
   * A value.
   *
   * @param items what it holds; none for a single value
   */
  record Value(int begin, int end, List<Item> items) {}

  /**
   * A member of an object, or an element of a list.
   *
   * @param begin of its key, or of its value where it has none
   * @param comma the one behind it, or -1
   */
  record Item(int begin, @Nullable String key, Value value, int comma) {

    /** Behind its comma, or behind its value where it has none. */
    int end() {
      return comma < 0 ? value.end : comma + 1;
    }
  }

  private final String text;
  private int at;

  private JsonOutline(String text) {
    this.text = text;
  }

  /** The root; null where the text holds none. */
  static @Nullable Value of(String text) {
    JsonOutline outline = new JsonOutline(text);
    outline.skip();
    return outline.at == text.length() ? null : outline.value();
  }

  /** The place of the item that a segment of a path names; -1 where there is none. */
  static int find(Value container, ConfigPath path, int segment) {
    List<Item> items = container.items;
    if (path.isIndex(segment)) {
      return path.index(segment) < items.size() ? path.index(segment) : -1;
    }
    for (int i = 0; i < items.size(); i++) {
      if (path.key(segment).equals(items.get(i).key)) {
        return i;
      }
    }
    return -1;
  }

  private Value value() {
    int begin = at;
    char first = text.charAt(at);
    if (first == '{' || first == '[') {
      return structure(begin, first == '{');
    }
    if (first == '"') {
      string();
    } else {
      while (at < text.length() && ",]}/ \t\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
    }
    return new Value(begin, at, List.of());
  }

  private Value structure(int begin, boolean object) {
    List<Item> items = new ArrayList<>();
    at++;
    skip();
    while (text.charAt(at) != '}' && text.charAt(at) != ']') {
      items.add(item(object));
      skip();
    }
    return new Value(begin, ++at, items);
  }

  private Item item(boolean object) {
    int begin = at;
    String key = object ? string() : null;
    if (object) {
      skip();
      at++; // the colon
      skip();
    }
    Value value = value();
    skip();
    int comma = text.charAt(at) == ',' ? at++ : -1;
    return new Item(begin, key, value, comma);
  }

  private String string() {
    StringBuilder plain = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      plain.append(c == '\\' ? escape(text.charAt(++at)) : c);
    }
    at++;
    return plain.toString();
  }

  private char escape(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> c;
    };
  }

  private char unit() {
    at += 4;
    return (char) Integer.parseInt(text, at - 3, at + 1, 16);
  }

  private void skip() {
    at = skip(text, at, text.length(), false);
  }

  /**
   * Behind blanks and comments.
   *
   * @param inLine whether to stop at a line break, but not at one in a comment
   */
  static int skip(String text, int from, int to, boolean inLine) {
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (c == '/') {
        i = commentEnd(text, i);
      } else if (c == ' ' || c == '\t' || (!inLine && isBreak(c))) {
        i++;
      } else {
        return i;
      }
    }
    return i;
  }

  /** Behind blanks, and comments that end in the line of a place. */
  static int skipInLine(String text, int from) {
    int i = skipBlanks(text, from);
    while (i < text.length() && text.charAt(i) == '/') {
      int end = commentEnd(text, i);
      if (hasBreak(text, i, end)) {
        return i;
      }
      i = skipBlanks(text, end);
    }
    return i;
  }

  static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /** Behind a comment; of one to the end of the line, before its break. */
  private static int commentEnd(String text, int from) {
    if (text.startsWith("/*", from)) {
      return text.indexOf("*/", from + 2) + 2;
    }
    int i = from;
    while (i < text.length() && !isBreak(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Behind the last comment of a part that holds blanks and comments; where it begins without. */
  static int lastCommentEnd(String text, int from, int to) {
    int last = from;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '/') {
        last = commentEnd(text, i);
        i = last - 1;
      }
    }
    return last;
  }

  /** Whether the last comment of a part that holds blanks and comments goes to the line's end. */
  static boolean endsInLineComment(String text, int from, int to) {
    boolean line = false;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '/') {
        line = text.charAt(i + 1) == '/';
        i = commentEnd(text, i) - 1;
      }
    }
    return line;
  }

  static boolean hasBreak(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isBreak(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
