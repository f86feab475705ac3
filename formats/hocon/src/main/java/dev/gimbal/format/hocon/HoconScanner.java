package dev.gimbal.format.hocon;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;

/** Cuts a document into tokens, one at a time. Comments are blanks. Used by one thread. */
final class HoconScanner {

  /** What a token is. */
  enum Token {
    END,
    LINE,
    COMMA,
    COLON,
    EQUALS,
    PLUS_EQUALS,
    OPEN_CURLY,
    CLOSE_CURLY,
    OPEN_SQUARE,
    CLOSE_SQUARE,
    /** The begin of a substitution, up to its path. */
    SUBSTITUTION,
    QUOTED,
    UNQUOTED,
    NUMBER,
    /** {@code true}, {@code false} or {@code null}, whatever follows. */
    WORD;

    /** Whether it is text, or begins what becomes text. */
    boolean isSimple() {
      return compareTo(SUBSTITUTION) >= 0;
    }
  }

  /** What unquoted text does not hold. */
  private static final String RESERVED = "$\"{}[]:=,+#`^?!@*&\\";

  private final String source;
  private final TextCursor cursor;
  private final HoconDocuments documents;
  private final int document;

  private Token token = Token.LINE;

  /** Where the blanks before the token begin, the token itself, and what is behind it. */
  private int blank;

  private int start;
  private int at;

  private long place;
  private String text = "";
  private boolean optional;

  /**
   * @param document the number of the document that the source is
   */
  HoconScanner(String source, int document, HoconDocuments documents) {
    this.source = source;
    this.cursor = new TextCursor(source);
    this.documents = documents;
    this.document = document;
  }

  Token token() {
    return token;
  }

  /** The text of a key or value, unescaped. */
  String text() {
    return text;
  }

  /** Whether a substitution may find nothing: a question mark stands in it. */
  boolean isOptional() {
    return optional;
  }

  /** The blanks before the token. */
  String blanks() {
    return source.substring(blank, start);
  }

  /** Where the token begins. */
  long place() {
    return place;
  }

  /** The token, in the words of a message. */
  String found() {
    return cursor.found(start);
  }

  ConfigException unexpected(String expected) {
    return malformed(start, "unexpected " + cursor.found(start) + ", expected " + expected);
  }

  /**
   * The end of the document inside of something.
   *
   * @param expected what would close it, and its name
   * @param begin where it begins
   */
  ConfigException notClosed(String expected, long begin) {
    String message = "unexpected end of the document, expected " + expected + " that begins at ";
    cursor.moveTo(source.length());
    String at = HoconValue.line(begin) + ":" + HoconValue.column(begin);
    return documents.malformed(placeOfCursor(), message + at, begin);
  }

  private ConfigException malformed(int offset, String message) {
    cursor.moveTo(offset);
    return documents.malformed(placeOfCursor(), message);
  }

  Token next() {
    blank = at;
    skipBlanks();
    start = at;
    cursor.moveTo(start);
    place = placeOfCursor();
    token = scan();
    return token;
  }

  private long placeOfCursor() {
    return HoconValue.place(document, cursor.line(), cursor.column());
  }

  private void skipBlanks() {
    while (at < source.length() && isBlank(source.charAt(at))) {
      at++;
    }
    if (isComment(at)) {
      while (at < source.length() && source.charAt(at) != '\n') {
        at++;
      }
    }
  }

  private Token scan() {
    if (at == source.length()) {
      return Token.END;
    }
    char c = source.charAt(at++);
    return switch (c) {
      case '\n' -> Token.LINE;
      case ',' -> Token.COMMA;
      case ':' -> Token.COLON;
      case '=' -> Token.EQUALS;
      case '{' -> Token.OPEN_CURLY;
      case '}' -> Token.CLOSE_CURLY;
      case '[' -> Token.OPEN_SQUARE;
      case ']' -> Token.CLOSE_SQUARE;
      case '"' -> quoted();
      case '+' -> {
        require('=', "'=' after '+', or quotes around a text that holds '+'");
        yield Token.PLUS_EQUALS;
      }
      case '$' -> {
        require('{', "'{' after '$', or quotes around a text that holds '$'");
        optional = at < source.length() && source.charAt(at) == '?';
        at += optional ? 1 : 0;
        yield Token.SUBSTITUTION;
      }
      default -> {
        if (RESERVED.indexOf(c) >= 0) {
          throw unexpected("quotes around a text that holds it");
        }
        yield c == '-' || isDigit(c) ? number() : unquoted();
      }
    };
  }

