package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;

/** Reads the four kinds of strings. Used by one thread. */
final class TomlStrings {

  private final TomlText text;

  TomlStrings(TomlText text) {
    this.text = text;
  }

  /** The string that begins here, as a value: of one or of several lines. */
  String value() {
    int begin = text.at;
    if (text.take("\"\"\"")) {
      text.lineBreak();
      return read("\"\"\"", begin);
    }
    if (text.take("'''")) {
      text.lineBreak();
      return read("'''", begin);
    }
    return oneLine();
  }

  /** The string of one line that begins here. */
  String oneLine() {
    int begin = text.at;
    return read(text.take("'") ? "'" : text.take("\"") ? "\"" : "", begin);
  }

  private String read(String quotes, int begin) {
    char quote = quotes.charAt(0);
    boolean ofLines = quotes.length() == 3;
    StringBuilder string = new StringBuilder();
    int from = text.at;
    while (!text.isNext(quotes)) {
      char c = text.next();
      if (c == '\\' && quote == '"') {
        text.append(string, from);
        text.at++;
        escape(string, ofLines);
        from = text.at;
      } else if (ofLines && text.isNext("\r\n")) {
        text.append(string, from);
        from = ++text.at; // a line break is LF, however it is written
        text.at++;
      } else if (text.isEnd() || (text.isForbidden(c) && !(ofLines && c == '\n'))) {
        throw unexpected(quotes, begin);
      } else {
        text.at++;
      }
    }
    for (int i = 0; i < 2 && ofLines && text.charAt(text.at + 3) == quote; i++) {
      text.at++; // up to two quotes before the closing ones are the string's
    }
    text.append(string, from);
    text.at += quotes.length();
    return string.toString();
  }

  private ConfigException unexpected(String quotes, int begin) {
    if (!text.isEnd() && text.next() != '\n' && !text.isNext("\r\n")) {
      String expected = quotes.charAt(0) == '"' ? ", expected an escape" : "";
      String found = "unexpected " + text.found(text.at) + " in a string";
      return text.malformed(text.at, found + expected);
    }
    TextCursor place = text.place(begin);
    return text.notClosed(quotes + " of the string", place.line(), place.column());
  }

  /** What follows a backslash. */
  private void escape(StringBuilder to, boolean ofLines) {
    int begin = text.at;
    char c = text.next();
    text.at++;
    switch (c) {
      case 'b' -> to.append('\b');
      case 't' -> to.append('\t');
      case 'n' -> to.append('\n');
      case 'f' -> to.append('\f');
      case 'r' -> to.append('\r');
      case 'e' -> to.append('\u001B');
      case '"', '\\' -> to.append(c);
      case 'x' -> to.appendCodePoint(hex(2));
      case 'u' -> to.appendCodePoint(hex(4));
      case 'U' -> to.appendCodePoint(hex(8));
      default -> {
        text.at = begin;
        if (!ofLines || !endOfLine()) {
          throw text.malformed(
              begin, "unexpected " + text.found(begin) + " after a backslash in a string");
        }
      }
    }
  }

  /** A backslash at the end of a line takes all blanks and line breaks after it away. */
  private boolean endOfLine() {
    text.blanks();
    boolean ends = false;
    while (text.lineBreak()) {
      ends = true;
      text.blanks();
    }
    return ends;
  }

  private int hex(int digits) {
    int begin = text.at;
    int code = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.next();
      int digit = c < 0x7F ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw text.unexpected(text.at, digits + " hex digits in an escape");
      }
      code = code << 4 | digit;
      text.at++;
    }
    if (!Character.isValidCodePoint(code) || (code >= 0xD800 && code <= 0xDFFF)) {
      throw text.malformed(
          begin, "found an escape of no Unicode character, expected up to D7FF or E000 to 10FFFF");
    }
    return code;
  }
}
