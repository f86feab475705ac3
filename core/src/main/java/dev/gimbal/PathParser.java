package dev.gimbal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text form of a path; {@code docs/spec/paths.md} is its grammar. Used by one thread.
 */
final class PathParser {

  private final String text;
  private final List<Object> segments = new ArrayList<>();
  private int at;

  private PathParser(String text) {
    this.text = text;
  }

  /** The segments of a text that is not empty, each a String key or an Integer index. */
  static Object[] segments(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c == '"' || c == '[' || c == ']') {
        return new PathParser(text).segments();
      }
    }
    Object[] keys = bareKeys(text, dots + 1);
    return keys == null ? new PathParser(text).segments() : keys;
  }

  /** The parts between dots; null where one is empty, which the grammar has words for. */
  private static Object @Nullable [] bareKeys(String text, int count) {
    Object[] keys = new Object[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int dot = i == count - 1 ? text.length() : text.indexOf('.', start);
      if (dot == start) {
        return null;
      }
      keys[i] = text.substring(start, dot);
      start = dot + 1;
    }
    return keys;
  }

  static boolean needsQuotes(String key) {
    if (key.isEmpty()) {
      return true;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '.' || c == '"' || c == '[' || c == ']') {
        return true;
      }
    }
    return false;
  }

  private Object[] segments() {
    segment();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        at++;
        key();
      } else if (c == '[') {
        index();
      } else {
        throw wrong("expected '.' or '['");
      }
    }
    return segments.toArray();
  }

  /** The first segment may be an index: a path can begin inside a list. */
  private void segment() {
    if (text.charAt(0) == '[') {
      index();
    } else {
      key();
    }
  }

  private void key() {
    if (at < text.length() && text.charAt(at) == '"') {
      quoted();
    } else {
      bare();
    }
  }

  private void bare() {
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.' || c == '[') {
        break;
      }
      if (c == '"' || c == ']') {
        throw wrong("'" + c + "' must stand in a quoted key");
      }
      at++;
    }
    if (at == start) {
      throw wrong("expected a key (the empty key is written \"\")");
    }
    segments.add(text.substring(start, at));
  }

  private void quoted() {
    int start = at++;
    StringBuilder key = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        segments.add(key.toString());
        return;
      }
      if (c == '\\') {
        if (at == text.length() || "\"\\".indexOf(text.charAt(at)) < 0) {
          throw wrong("a backslash in quotes escapes only a quote or a backslash");
        }
        c = text.charAt(at++);
      }
      key.append(c);
    }
    at = start;
    throw wrong("the quoted key is not closed");
  }

  private void index() {
    int start = ++at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at == text.length() || text.charAt(at) != ']') {
      throw wrong("expected a list index such as [0]");
    }
    try {
      segments.add(Integer.valueOf(text.substring(start, at)));
    } catch (NumberFormatException tooLarge) {
      at = start;
      throw wrong("the list index is too large");
    }
    at++;
  }

  private ConfigException wrong(String why) {
    String found = '"' + text + '"';
    String message = found + " is not a path: " + why + " (column " + (at + 1) + ")";
    return new ConfigException(
        Problem.of(ErrorCode.PATH_SYNTAX, message)
            .withDetails(Problem.Details.of(found, "a path", null)));
  }
}
