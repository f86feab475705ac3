package dev.gimbal.format.hocon;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as HOCON has them: those of JSON, and {@code 007}, {@code 1.}, {@code -.5}. */
final class HoconNumbers {

  private static final Pattern NUMBER =
      Pattern.compile("(-?+)0*+(\\d*+)(?:\\.(\\d*+))?+((?:[eE][-+]?+\\d++)?+)");

  private HoconNumbers() {}

  /** Whether a text is a number: at least one digit, perhaps a point, perhaps an exponent. */
  static boolean isNumber(String text) {
    int digit = text.startsWith("-") ? 1 : 0;
    digit += text.startsWith(".", digit) ? 1 : 0;
    return digit < text.length()
        && Character.isDigit(text.charAt(digit))
        && NUMBER.matcher(text).matches();
  }

  /** A number in JSON's spelling. */
  static String json(String number) {
    Matcher parts = NUMBER.matcher(number);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no number");
    }
    String whole = parts.group(2).isEmpty() ? "0" : parts.group(2);
    String fraction = parts.group(3);
    String point = fraction == null ? "" : fraction.isEmpty() ? ".0" : "." + fraction;
    return parts.group(1) + whole + point + parts.group(4);
  }
}
