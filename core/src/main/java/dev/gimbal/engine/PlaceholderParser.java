package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text with placeholders apart; {@code docs/spec/placeholders.md} has the grammar. Braces
 * are paired first, in one pass, so that reading is linear in the text whatever it holds. Used by
 * one thread.
 */
final class PlaceholderParser {

  /** How deep placeholders may stand inside placeholders. */
  static final int MAX_NESTING = 64;

  /** A piece of a text. */
  sealed interface Part permits Text, Ref {}

  /** Text that stands for itself. */
  record Text(String text) implements Part {}

  /** What a placeholder reads. */
  enum Kind {
    PATH(""),
    ENV("env:"),
    SYS("sys:"),
    SECRET("secret:");

    final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * A placeholder.
   *
   * @param kind what it reads
   * @param name the path or name, in parts
   * @param fallback the default, in parts, or null
   * @param quoted whether it stands in a quoted key of another placeholder's path
   * @param written its text up to its default
   */
  record Ref(
      Kind kind, List<Part> name, @Nullable List<Part> fallback, boolean quoted, String written)
      implements Part {}

  /** Placeholders are nested deeper than {@link #MAX_NESTING}. */
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super(null, null, false, false);
    }
  }

  private final String text;

  /** Where the brace opened at an index closes; 0 where it does not. */
  private final int[] closes;

  private int depth;

  private PlaceholderParser(String text) {
    this.text = text;
    this.closes = pair(text);
  }

  /**
   * The parts of a text, in order.
   *
   * @throws TooDeep when placeholders are nested too deep
   */
  static List<Part> parse(String text) {
    return new PlaceholderParser(text).parts(0, text.length(), false);
  }

  /** Of the placeholder that is the whole of a text, or null. */
  static @Nullable Ref only(List<Part> parts) {
    return parts.size() == 1 && parts.get(0) instanceof Ref ref ? ref : null;
  }

  private static int[] pair(String text) {
    int[] closes = new int[text.length()];
    int[] open = new int[16];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        if (size == open.length) {
          open = Arrays.copyOf(open, 2 * size);
        }
        open[size++] = i;
      } else if (c == '}' && size > 0) {
        closes[open[--size]] = i;
      }
    }
    return closes;
  }

  /** The parts from {@code from} to {@code to}; quotes matter in a path only. */
  private List<Part> parts(int from, int to, boolean path) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (isEscape(i)) {
        int end = closes[i + 2] == 0 ? i + 3 : closes[i + 2] + 1;
        plain.append(text, i + 1, end);
        i = end;
        continue;
      }
      Ref ref = isOpen(i) ? ref(i, quoted) : null;
      if (ref != null) {
        flush(plain, parts);
        parts.add(ref);
        i = closes[i + 1] + 1;
        continue;
      }
      if (path && quoted && c == '\\') { // a colon or a brace is behind every path
        plain.append(c);
        c = text.charAt(++i);
      } else if (path && c == '"') {
        quoted = !quoted;
      }
      plain.append(c);
      i++;
    }
    flush(plain, parts);
    return List.copyOf(parts);
  }

  private static void flush(StringBuilder plain, List<Part> parts) {
    if (plain.length() > 0) {
      parts.add(new Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private boolean isEscape(int i) {
    return text.startsWith("$${", i);
  }

  private boolean isOpen(int i) {
    return text.startsWith("${", i) && closes[i + 1] != 0;
  }

  /** The placeholder that begins at an index, or null where the text only looks like one. */
  private @Nullable Ref ref(int start, boolean quoted) {
    int close = closes[start + 1];
    Kind kind = kind(start + 2);
    int from = start + 2 + kind.prefix.length();
    int end = nameEnd(from, close, kind);
    if (end == from
        || text.charAt(from) == '{' // ${{ ... }} is other tools' language
        || blank(text.charAt(from))
        || blank(text.charAt(end - 1))) {
      return null;
    }
    if (kind == Kind.PATH && !nested(from, end) && !isPath(text.substring(from, end))) {
      return null;
    }
    if (++depth > MAX_NESTING) {
      throw new TooDeep();
    }
    List<Part> name = parts(from, end, kind == Kind.PATH);
    List<Part> fallback = end == close ? null : parts(end + 1, close, false);
    depth--;
    return new Ref(kind, name, fallback, quoted, text.substring(start, end) + '}');
  }

  private Kind kind(int from) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.PATH && text.startsWith(kind.prefix, from)) {
        return kind;
      }
    }
    return Kind.PATH;
  }

  /**
   * Where the name ends: at the first colon outside quotes and inner placeholders, or at the brace.
   */
  private int nameEnd(int from, int close, Kind kind) {
    boolean quoted = false;
    int i = from;
    while (i < close) {
      char c = text.charAt(i);
      if (isOpen(i)) {
        i = closes[i + 1];
      } else if (kind == Kind.PATH && quoted && c == '\\') {
        i++;
      } else if (kind == Kind.PATH && c == '"') {
        quoted = !quoted;
      } else if (c == ':' && !quoted && kind != Kind.SECRET) {
        return i;
      }
      i++;
    }
    return close;
  }

  private boolean nested(int from, int end) {
    for (int i = from; i < end; i++) {
      if (isOpen(i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c);
  }

  private static boolean isPath(String name) {
    try {
      ConfigPath.parse(name);
      return true;
    } catch (ConfigException notAPath) {
      return false;
    }
  }
}
