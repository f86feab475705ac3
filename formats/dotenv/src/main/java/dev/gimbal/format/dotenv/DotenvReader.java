package dev.gimbal.format.dotenv;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Scalar;

/** Reads one {@code .env} document into a builder. Used by one thread, for one document. */
class DotenvReader {

  private static final String EXPORT = "export";

  private final String text;
  private final TreeBuilder out;
  private final TextCursor cursor;
  private int at;

  DotenvReader(String text, TreeBuilder out) {
    this.text = text;
    this.out = out;
    this.cursor = new TextCursor(text);
  }

  void read() {
    while (at < text.length()) {
      blanks();
      if (isLineBreak(next())) {
        at++;
      } else if (next() == '#') {
        comment();
      } else {
        entry();
      }
    }
  }

  /**
   * An entry was read.
   *
   * @param begin where its key begins
   * @param valueBegin where its value begins with its quotes; behind the separator if it has none
   * @param valueEnd behind its value
   */
  void entryEnds(String key, int begin, int valueBegin, int valueEnd) {}

  private void entry() {
    export();
    int begin = at;
    String key = key();
    blanks();
    if (next() == '=' || (next() == ':' && isBlankOrBreak(charAt(at + 1)))) {
      at++;
      value(key, begin);
    } else if (isLineBreak(next()) || next() == '#') {
      cursor.moveTo(begin);
      String message = "a key without a value is left out, expected '=' after it";
      out.warn(ErrorCode.MALFORMED, cursor.line(), cursor.column(), message);
    } else {
      throw unexpected("'=' after a key");
    }
  }

  /** Takes the word {@code export}, unless it is the key. */
  private void export() {
    int begin = at;
    if (text.startsWith(EXPORT, at) && isBlank(charAt(at + EXPORT.length()))) {
      at += EXPORT.length();
      blanks();
      if (!isKeyPart(at) && next() != '"') {
        at = begin;
      }
    }
  }

  /** A name or a path, whose parts may stand in double quotes. */
  private String key() {
    int begin = at;
    while (isKeyPart(at) || next() == '"') {
      if (next() == '"') {
        quotedPart();
      } else {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    if (at == begin) {
      throw unexpected("a key");
    }
    return text.substring(begin, at);
  }

  private void quotedPart() {
    int begin = at++;
    while (next() != '"') {
      at += next() == '\\' ? 1 : 0;
      if (isLineBreak(next())) {
        throw notClosed("the \" that ends the one", begin);
      }
      at++;
    }
    at++;
  }

  private boolean isKeyPart(int offset) {
    if (offset >= text.length()) {
      return false;
    }
    int c = text.codePointAt(offset);
    return Character.isLetterOrDigit(c) || "_-.[]".indexOf(c) >= 0;
  }

  // ---- values

  private void value(String key, int keyBegin) {
    int separated = at;
    boolean afterBlank = isBlank(next());
    blanks();
    int begin = at;
    char first = next();
    int end;
    if (first == '"' || first == '\'' || first == '`') {
      quoted(key, first);
      end = at;
    } else {
      end = unquoted(key, keyBegin, afterBlank);
    }
    boolean empty = begin == end;
    entryEnds(key, keyBegin, empty ? separated : begin, empty ? separated : end);
    blanks();
    comment();
    if (!isLineBreak(next())) {
      throw unexpected("the end of the line after the closing quote");
    }
  }

  /** Reads a value without quotes; returns where it ends. */
  private int unquoted(String key, int keyBegin, boolean afterBlank) {
    int begin = at;
    boolean blank = afterBlank;
    while (!isLineBreak(next()) && !(next() == '#' && blank)) {
      blank = isBlank(next());
      at++;
    }
    int end = at;
    while (end > begin && isBlank(charAt(end - 1))) {
      end--;
    }
    cursor.moveTo(end == begin ? keyBegin : begin);
    entry(key, text.substring(begin, end));
    return end;
  }

  /** A value in quotes. In single quotes, and where each {@code $} is escaped, it is literal. */
  private void quoted(String key, char quote) {
    int begin = at++;
    StringBuilder plain = new StringBuilder(); // what it says
    StringBuilder template = new StringBuilder(); // the same, with "$${" for an escaped "${"
    boolean hasPlaceholder = false;
    while (next() != quote) {
      if (at >= text.length()) {
        throw notClosed("the " + quote + " that ends the value", begin);
      }
      char c = text.charAt(at++);
      if (c == '\\' && (next() == quote || (quote == '"' && "nrt\\$".indexOf(next()) >= 0))) {
        template.append(text.startsWith("${", at) ? "$" : "");
        c = unescaped(text.charAt(at++));
      } else if (c == '\r') {
        at += next() == '\n' && at < text.length() ? 1 : 0;
        c = '\n'; // a line break is LF, however it is written
      } else {
        hasPlaceholder |= c == '$' && next() == '{';
      }
      plain.append(c);
      template.append(c);
    }
    at++;
    cursor.moveTo(begin);
    if (quote == '\'' || !hasPlaceholder) {
      out.literalEntry(key, plain.toString(), cursor.line(), cursor.column());
    } else {
      entry(key, (isLiteral() ? plain : template).toString());
    }
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** A value that may hold placeholders, at the place that the cursor is at. */
  private void entry(String key, String value) {
    String string = isLiteral() ? value : ShellDefaults.read(value);
    out.entry(key, string, cursor.line(), cursor.column());
  }

  /** Whether placeholders are text. */
  private boolean isLiteral() {
    return out.options().template() == Scalar.Template.NONE;
  }

  // ---- characters

  private char next() {
    return charAt(at);
  }

  /** The character at an offset; a line break behind the last one. */
  private char charAt(int offset) {
    return offset < text.length() ? text.charAt(offset) : '\n';
  }

  private void blanks() {
    while (isBlank(next())) {
      at++;
    }
  }

  private void comment() {
    if (next() == '#') {
      while (!isLineBreak(next())) {
        at++;
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isBlankOrBreak(char c) {
    return isBlank(c) || isLineBreak(c);
  }

  /** What is not closed, with what would close it. */
  private ConfigException notClosed(String expected, int begin) {
    cursor.moveTo(begin);
    int line = cursor.line();
    int column = cursor.column();
    String message = "unexpected " + cursor.found(at) + ", expected " + expected;
    cursor.moveTo(at);
    String place = " at " + line + ":" + column;
    return out.malformed(cursor.line(), cursor.column(), message + place, line, column);
  }

  private ConfigException unexpected(String expected) {
    String message = "unexpected " + cursor.found(at) + ", expected " + expected;
    cursor.moveTo(at);
    return out.malformed(cursor.line(), cursor.column(), message);
  }
}
