package dev.gimbal.format.json;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.io.ContentReference;

/**
 * Says in one line what is wrong with a JSON document, where, and what was expected. Of the
 * document it shows one character at most, so that a value never stands in a message.
 */
final class JsonErrors {

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
      return at(text.length(), "unexpected end of the document, expected " + closing(context));
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

  /** What would close the innermost structure, and where that begins. */
  private String closing(TokenStreamContext context) {
    if (context.inRoot()) {
      return "a value";
    }
    TokenStreamLocation begin = context.startLocation(ContentReference.unknown());
    String what = context.inObject() ? "'}' of the object" : "']' of the list";
    return what + " that begins at " + begin.getLineNr() + ":" + begin.getColumnNr();
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
