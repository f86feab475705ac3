package dev.gimbal.format.yaml;

import dev.gimbal.ConfigException;
import dev.gimbal.format.TreeBuilder;

/**
 * Messages. Of the document they show single characters, so that a value never stands in one.
 *
 * <p>Keeps no state.
 */
final class YamlErrors {

  static final String NO_ANCHOR =
      "an alias without an anchor before it, expected &name further up (quote a text that begins"
          + " with *)";

  static final String DASH =
      "found \"- \", which begins a list entry, inside a line or a value; expected it on a line"
          + " of its own (quote a text that holds it)";

  static final String QUESTION_MARK =
      "found \"? \", which begins a key, inside a line or a value; expected it on a line of its"
          + " own (quote a text that holds it)";

  static final String CONTINUED =
      "found \": \" in a line that continues the text above it, expected the indentation of the key"
          + " above (quote a text that holds it)";

  static final String KEY_OVER_LINES =
      "the key has several lines, expected one, or \"? \" before it";

  static final String COLON =
      "found \": \" inside a value, expected the end of the value (quote a text that holds it)";

  /** The characters that a key may have which has no question mark before it. */
  private static final int LONGEST_KEY = 1024;

  private YamlErrors() {}

  /** Refuses a key that is too long to be known as one, from where it begins to here. */
  static void checkKeyLength(YamlText text, int begin) {
    int units = text.at() - begin;
    if (units > LONGEST_KEY && text.source().codePointCount(begin, text.at()) > LONGEST_KEY) {
      throw text.malformed(
          begin, "the key has more than " + LONGEST_KEY + " characters, expected \"? \" before it");
    }
  }

  static ConfigException complexKey(YamlNode.Kind kind, TreeBuilder out, int line, int column) {
    String found = kind == YamlNode.Kind.LIST ? "a list" : "a map";
    return out.malformed(line, column, "the key is " + found + ", expected a scalar");
  }

  /** A tab where indentation decides, before the token that stands here. */
  static ConfigException tab(YamlText text) {
    int at = text.at() - 1;
    while (text.at(at) != '\t') {
      at--;
    }
    return tab(text, at);
  }

  static ConfigException tab(YamlText text, int at) {
    return text.malformed(at, "a tab, expected spaces: they make the indentation");
  }

  /** Something in the line of a value that is complete. */
  static ConfigException behindValue(YamlText text) {
    if (text.next() == ':') {
      return text.unexpected(text.at() + 1, "a blank behind the colon");
    }
    if (text.next() == '#') {
      return text.unexpected("a blank before a comment");
    }
    return text.unexpected(
        switch (text.at(text.at() - 1)) {
          case '\'' -> "the end of the line behind the closing quote (for ' in the text write '')";
          case '"' ->
              "the end of the line behind the closing quote (for \" in the text write \\\")";
          default -> "the end of the line";
        });
  }

  /**
   * Something else than the end of a list, a map or a text in quotes.
   *
   * @param begin where it begins
   */
  static ConfigException notClosed(YamlText text, int at, int begin) {
    String separator =
        switch (text.at(begin)) {
          case '[', '{' -> "',' or ";
          default -> "";
        };
    String expected = separator + end(text, begin) + " of " + opened(text, begin);
    return text.unexpected(at, expected, begin);
  }

  /** A line of a list, a map or a text in quotes that does not stand far enough to the right. */
  static ConfigException notIndented(YamlText text, int at, int begin, int indent, int least) {
    String message =
        "the line is indented by "
            + indent
            + ", but "
            + opened(text, begin)
            + " is not closed: expected "
            + end(text, begin)
            + ", or an indentation of "
            + least
            + " or more";
    return text.malformed(at, message, begin);
  }

  private static String end(YamlText text, int begin) {
    return switch (text.at(begin)) {
      case '[' -> "']'";
      case '{' -> "'}'";
      default -> "the closing quote";
    };
  }

  private static String opened(YamlText text, int begin) {
    String what =
        switch (text.at(begin)) {
          case '[' -> "the list";
          case '{' -> "the map";
          default -> "the text in quotes";
        };
    return what + " that begins at " + text.place(begin);
  }
}