  private void require(char expected, String words) {
    if (at == source.length() || source.charAt(at) != expected) {
      throw malformed(at, "unexpected " + cursor.found(at) + ", expected " + words);
    }
    at++;
  }

  /** Text that begins as a number does. It is one, or unquoted text. */
  private Token number() {
    while (at < source.length() && isOfNumber(source.charAt(at))) {
      at++;
    }
    text = source.substring(start, at);
    if (HoconNumbers.isNumber(text)) {
      return Token.NUMBER;
    }
    int plus = text.indexOf('+');
    if (plus >= 0) {
      throw malformed(start + plus, "unexpected '+', expected quotes around a text that holds it");
    }
    return Token.UNQUOTED;
  }

  private static boolean isOfNumber(char c) {
    return isDigit(c) || c == 'e' || c == 'E' || c == '+' || c == '-' || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token unquoted() {
    for (String word : new String[] {"true", "false", "null"}) {
      if (source.startsWith(word, start)) {
        at = start + word.length();
        text = word;
        return Token.WORD;
      }
    }
    while (at < source.length() && isUnquoted(at)) {
      at++;
    }
    text = source.substring(start, at);
    return Token.UNQUOTED;
  }

  private boolean isUnquoted(int i) {
    char c = source.charAt(i);
    return c != '\n' && RESERVED.indexOf(c) < 0 && !isBlank(c) && !isComment(i);
  }

  private boolean isComment(int i) {
    return source.startsWith("#", i) || source.startsWith("//", i);
  }

  /** Whether it is white space as HOCON has it, other than what ends a line. */
  private static boolean isBlank(char c) {
    return switch (c) {
      case '\n' -> false;
      case ' ', '\u00A0', '\u2007', '\u202F', '\uFEFF' -> true;
      default -> Character.isWhitespace(c);
    };
  }

  private Token quoted() {
    if (source.startsWith("\"\"", at)) {
      return tripleQuoted();
    }
    int from = at;
    while (at < source.length() && isPlain(source.charAt(at))) {
      at++;
    }
    if (at < source.length() && source.charAt(at) == '"') {
      text = source.substring(from, at++);
      return Token.QUOTED;
    }
    StringBuilder unescaped = new StringBuilder(source.substring(from, at));
    while (true) {
      char c = charOfString();
      if (c == '"') {
        text = unescaped.toString();
        return Token.QUOTED;
      }
      unescaped.append(c == '\\' ? escaped() : c);
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  private char charOfString() {
    if (at == source.length()) {
      throw notClosed("the closing quote");
    }
    char c = source.charAt(at);
    if (c < ' ') {
      throw malformed(
          at,
          "unexpected " + cursor.found(at) + " in a string, expected an escape or three quotes");
    }
    at++;
    return c;
  }

  private ConfigException notClosed(String expected) {
    cursor.moveTo(start);
    return notClosed(expected + " of the string", placeOfCursor());
  }

  private char escaped() {
    char c = charOfString();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> {
        String found = cursor.found(at - 1);
        throw malformed(at - 1, "unexpected " + found + " after a backslash in a string");
      }
    };
  }

  private char codeUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = charOfString();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        String found = cursor.found(at - 1);
        throw malformed(at - 1, "unexpected " + found + ", expected four hex digits after \\u");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** An empty string, or raw text up to the last three of three or more quotes. */
  private Token tripleQuoted() {
    at += 2;
    int end = source.indexOf("\"\"\"", at);
    if (end < 0) {
      throw notClosed("the closing three quotes");
    }
    while (source.startsWith("\"", end + 3)) {
      end++;
    }
    text = source.substring(at, end);
    at = end + 3;
    return Token.QUOTED;
  }
}
