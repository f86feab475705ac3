package dev.gimbal.format.hcl;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Limits;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The text with a position, and what all parts of the reader do there: skip spaces and comments,
 * take names and signs, count depth and values, say what is wrong. Used by one thread.
 */
final class HclScanner {

  /** What {@link #peek} gives at the end of the text. */
  static final int END = -1;

  /** How deep the reader calls itself at most; each level takes some frames of the stack. */
  static final int MAX_DEPTH = 500;

  final String text;
  final TextCursor cursor;
  private final TreeBuilder out;

  /** Where the next character stands. */
  int at;

  /** Where the last name, sign or literal ended. */
  int end;

  /** Whether a line break is a sign of its own here, not a space. */
  boolean breaks = true;

  private final int maxDepth;
  private int depth = 1;
  private int values;

  HclScanner(String text, TreeBuilder out) {
    this.text = text;
    this.out = out;
    this.cursor = new TextCursor(text);
    this.maxDepth = Math.min(out.options().limits().maxDepth(), MAX_DEPTH);
  }

  /** The next character after spaces and comments, which it skips; {@link #END} at the end. */
  int peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || (!breaks && isBreak(c))) {
        at++;
      } else if (c == '#' || text.startsWith("//", at)) {
        int newLine = text.indexOf('\n', at);
        at = newLine < 0 ? text.length() : lineEnd(newLine);
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
          throw malformed(at, "a comment that does not end, expected */ after it");
        }
        at = close + 2;
      } else {
        return c;
      }
    }
    return END;
  }

  /** Where the next sign stands. */
  HclPlace place() {
    peek();
    cursor.moveTo(at);
    return new HclPlace(cursor.line(), cursor.column());
  }

  /** Where the break that ends with this line feed begins. */
  int lineEnd(int newLine) {
    return newLine > at && text.charAt(newLine - 1) == '\r' ? newLine - 1 : newLine;
  }

  static boolean isBreak(int c) {
    return c == '\n' || c == '\r';
  }

  /** Takes a line break, if one is next. */
  boolean acceptBreak() {
    if (peek() == '\r' && text.startsWith("\r\n", at)) {
      at++;
    }
    return accept('\n');
  }

  /** Takes this character, if it is next. */
  boolean accept(char sign) {
    if (peek() != sign) {
      return false;
    }
    end = ++at;
    return true;
  }

  /** Takes these characters, if they are next. */
  boolean accept(String sign) {
    if (!isNext(sign)) {
      return false;
    }
    at += sign.length();
    end = at;
    return true;
  }

  boolean isNext(String sign) {
    peek();
    return text.startsWith(sign, at);
  }

  void expect(char sign, String expected) {
    expect(sign, expected, null);
  }

  /**
   * Takes this character.
   *
   * @param begin where that begins which it closes, or null
   */
  void expect(char sign, String expected, @Nullable HclPlace begin) {
    if (!accept(sign)) {
      throw unexpected(expected, begin);
    }
  }

  /** Whether a name is next. */
  boolean isName() {
    return peek() != END && isNameStart(text.codePointAt(at));
  }

  /** Whether this name is next, and not one that begins with it. */
  boolean isName(String name) {
    return isNext(name) && nameEnd(at) == at + name.length();
  }

  /** Takes a name. */
  String name(String expected) {
    if (!isName()) {
      throw unexpected(expected);
    }
    int from = at;
    at = nameEnd(from);
    end = at;
    return text.substring(from, at);
  }

  /** Takes this name, if it is next. */
  boolean acceptName(String name) {
    return isName(name) && accept(name);
  }

  /** Where a name that begins here ends. */
  private int nameEnd(int from) {
    int i = from;
    while (i < text.length() && isNamePart(text.codePointAt(i))) {
      i = text.offsetByCodePoints(i, 1);
    }
    return i;
  }

  static boolean isNameStart(int c) {
    return c < 128
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        : Character.isUnicodeIdentifierStart(c);
  }

  static boolean isNamePart(int c) {
    return c < 128
        ? isNameStart(c) || isDigit(c) || c == '-'
        : Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The character at an offset, {@link #END} beyond the text. */
  int charAt(int offset) {
    return offset < text.length() ? text.charAt(offset) : END;
  }

  /** Goes one level deeper, until {@link #leave}. */
  void enter() {
    // A scalar is no level of the tree, but one here.
    if (++depth > maxDepth + 1) {
      cursor.moveTo(at);
      if (maxDepth < MAX_DEPTH) {
        throw out.tooDeep(cursor.line(), cursor.column());
      }
      String message = "nested deeper than " + MAX_DEPTH + ", the most that HCL is read to";
      throw out.error(ErrorCode.LIMIT, cursor.line(), cursor.column(), message);
    }
  }

  void leave() {
    depth--;
  }

  /** Counts one value of the tree that is to be. */
  void count() {
    if (++values > out.options().limits().maxNodes()) {
      cursor.moveTo(at);
      throw out.tooMany(cursor.line(), cursor.column());
    }
  }

  /** Refuses a number that is too long. */
  void checkLength(int from, int to) {
    if (to - from > Limits.MAX_NUMBER_LENGTH) {
      cursor.moveTo(from);
      throw out.tooLongNumber(to - from, cursor.line(), cursor.column());
    }
  }

  /** The error for what is next. */
  ConfigException unexpected(String expected) {
    return unexpected(expected, null);
  }

  /**
   * The error for what is next.
   *
   * @param begin where that begins which is not closed; null where nothing is open
   */
  ConfigException unexpected(String expected, @Nullable HclPlace begin) {
    peek();
    return unexpectedAt(at, expected, begin);
  }

  ConfigException unexpectedAt(int offset, String expected) {
    return unexpectedAt(offset, expected, null);
  }

  ConfigException unexpectedAt(int offset, String expected, @Nullable HclPlace begin) {
    String message = "unexpected " + cursor.found(offset) + ", expected " + expected;
    if (begin == null) {
      return malformed(offset, message);
    }
    cursor.moveTo(offset);
    return out.malformed(cursor.line(), cursor.column(), message, begin.line(), begin.column());
  }

  ConfigException malformed(int offset, String message) {
    cursor.moveTo(offset);
    return out.malformed(cursor.line(), cursor.column(), message);
  }
}
