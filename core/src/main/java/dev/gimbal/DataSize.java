package dev.gimbal;

import java.math.BigDecimal;

/**
 * A number of bytes, as configuration writes it: {@code 64KiB}, {@code 1.5MB}, {@code 10}.
 *
 * <p>Units are {@code B}, {@code kB} (also {@code KB}), {@code MB}, {@code GB}, {@code TB}, {@code
 * PB}, {@code EB}, each 1,000 times the one before, and {@code KiB}, {@code MiB}, {@code GiB},
 * {@code TiB}, {@code PiB}, {@code EiB}, each 1,024 times. A number alone is bytes.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param bytes 0 or more
 * @since 0.1.0
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int MAX_CHARS = 200;

  /**
   * @throws IllegalArgumentException when there are less than 0
   */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
    }
  }

  /**
   * The size that a text says: ASCII digits, perhaps a point and more digits, and a unit right
   * after. It has no sign, no exponent and no spaces.
   *
   * @throws IllegalArgumentException when it says none, or no whole number of bytes
   * @throws ArithmeticException when it is more than 9,223,372,036,854,775,807 bytes
   */
  public static DataSize parse(String text) {
    int unit = 0;
    int points = 0;
    while (unit < text.length() && unit <= MAX_CHARS && isNumeral(text.charAt(unit))) {
      points += text.charAt(unit) == '.' ? 1 : 0;
      unit++;
    }
    long factor = factor(text.substring(unit));
    if (factor == 0 || unit > MAX_CHARS || unit == points || points > 1) {
      throw new IllegalArgumentException(
          "size: \"" + text + "\" (expected: a number and a unit, such as 64KiB or 1.5MB)");
    }
    BigDecimal bytes = new BigDecimal(text.substring(0, unit)).multiply(BigDecimal.valueOf(factor));
    if (bytes.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "size: \"" + text + "\" (expected: a whole number of bytes)");
    }
    return new DataSize(bytes.toBigInteger().longValueExact());
  }

  private static boolean isNumeral(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  /** The bytes of a unit, or 0 where it is none. */
  private static long factor(String unit) {
    long decimal = 1;
    long binary = 1;
    for (int i = 0; i < DECIMAL.length; i++) {
      if (unit.equals(DECIMAL[i])) {
        return decimal;
      }
      if (unit.equals(BINARY[i])) {
        return binary;
      }
      decimal *= 1_000;
      binary *= 1_024;
    }
    return unit.isEmpty() ? 1 : unit.equals("KB") ? 1_000 : 0;
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** A text that {@link #parse} reads as this size: {@code 64KiB}, {@code 1500kB}, {@code 10B}. */
  @Override
  public String toString() {
    String binary = whole(1_024, BINARY);
    return binary.endsWith("iB") ? binary : whole(1_000, DECIMAL);
  }

  private String whole(long factor, String[] units) {
    long number = bytes;
    int unit = 0;
    while (number > 0 && number % factor == 0 && unit < units.length - 1) {
      number /= factor;
      unit++;
    }
    return number + units[unit];
  }
}
