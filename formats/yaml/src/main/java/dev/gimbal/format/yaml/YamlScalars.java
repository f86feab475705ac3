package dev.gimbal.format.yaml;

import dev.gimbal.ErrorCode;
import dev.gimbal.format.Limits;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Scalar;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar is, by the core schema of YAML 1.2. A number that JSON writes so keeps its text;
 * others of the schema are spelled as JSON spells them; {@code .inf} and {@code .nan} are strings.
 */
final class YamlScalars {

  /** Without the text, which may be a secret. */
  static final String LEADING_ZERO =
      "a number that begins with 0: YAML 1.2 reads it as decimal, tools for YAML 1.1 as octal or as"
          + " text; quote it, or drop the zero";

  private YamlScalars() {}

  static void emit(
      String text, boolean plain, @Nullable String tag, TreeBuilder out, int line, int column) {
    if (tag != null) {
      tagged(text, tag, out, line, column);
    } else if (!plain || mayOnlyBeString(text)) {
      out.string(text, line, column);
    } else if (isNull(text)) {
      out.nullValue(line, column);
    } else if (isBool(text)) {
      out.bool(isTrue(text), line, column);
    } else {
      String number = number(text, out, line, column);
      if (number == null) {
        out.string(text, line, column);
      } else {
        if (beginsWithZeros(text)) {
          out.warn(ErrorCode.ODD_NUMBER, line, column, LEADING_ZERO);
        }
        out.number(number, line, column);
      }
    }
  }

  /** {@code 0644}, {@code -007}: a whole number with a zero in front. */
  private static boolean beginsWithZeros(String text) {
    int first = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    return text.length() > first + 1
        && text.charAt(first) == '0'
        && digits(text, first) == text.length();
  }

  /** Whether a plain scalar of this text is a string. */
  static boolean isString(String text) {
    return mayOnlyBeString(text)
        || !isNull(text) && !isBool(text) && radix(text) == 0 && decimal(text) == null;
  }

  private static void tagged(String text, String tag, TreeBuilder out, int line, int column) {
    switch (tag) {
      case YamlTags.STR, YamlTags.NON_SPECIFIC -> {
        out.string(text, line, column);
        return;
      }
      case YamlTags.NULL -> {
        if (isNull(text)) {
          out.nullValue(line, column);
          return;
        }
      }
      case YamlTags.BOOL -> {
        if (isBool(text)) {
          out.bool(isTrue(text), line, column);
          return;
        }
      }
      default -> {
        String number = number(text, out, line, column);
        if (number != null && (tag.equals(YamlTags.FLOAT) || isInteger(number))) {
          out.number(number, line, column);
          return;
        }
      }
    }
    throw out.malformed(line, column, "the text does not fit its tag " + YamlTags.brief(tag));
  }

  private static boolean isInteger(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /** By its first character: neither null, nor a boolean, nor a number. */
  private static boolean mayOnlyBeString(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    return !(c >= '0' && c <= '9')
        && switch (c) {
          case '~', 'n', 'N', 't', 'T', 'f', 'F', '-', '+', '.' -> false;
          default -> true;
        };
  }

  /** Whether a scalar is null. */
  static boolean isNull(String text, boolean plain, @Nullable String tag) {
    return isNull(text) && (tag == null ? plain : tag.equals(YamlTags.NULL));
  }

  private static boolean isNull(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  private static boolean isBool(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "false", "False", "FALSE" -> true;
      default -> false;
    };
  }

  private static boolean isTrue(String text) {
    return text.length() == 4;
  }

  /** The number in JSON's spelling, or null. */
  private static @Nullable String number(String text, TreeBuilder out, int line, int column) {
    if (Scalar.isJsonNumber(text)) {
      return text;
    }
    int radix = radix(text);
    if (radix == 0) {
      return decimal(text);
    }
    if (text.length() > Limits.MAX_NUMBER_LENGTH) {
      throw out.tooLongNumber(text.length(), line, column);
    }
    return new BigInteger(text.substring(2), radix).toString();
  }

  /** 8 for {@code 0o17}, 16 for {@code 0x1F}, otherwise 0. */
  private static int radix(String text) {
    if (text.length() < 3 || text.charAt(0) != '0') {
      return 0;
    }
    int radix = text.charAt(1) == 'o' ? 8 : text.charAt(1) == 'x' ? 16 : 0;
    for (int i = 2; i < text.length() && radix > 0; i++) {
      char c = text.charAt(i);
      radix = c < 128 && Character.digit(c, radix) >= 0 ? radix : 0;
    }
    return radix;
  }

  /**
   * {@code [-+]? (digits ('.' digits?)? | '.' digits) ([eE] [-+]? digits)?} in JSON's spelling, or
   * null. The value is the same.
   */
  private static @Nullable String decimal(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    int whole = signed ? 1 : 0;
    int wholeEnd = digits(text, whole);
    boolean point = wholeEnd < text.length() && text.charAt(wholeEnd) == '.';
    int fraction = point ? wholeEnd + 1 : wholeEnd;
    int fractionEnd = digits(text, fraction);
    if (wholeEnd == whole && fractionEnd == fraction) {
      return null;
    }
    if (fractionEnd < text.length() && !isExponent(text, fractionEnd)) {
      return null;
    }
    while (whole < wholeEnd - 1 && text.charAt(whole) == '0') {
      whole++;
    }
    StringBuilder json = new StringBuilder(text.length() + 2);
    json.append(text.startsWith("-") ? "-" : "");
    json.append(whole == wholeEnd ? "0" : text.substring(whole, wholeEnd));
    if (point) {
      json.append('.')
          .append(fraction == fractionEnd ? "0" : text.substring(fraction, fractionEnd));
    }
    return json.append(text, fractionEnd, text.length()).toString();
  }

  private static boolean isExponent(String text, int from) {
    int i = from;
    if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
      return false;
    }
    i++;
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    return i < text.length() && digits(text, i) == text.length();
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
