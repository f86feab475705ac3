package dev.gimbal.bind;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What may have been meant by a text that does not convert. Pure. */
final class Repairs {

  /** Longer texts are not repaired. */
  private static final int MAX_CHARS = 100;

  /** From the smallest to the largest change. */
  private static final List<UnaryOperator<String>> REPAIRS =
      List.of(
          String::strip,
          text -> isNumeral(text) ? text.replaceAll("\\s+", "") : text,
          text -> text.replace('_', '-'),
          text -> text.replace("_", ""),
          text -> text.strip().toLowerCase(Locale.ROOT),
          text -> text.strip().toUpperCase(Locale.ROOT));

  private static final List<String> BOOLEANS = List.of("true", "false");

  private Repairs() {}

  /** A number with a unit may be written with a space between them. */
  private static boolean isNumeral(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  /**
   * The first repair of a text that would convert; empty where there is none.
   *
   * @param reads whether a text converts
   */
  static List<String> of(String text, Predicate<String> reads) {
    if (text.length() <= MAX_CHARS) {
      for (UnaryOperator<String> repair : REPAIRS) {
        String repaired = repair.apply(text);
        if (!repaired.equals(text) && reads.test(repaired)) {
          return List.of(repaired);
        }
      }
    }
    return List.of();
  }

  /** The boolean that other tools would read; both where none would. */
  static List<String> ofBoolean(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "on", "1" -> List.of("true");
      case "false", "no", "n", "off", "0" -> List.of("false");
      default -> BOOLEANS;
    };
  }
}
