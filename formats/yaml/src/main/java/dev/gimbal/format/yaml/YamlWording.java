package dev.gimbal.format.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the parser says, with what it found before what it expected. */
final class YamlWording {

  /** {@code expected ',' or ']', but got <stream end>}. */
  private static final Pattern EXPECTED =
      Pattern.compile("expected (.+), but (?:got|found) '?([^']+?|')'?");

  private static final Map<String, String> WHOLE =
      Map.of(
          "sequence entries are not allowed here",
          "found \"- \", which begins a list entry, inside a line or a value; expected it on a line"
              + " of its own (quote a text that holds it)",
          "mapping values are not allowed here",
          "found \": \" inside a value, expected the end of the value (quote a text that holds it)",
          "mapping keys are not allowed here",
          "found \"? \", which begins a key, inside a line or a value; expected it on a line of its"
              + " own (quote a text that holds it)",
          "could not find expected ':'",
          "expected ':' behind the key",
          "found unexpected end of stream",
          "found the end of the document, expected the closing quote",
          "found unexpected document separator",
          "found \"---\" or \"...\" inside a value, expected the closing quote");

  private static final Map<String, String> TOKENS =
      Map.of(
          "<stream end>", "the end of the document",
          "<block end>", "the end of the block",
          "<block mapping start>", "a key",
          "?", "a key",
          "<block sequence start>", "a list entry",
          "-", "a list entry",
          "<scalar>", "a scalar",
          "<alias>", "an alias",
          "<anchor>", "an anchor",
          "<tag>", "a tag");

  private YamlWording() {}

  static String of(String message) {
    String whole = WHOLE.get(message);
    if (whole != null) {
      return whole;
    }
    Matcher expected = EXPECTED.matcher(message);
    if (!expected.matches()) {
      return message;
    }
    return "found " + token(expected.group(2)) + ", expected " + wanted(expected.group(1));
  }

  private static String wanted(String expected) {
    return switch (expected) {
      case "the node content" -> "a value";
      case "<block end>" -> "the end of the block: is the indentation right?";
      default -> expected;
    };
  }

  private static String token(String found) {
    String known = TOKENS.get(found);
    if (known != null) {
      return known;
    }
    return found.length() > 1 ? found : "'" + found + "'";
  }
}
