package dev.gimbal.bind;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by their text. Every method takes time in proportion to the text, and the exact types
 * take at most {@link #MAX_CHARS} characters, because turning digits to binary is quadratic.
 */
final class Numbers {

  static final int MAX_CHARS = 1000;

  private static final long EXACT_MANTISSA = 1L << 53;

  /** The powers of ten that a double holds exactly. Never written. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Numbers() {}

  /** Whether the text is a sign, which may be missing, and at least one ASCII digit. */
  static boolean isInteger(String text) {
    int start = afterSign(text, 0);
    return start < text.length() && digits(text, start) == text.length();
  }

  /** Whether the text is an integer within the range. Allocates nothing if it is. */
  static boolean isWithin(String text, long min, long max) {
    if (!isInteger(text)) {
      return false;
    }
    try {
      long value = Long.parseLong(text);
      return value >= min && value <= max;
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  static @Nullable BigInteger bigInteger(String text) {
    return text.length() <= MAX_CHARS && isInteger(text) ? new BigInteger(text) : null;
  }

  static @Nullable BigDecimal decimal(String text) {
    if (text.length() > MAX_CHARS || !isDecimal(text)) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException exponentTooLarge) {
      return null;
    }
  }

  /** A finite double, or NaN where the text is none. Short decimals allocate nothing. */
  static double toDouble(String text) {
    if (!isDecimal(text)) {
      return Double.NaN;
    }
    double value = shortDecimal(text);
    if (Double.isNaN(value)) {
      value = Double.parseDouble(text);
    }
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  /** A finite float, or NaN where the text is none. */
  static float toFloat(String text) {
    float value = isDecimal(text) ? Float.parseFloat(text) : Float.NaN;
    return Float.isInfinite(value) ? Float.NaN : value;
  }

  /** Whether the text is a sign, digits with or without a point, and an exponent or none. */
  static boolean isDecimal(String text) {
    int start = afterSign(text, 0);
    int i = digits(text, start);
    int count = i - start;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = i + 1;
      i = digits(text, fraction);
      count += i - fraction;
    }
    if (count == 0) {
      return false;
    }
    if (i < text.length() && (text.charAt(i) | 0x20) == 'e') {
      int exponent = afterSign(text, i + 1);
      i = digits(text, exponent);
      return i > exponent && i == text.length();
    }
    return i == text.length();
  }

  /**
   * The value of a decimal without exponent whose digits and power of ten both fit a double
   * exactly: one division then rounds once, as it must. NaN for any other.
   */
  private static double shortDecimal(String text) {
    long mantissa = 0;
    int point = -1;
    for (int i = afterSign(text, 0); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        point = i;
      } else if (c < '0' || c > '9') {
        return Double.NaN;
      } else {
        mantissa = mantissa * 10 + (c - '0');
        if (mantissa > EXACT_MANTISSA) {
          return Double.NaN;
        }
      }
    }
    int fraction = point < 0 ? 0 : text.length() - point - 1;
    if (fraction >= POWERS.length) {
      return Double.NaN;
    }
    double value = mantissa / POWERS[fraction];
    return text.charAt(0) == '-' ? -value : value;
  }

  private static int afterSign(String text, int i) {
    return i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+') ? i + 1 : i;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
