package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Says in one line what the parser found wrong, and where. Of the document it shows single
 * characters, so that a value never stands in a message.
 */
final class YamlErrors {

  static final String NO_ANCHOR =
      "an alias without an anchor before it, expected &name further up (quote a text that begins"
          + " with *)";

  /** What the parser says before it quotes the document. */
  private static final List<String> QUOTING =
      List.of(
          "found undefined tag handle",
          "duplicate tag handle",
          "found a number which cannot represent a valid version",
          "expected escape sequence of 2 hexadecimal numbers",
          "expected escape sequence of 4 hexadecimal numbers",
          "expected escape sequence of 8 hexadecimal numbers",
          "expected URI in UTF-8");

  private YamlErrors() {}

  static ConfigException complexKey(YamlNode.Kind kind, TreeBuilder out, int line, int column) {
    String found = kind == YamlNode.Kind.LIST ? "a list" : "a map";
    return out.malformed(line, column, "the key is " + found + ", expected a scalar");
  }

  /**
   * @param line where the parser stopped, for what it reports without a place
   */
  static ConfigException of(
      RuntimeException e, String text, TreeBuilder out, int line, int column) {
    if (e instanceof MarkedYamlEngineException marked) {
      Mark mark = marked.getProblemMark().or(marked::getContextMark).orElse(null);
      int atLine = mark == null ? line : mark.getLine() + 1;
      int atColumn = mark == null ? column : mark.getColumn() + 1;
      return out.malformed(atLine, atColumn, message(marked));
    }
    if (e instanceof ReaderException reader) {
      return unreadable(reader, text, out);
    }
    return out.malformed(
        line, column, "the parser failed before this place: " + e.getClass().getSimpleName());
  }

  private static String message(MarkedYamlEngineException e) {
    String message = YamlWording.of(oneLine(e.getProblem()));
    String context = e.getContext();
    if (context == null || context.isBlank()) {
      return message;
    }
    Mark mark = e.getContextMark().orElse(null);
    String begins =
        mark == null
            ? ""
            : " that begins at " + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    return message + " (" + oneLine(context) + begins + ")";
  }

  private static ConfigException unreadable(ReaderException e, String text, TreeBuilder out) {
    int length = text.codePointCount(0, text.length());
    int position = Math.max(0, Math.min(e.getPosition(), length));
    TextCursor cursor = new TextCursor(text).moveTo(text.offsetByCodePoints(0, position));
    return out.malformed(
        cursor.line(),
        cursor.column(),
        String.format("unexpected character U+%04X, which YAML does not allow", e.getCodePoint()));
  }

  private static String oneLine(@Nullable String message) {
    if (message == null) {
      return "no reason given";
    }
    for (String said : QUOTING) {
      if (message.startsWith(said)) {
        return said;
      }
    }
    if (message.matches("found unknown escape character \\p{XDigit}{8}")) {
      return "found an escape beyond U+10FFFF, the last character";
    }
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)).strip();
  }
}
