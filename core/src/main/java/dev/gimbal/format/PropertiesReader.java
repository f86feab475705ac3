package dev.gimbal.format;

import java.util.Arrays;

/**
 * Reads the line format of {@link java.util.Properties#load(java.io.Reader)}, with the place of
 * each value. Used by one thread, for one document.
 *
 * <p>A logical line is gathered into a buffer without its continuations, each character with its
 * offset in the text; then it is cut into key and value, and both are unescaped.
 */
final class PropertiesReader {

  private final String text;
  private final TreeBuilder out;
  private final TextCursor cursor;
  private int at;

  /** The logical line, and where each of its characters stands in the text. */
  private char[] line = new char[128];

  private int[] offsets = new int[128];
  private int length;

  /** Where the logical line ends in the text, before its line break. */
  private int end;

  /** Where its key ends and its value begins, in the logical line. */
  private int keyEnd;

  private int value;

  PropertiesReader(String text, TreeBuilder out) {
    this.text = text;
    this.out = out;
    this.cursor = new TextCursor(text);
  }

  void read() {
    while (nextLine()) {
      cut();
      String key = key();
      String string = unescape(value, length);
      cursor.moveTo(offsets[value < length ? value : 0]);
      out.entry(key, string, cursor.line(), cursor.column());
    }
  }

  /** Goes to the next entry; false at the end. */
  boolean next() {
    boolean found = nextLine();
    if (found) {
      cut();
    }
    return found;
  }

  String key() {
    return unescape(0, keyEnd);
  }

  /** Where the key begins in the text. */
  int keyOffset() {
    return offsets[0];
  }

  /** Where the key's last character ends in the text. */
  int keyEndOffset() {
    return keyEnd == 0 ? offsets[0] : offsets[keyEnd - 1] + 1;
  }

  /** Where the value begins in the text, or would if it were not empty. */
  int valueOffset() {
    return value < length ? offsets[value] : length == 0 ? offsets[0] : offsets[length - 1] + 1;
  }

  /** Where the value ends in the text, before its line break. */
  int valueEndOffset() {
    return end;
  }

  /** Where the line break behind the value ends in the text. */
  int lineEndOffset() {
    boolean crLf = at > end && text.charAt(end) == '\r' && at < text.length();
    return crLf && text.charAt(at) == '\n' ? at + 1 : at;
  }

  /** What stands between key and value: {@code =}, {@code :}, a blank or, where nothing does, 0. */
  char separator() {
    if (keyEnd == length) {
      return 0;
    }
    int i = skipBlanks(keyEnd);
    return i < value && !isBlank(line[i]) ? line[i] : ' ';
  }

  /** Gathers the next logical line that is neither blank nor a comment; false at the end. */
  private boolean nextLine() {
    length = 0;
    end = -1;
    boolean skipsBlanks = true;
    boolean continued = false;
    boolean escaped = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (skipsBlanks) {
        if (isBlank(c) || (!continued && isBreak(c))) {
          continue;
        }
        skipsBlanks = false;
        continued = false;
      }
      if (length == 0 && (c == '#' || c == '!')) {
        skipComment();
        skipsBlanks = true;
      } else if (!isBreak(c)) {
        append(c);
        escaped = c == '\\' && !escaped;
      } else if (length == 0) {
        skipsBlanks = true;
      } else if (at == text.length() || !escaped) {
        end = at - 1;
        break;
      } else {
        length--;
        escaped = false;
        skipsBlanks = true;
        continued = true;
        if (c == '\r' && text.charAt(at) == '\n') {
          at++;
        }
      }
    }
    if (length == 0) {
      return false;
    }
    if (end < 0) {
      end = at;
    }
    if (escaped) {
      length--; // a backslash before the end of the text
    }
    return true;
  }

  private void skipComment() {
    while (at < text.length() && !isBreak(text.charAt(at))) {
      at++;
    }
  }

  private void append(char c) {
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
      offsets = Arrays.copyOf(offsets, 2 * length);
    }
    line[length] = c;
    offsets[length++] = at - 1;
  }

  /** Cuts the logical line: the key ends at the first separator that no backslash escapes. */
  private void cut() {
    keyEnd = 0;
    boolean escaped = false;
    while (keyEnd < length && (escaped || !isSeparator(line[keyEnd]))) {
      escaped = line[keyEnd] == '\\' && !escaped;
      keyEnd++;
    }
    value = skipBlanks(keyEnd);
    if (value < length && (line[value] == '=' || line[value] == ':')) {
      value = skipBlanks(value + 1);
    }
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < length && isBlank(line[i])) {
      i++;
    }
    return i;
  }

  private String unescape(int from, int to) {
    int i = from;
    while (i < to && line[i] != '\\') {
      i++;
    }
    if (i == to) {
      return new String(line, from, to - from);
    }
    StringBuilder plain = new StringBuilder(to - from);
    plain.append(line, from, i - from);
    while (i < to) {
      char c = line[i++];
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      c = line[i++]; // a line never ends in the middle of an escape
      if (c == 'u') {
        plain.append(codeUnit(i, to));
        i += 4;
      } else {
        plain.append(escape(c));
      }
    }
    return plain.toString();
  }

  private static char escape(char c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      default -> c;
    };
  }

  /** The four hex digits at {@code from}. */
  private char codeUnit(int from, int to) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < to && line[i] < 128 ? Character.digit(line[i], 16) : -1;
      if (digit < 0) {
        cursor.moveTo(offsets[from - 2]);
        throw out.malformed(
            cursor.line(), cursor.column(), "a \\u without four hex digits after it");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isSeparator(char c) {
    return c == '=' || c == ':' || isBlank(c);
  }
}
