package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;

/**
 * The text of a stream, the place in it where the parser is, and the line around that place. Used
 * by one thread.
 */
final class YamlText {

  /** What no unquoted scalar in a flow holds. */
  private static final String FLOW_INDICATORS = ",[]{}";

  private final String source;
  private final TextCursor cursor;
  private final TreeBuilder out;

  private int at;

  /** Where the line begins that {@code at} stands in. */
  private int lineBegin;

  /** The spaces that the line begins with. */
  private int indent;

  /** Whether nothing but blanks stands before {@code at} in its line. */
  private boolean first = true;

  /** Whether a tab stands between {@code at} and the last token, or the begin of the line. */
  private boolean tab;

  YamlText(String source, TreeBuilder out) {
    this.source = source;
    this.cursor = new TextCursor(source);
    this.out = out;
    beginLine(0);
  }

  TreeBuilder out() {
    return out;
  }

  String source() {
    return source;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == source.length();
  }

  boolean isFirst() {
    return first;
  }

  boolean isBehindTab() {
    return tab;
  }

  int indent() {
    return indent;
  }

  int lineBegin() {
    return lineBegin;
  }

  /** How far {@code at} stands from the begin of its line. */
  int column() {
    return at - lineBegin;
  }

  /** The character at an offset; NUL, which no document holds, at the end. */
  char at(int offset) {
    return offset < source.length() ? source.charAt(offset) : '\0';
  }

  char next() {
    return at(at);
  }

  // ---- moving

  /** Goes behind a token, or a part of one, which ends at an offset of this line. */
  void take(int end) {
    at = end;
    first = false;
    tab = false;
  }

  /** Goes to an offset in a line that begins at another. */
  void take(int end, int line) {
    lineBegin = line;
    take(end);
  }

  void skipBlanks() {
    while (isBlank(next())) {
      tab |= next() == '\t';
      at++;
    }
  }

  /** Goes to the next token, behind blanks, comments and line breaks. */
  void skip() {
    while (true) {
      skipBlanks();
      skipComment();
      if (!isBreak(next())) {
        return;
      }
      beginLine(behindBreak(at));
    }
  }

  /** Goes behind a comment, if one begins here: at the begin of a line, or behind a blank. */
  void skipComment() {
    if (next() != '#' || column() > 0 && !isBlank(at(at - 1))) {
      return;
    }
    while (!isAtEnd() && !isBreak(next())) {
      check(at);
      at++;
    }
  }

  /** Goes behind a byte order mark, which may stand before each document. */
  void skipMark() {
    if (next() == '\uFEFF' && column() == 0) {
      beginLine(at + 1);
      skip();
    }
  }

  /** Goes to the first character of a line that is no space. */
  void beginLine(int begin) {
    lineBegin = begin;
    at = begin;
    while (next() == ' ') {
      at++;
    }
    indent = at - begin;
    first = true;
    tab = false;
  }

  /** The offset behind the line break at an offset. */
  int behindBreak(int offset) {
    boolean two = at(offset) == '\r' && at(offset + 1) == '\n';
    return offset + (two ? 2 : 1);
  }

  // ---- looking

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  /** Whether a blank, a line break or the end is at an offset. */
  boolean isSpace(int offset) {
    return offset >= source.length() || isBlank(at(offset)) || isBreak(at(offset));
  }

  static boolean isFlowIndicator(char c) {
    return FLOW_INDICATORS.indexOf(c) >= 0;
  }

  /** Whether what stands at an offset ends an indicator before it. */
  boolean endsIndicator(int offset, boolean flow) {
    return isSpace(offset) || flow && isFlowIndicator(at(offset));
  }

  /** Whether nothing but a comment follows in this line. */
  boolean isEndOfLine() {
    return isAtEnd() || isBreak(next()) || next() == '#' && isBlank(at(at - 1));
  }

  /** Whether an indicator of a block, such as a dash, stands here. */
  boolean isIndicator(char c) {
    return next() == c && isSpace(at + 1);
  }

  /** Whether a colon stands here that ends a key. */
  boolean isColon(boolean flow) {
    return next() == ':' && endsIndicator(at + 1, flow);
  }

  /** Whether {@code ---} or {@code ...} stands here, at the begin of a line. */
  boolean isMarker() {
    return isMarker(at, lineBegin);
  }

  boolean isMarker(int offset, int line) {
    return offset == line
        && (source.startsWith("---", offset) || source.startsWith("...", offset))
        && isSpace(offset + 3);
  }

  // ---- telling

  /** Refuses a character that YAML allows nowhere, or in quotes only. */
  void check(int offset) {
    char c = source.charAt(offset);
    if (c < ' ' && c != '\t' || c >= 0x7F && c < 0xA0 && c != 0x85 || c == 0xFEFF) {
      throw unprintable(offset);
    }
    checkAnywhere(offset);
  }

  /** Refuses a character that YAML does not even allow in quotes. */
  void checkAnywhere(int offset) {
    char c = source.charAt(offset);
    if (c < ' ' && c != '\t' || c >= 0xFFFE) {
      throw unprintable(offset);
    }
  }

  private ConfigException unprintable(int offset) {
    return malformed(
        offset,
        String.format(
            "unexpected character U+%04X, which YAML does not allow", (int) source.charAt(offset)));
  }

  ConfigException unexpected(String expected) {
    return unexpected(at, expected);
  }

  /** Says what stands at an offset, if it is no character that YAML refuses. */
  ConfigException unexpected(int offset, String expected) {
    return malformed(offset, found(offset) + ", expected " + expected);
  }

  /**
   * The same for what is not closed.
   *
   * @param begin where that begins
   */
  ConfigException unexpected(int offset, String expected, int begin) {
    return malformed(offset, found(offset) + ", expected " + expected, begin);
  }

  private String found(int offset) {
    if (offset < source.length() && !isBreak(at(offset))) {
      check(offset);
    }
    return "unexpected " + cursor.found(offset);
  }

  ConfigException malformed(int offset, String message) {
    moveTo(offset);
    return out.malformed(line(), lineColumn(), message);
  }

  /**
   * The same for what is not closed.
   *
   * @param begin where that begins
   */
  ConfigException malformed(int offset, String message, int begin) {
    moveTo(begin);
    int beginLine = line();
    int beginColumn = lineColumn();
    moveTo(offset);
    return out.malformed(line(), lineColumn(), message, beginLine, beginColumn);
  }

  /** Makes {@link #line} and {@link #lineColumn} say where an offset is. */
  void moveTo(int offset) {
    cursor.moveTo(offset);
  }

  int line() {
    return cursor.line();
  }

  int lineColumn() {
    return cursor.column();
  }

  /** {@code 3:7}, to say where something begins. */
  String place(int offset) {
    moveTo(offset);
    return line() + ":" + lineColumn();
  }
}
