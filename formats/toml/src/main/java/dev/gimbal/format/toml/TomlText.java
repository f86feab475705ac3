package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;

/** A document's text, and how far it has been read. Used by one thread. */
final class TomlText {

  /** What stands behind the last character. */
  static final char END = '\uFFFF';

  private final String text;
  private final TextCursor cursor;
  private final TreeBuilder out;

  /** The offset of the next character. */
  int at;

  TomlText(String text, TreeBuilder out) {
    this.text = text;
    this.out = out;
    this.cursor = new TextCursor(text);
  }

  /** The next character, or {@link #END}. */
  char next() {
    return charAt(at);
  }

  char charAt(int offset) {
    return offset < text.length() ? text.charAt(offset) : END;
  }

  boolean isEnd() {
    return at >= text.length();
  }

  boolean isNext(String expected) {
    return text.startsWith(expected, at);
  }

  /** Takes what is expected, if it comes next. */
  boolean take(String expected) {
    if (isNext(expected)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  String since(int offset) {
    return text.substring(offset, at);
  }

  void append(StringBuilder to, int from) {
    to.append(text, from, at);
  }

  /** Goes to an offset for {@link TextCursor#line} and {@link TextCursor#column}. */
  TextCursor place(int offset) {
    return cursor.moveTo(offset);
  }

  void blanks() {
    while (next() == ' ' || next() == '\t') {
      at++;
    }
  }

  /** Blanks, line breaks and comments. */
  void gap() {
    do {
      blanks();
      comment();
    } while (lineBreak());
  }

  /** Blanks and perhaps a comment, then a line break or the end of the document. */
  void endOfLine(String after) {
    blanks();
    comment();
    if (!lineBreak() && !isEnd()) {
      throw unexpected(at, "the end of the line after the " + after);
    }
  }

  private void comment() {
    if (next() != '#') {
      return;
    }
    while (!isEnd() && next() != '\n' && !isNext("\r\n")) {
      if (isForbidden(next())) {
        throw malformed(at, "unexpected " + found(at) + " in a comment");
      }
      at++;
    }
  }

  /** Takes LF or CR LF, if it comes next. */
  boolean lineBreak() {
    return take("\n") || take("\r\n");
  }

  /** Whether a character may stand nowhere in a document as it is, line breaks aside. */
  boolean isForbidden(char c) {
    return c < ' ' && c != '\t' || c == 0x7F || Character.isSurrogate(c) && isHalf(c);
  }

  /** Whether the half of a pair at {@link #at} is without the other one. */
  private boolean isHalf(char c) {
    return Character.isHighSurrogate(c)
        ? !Character.isLowSurrogate(charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(charAt(at - 1));
  }

  ConfigException unexpected(int offset, String expected) {
    return malformed(offset, "unexpected " + found(offset) + ", expected " + expected);
  }

  /**
   * What is not closed.
   *
   * @param expected what would close it, and its name
   * @param line where it begins
   */
  ConfigException notClosed(String expected, int line, int column) {
    String message = "unexpected " + found(at) + ", expected " + expected;
    String begin = " that begins at " + line + ":" + column;
    place(at);
    return out.malformed(cursor.line(), cursor.column(), message + begin, line, column);
  }

  String found(int offset) {
    boolean bare = charAt(offset) == '\r' && charAt(offset + 1) != '\n';
    return bare ? "carriage return without a line feed" : cursor.found(offset);
  }

  ConfigException malformed(int offset, String message) {
    place(offset);
    return out.malformed(cursor.line(), cursor.column(), message);
  }
}
