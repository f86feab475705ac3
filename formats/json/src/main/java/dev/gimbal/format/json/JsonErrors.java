package dev.gimbal.format.json;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.io.ContentReference;

/**
 * Says in one line what is wrong with a JSON document, where, and what was expected. Of the
 * document it shows one character at most, so that a value never stands in a message.
 */
final class JsonErrors {

  /** How the parser says that the document ends in a string. */
  private static final List<String> IN_STRING =
      List.of(
          "closing quote for a string value", "in property name", "in character escape sequence");

  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  private final String text;
  private final TextCursor cursor;
  private final TreeBuilder out;
  private final boolean lenient;

  /**
   * @param lenient whether comments are allowed
   */
  JsonErrors(String text, TextCursor cursor, TreeBuilder out, boolean lenient) {
    this.text = text;
    this.cursor = cursor;
    this.out = out;
    this.lenient = lenient;
  }

  ConfigException of(JacksonException e, TokenStreamContext context) {
    String message = e.getOriginalMessage();
    int offset = offset(e, text);
    if (isInComment(e)) {
      return at(text.length(), "unexpected end of the document, expected '*/' of a comment");
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return endOfDocument(message, context);
    }
    if (message.startsWith("Illegal unquoted character")) {
      return at(offset, "unexpected " + cursor.found(offset) + " in a string, expected an escape");
    }
    if (message.startsWith("Unrecognized character escape")) {
      return at(offset, "unexpected " + cursor.found(offset) + " after a backslash in a string");
    }
    if (message.startsWith("Invalid numeric value: Leading zeroes")) {
      return at(offset, "unexpected digit after the leading zero of a number");
    }
    if (message.startsWith("Illegal character")) {
      return at(offset, "unexpected " + cursor.found(offset) + " between values");
    }
    if (message.contains("not followed by a digit")) {
      return at(offset, "unexpected " + cursor.found(offset) + " in a number, expected a digit");
    }
    if (message.startsWith("Unexpected") && !message.contains("to have plus signs")) {
      boolean nothingToClose = context.inRoot() && message.startsWith("Unexpected close marker");
      String expected = nothingToClose ? "a value" : expected(message);
      return at(offset, "unexpected " + cursor.found(offset) + ", expected " + expected);
    }
    return at(offset, "unexpected " + cursor.found(offset) + ", expected a value");
  }

  /** Whether the document ends inside a comment. */
  static boolean isInComment(JacksonException e) {
    return e.getOriginalMessage().startsWith("Unexpected end-of-input in a comment");
  }

  private ConfigException at(int offset, String message) {
    cursor.moveTo(offset);
    return out.malformed(cursor.line(), cursor.column(), message);
  }

  /** What would close the string, or else the innermost structure, and where that begins. */
  private ConfigException endOfDocument(String message, TokenStreamContext context) {
    if (IN_STRING.stream().anyMatch(message::endsWith)) {
      return notClosed("the closing quote of the string", openQuote());
    }
    if (context.inRoot()) {
      return at(text.length(), "unexpected end of the document, expected a value");
    }
    String what = context.inObject() ? "'}' of the object" : "']' of the list";
    return notClosed(what, offset(context.startLocation(ContentReference.unknown())));
  }

  private ConfigException notClosed(String expected, int begin) {
    cursor.moveTo(begin);
    int line = cursor.line();
    int column = cursor.column();
    cursor.moveTo(text.length());
    String message = "unexpected end of the document, expected " + expected;
    String place = " that begins at " + line + ":" + column;
    return out.malformed(cursor.line(), cursor.column(), message + place, line, column);
  }

  /** The last quote that no backslash escapes: it begins the string that the document ends in. */
  private int openQuote() {
    int quote = text.lastIndexOf('"');
    while (quote > 0 && isEscaped(quote)) {
      quote = text.lastIndexOf('"', quote - 1);
    }
    return Math.max(quote, 0);
  }

  private boolean isEscaped(int offset) {
    int first = offset;
    while (first > 0 && text.charAt(first - 1) == '\\') {
      first--;
    }
    return (offset - first) % 2 == 1;
  }

  /** Where a place of the parser is, which counts columns in units of the text. */
  private int offset(TokenStreamLocation place) {
    int begin = 0;
    Matcher lineEnd = LINE_END.matcher(text);
    for (int line = 1; line < place.getLineNr() && lineEnd.find(); line++) {
      begin = lineEnd.end();
    }
    return begin + place.getColumnNr() - 1;
  }

  private String expected(String message) {
    if (message.contains("to start property name")) {
      return "a key in double quotes";
    }
    if (message.contains("colon to separate")) {
      return "':'";
    }
    if (message.contains("comma to separate Object")) {
      return "',' or '}'";
    }
    if (message.contains("comma to separate Array")) {
      return "',' or ']'";
    }
    if (message.startsWith("Unexpected close marker")) {
      return message.contains("expected '}'") ? "'}'" : "']'";
    }
    if (message.contains("in numeric value")) {
      return "a digit";
    }
    if (message.contains("hex-digit")) {
      return "four hex digits after \\u";
    }
    return message.contains("comment") && !lenient
        ? "a value or separator (comments need the format jsonc)"
        : "a value";
  }

  /** Where the parser stopped; for a word that is none of JSON's, where the word begins. */
  static int offset(JacksonException e, String text) {
    TokenStreamLocation location = e.getLocation();
    long reported = location == null ? 0 : location.getCharOffset();
    int offset = (int) Math.max(0, Math.min(reported, text.length()));
    String message = e.getOriginalMessage();
    if (message.contains("to have plus signs")) {
      return Math.max(0, offset - 1);
    }
    if (message.startsWith("Unrecognized token") || message.startsWith("Non-standard token")) {
      while (offset > 0 && isWord(text.charAt(offset - 1))) {
        offset--;
      }
    }
    return offset;
  }

  private static boolean isWord(char c) {
    return Character.isJavaIdentifierPart(c) || c == '-' || c == '+';
  }
}
