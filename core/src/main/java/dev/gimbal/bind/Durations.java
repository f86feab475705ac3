package dev.gimbal.bind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations by their text: {@code 1h30m}, {@code 1.5s}, {@code -500ms} as Go writes them, with
 * {@code d} for 24 hours; ISO 8601 as {@link Duration#parse} takes it; {@code 0}. What is finer
 * than a nanosecond is cut off.
 */
final class Durations {

  static final String EXPECTED = "a duration with a unit, such as 500ms, 3s, 1h30m or PT3S";
  static final String RANGE = "a duration of at most 9223372036854775807s";

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
  private static final int MAX_CHARS = 200;

  private Durations() {}

  /**
   * The duration, or null where the text is none.
   *
   * @throws ArithmeticException when it is too long for a {@link Duration}
   */
  static @Nullable Duration parse(String text) {
    if (text.length() > MAX_CHARS || text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    int start = first == '-' || first == '+' ? 1 : 0;
    if (text.startsWith("P", start) || text.startsWith("p", start)) {
      return iso(text);
    }
    if (text.length() == start + 1 && text.charAt(start) == '0') {
      return Duration.ZERO;
    }
    BigDecimal nanos = sum(text, start);
    return nanos == null ? null : of(first == '-' ? nanos.negate() : nanos);
  }

  private static @Nullable Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException malformed) {
      if (malformed.getCause() != null) { // the pattern fits, the number does not
        throw new ArithmeticException("more than " + RANGE);
      }
      return null;
    }
  }

  /** The nanoseconds of numbers with units, or null where the text holds anything else. */
  private static @Nullable BigDecimal sum(String text, int start) {
    BigDecimal sum = BigDecimal.ZERO;
    int i = start;
    do {
      int unit = i;
      while (unit < text.length() && isNumeral(text.charAt(unit))) {
        unit++;
      }
      int next = unit;
      while (next < text.length() && !isNumeral(text.charAt(next))) {
        next++;
      }
      long nanos = nanos(text.substring(unit, next));
      String number = text.substring(i, unit);
      if (nanos == 0 || !Numbers.isDecimal(number)) {
        return null;
      }
      sum = sum.add(new BigDecimal(number).multiply(BigDecimal.valueOf(nanos)));
      i = next;
    } while (i < text.length());
    return sum;
  }

  private static boolean isNumeral(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  /** The nanoseconds of a unit, or 0 where it is none. */
  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "\u00B5s", "\u03BCs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> 0L;
    };
  }

  private static Duration of(BigDecimal nanos) {
    BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(NANOS);
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValue());
  }
}
