package dev.gimbal;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the text form of a path; {@code docs/spec/paths.md} is its grammar. Used by one thread.
 */
final class PathParser {

  private final String text;
  private final List<Object> segments = new ArrayList<>();
  private int at;

  PathParser(String text) {
    this.text = text;
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

  Object[] segments() {
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
    while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
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
