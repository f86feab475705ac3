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

  /**
   * Something else than the end of a list, a map or a text in quotes.
   *
   * @param at what stands there
   * @param begin where it begins
   * @param indent the indentation that it lacks, 0 for none
   */
  static ConfigException notClosed(YamlText text, int at, int begin, int indent) {
    String expected =
        switch (text.at(begin)) {
          case '[' -> "',' or ']' of the list";
          case '{' -> "',' or '}' of the map";
          default -> "the closing quote of the text";
        };
    String lines = indent == 0 ? "" : " (its lines are indented by " + indent + " or more)";
    return text.unexpected(at, expected + " that begins at " + text.place(begin) + lines);
  }
}
