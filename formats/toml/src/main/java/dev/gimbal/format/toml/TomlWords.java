package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import java.time.YearMonth;

/**
 * Reads the values that stand without quotes: booleans, numbers, dates and times. Used by one
 * thread.
 */
final class TomlWords {

  private static final String MAX = "9223372036854775807";
  private static final String MIN = "9223372036854775808";

  private final TomlText text;

  TomlWords(TomlText text) {
    this.text = text;
  }

  /** The value that begins here. */
  TomlScalar read(int line, int column) {
    int begin = text.at;
    while (isPart(text.next())) {
      text.at++;
    }
    String word = text.since(begin);
    return switch (word) {
      case "true", "false" -> new TomlScalar(TomlScalar.Kind.BOOLEAN, word, line, column);
      case "inf", "+inf" -> new TomlScalar(TomlScalar.Kind.STRING, "inf", line, column);
      case "-inf" -> new TomlScalar(TomlScalar.Kind.STRING, word, line, column);
      case "nan", "+nan", "-nan" -> new TomlScalar(TomlScalar.Kind.STRING, "nan", line, column);
      default -> {
        text.at = begin;
        yield numberOrTime(word, line, column);
      }
    };
  }

  private TomlScalar numberOrTime(String word, int line, int column) {
    int begin = text.at;
    char first = text.next();
    boolean signed = first == '+' || first == '-';
    if (!signed && !isDigit(first)) {
      throw text.unexpected(begin, isPart(first) ? "a value (strings need quotes)" : "a value");
    }
    if (word.length() > 2 && word.charAt(2) == ':' && !signed) {
      time();
    } else if (word.length() > 4 && word.charAt(4) == '-' && isDigit(word.charAt(3)) && !signed) {
      dateAndTime();
    } else {
      return new TomlScalar(TomlScalar.Kind.NUMBER, number(), line, column);
    }
    requireEnd("date or time");
    return new TomlScalar(TomlScalar.Kind.STRING, text.since(begin), line, column);
  }

  private void requireEnd(String of) {
    if (isPart(text.next())) {
      throw text.unexpected(text.at, "the end of the " + of);
    }
  }

  // ---- numbers

  /** A number in JSON's spelling. */
  private String number() {
    int begin = text.at;
    int radix = radix();
    if (radix != 10) {
      text.at += 2;
      return integer(radix);
    }
    if (!text.take("-") && text.take("+")) {
      begin++;
    }
    int first = text.at;
    digits(10);
    if (text.charAt(first) == '0' && text.at > first + 1) {
      throw text.malformed(first + 1, "unexpected digit after the leading zero of a number");
    }
    if (text.take(".")) {
      digits(10);
    }
    if (text.take("e") || text.take("E")) {
      if (!text.take("-")) {
        text.take("+");
      }
      digits(10);
    }
    requireEnd("number");
    String json = text.since(begin).replace("_", "");
    if (isTooLarge(json)) {
      throw tooLarge(begin);
    }
    return json;
  }

  /** Whether a number as JSON writes it is an integer of more than 64 bits. */
  static boolean isTooLarge(String json) {
    boolean negative = json.startsWith("-");
    String digits = negative ? json.substring(1) : json;
    String most = negative ? MIN : MAX;
    return digits.length() >= most.length()
        && digits.chars().allMatch(c -> isDigit((char) c))
        && (digits.length() > most.length() || digits.compareTo(most) > 0);
  }

  private ConfigException tooLarge(int begin) {
    return text.malformed(begin, "the integer is out of range, expected one of 64 bits");
  }

  private int radix() {
    if (text.next() != '0') {
      return 10;
    }
    return switch (text.charAt(text.at + 1)) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  private String integer(int radix) {
    int begin = text.at;
    digits(radix);
    requireEnd("number");
    long value = 0;
    for (int i = begin; i < text.at; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        continue; // an underscore
      }
      if (value > (Long.MAX_VALUE - digit) / radix) {
        throw tooLarge(begin - 2);
      }
      value = value * radix + digit;
    }
    return Long.toString(value);
  }

  /** Digits, with single underscores between them. */
  private void digits(int radix) {
    do {
      int begin = text.at;
      while (isPart(text.next()) && Character.digit(text.next(), radix) >= 0) {
        text.at++;
      }
      if (text.at == begin) {
        throw text.unexpected(begin, "a digit of a number");
      }
    } while (text.take("_"));
  }

  // ---- dates and times

  private void dateAndTime() {
    int year = field("year", 4, 0, 9999);
    separator('-', "date");
    int month = field("month", 2, 1, 12);
    separator('-', "date");
    field("day", 2, 1, YearMonth.of(year, month).lengthOfMonth());
    boolean hasTime = text.next() == ' ' && isDigit(text.charAt(text.at + 1));
    if (hasTime || text.next() == 'T' || text.next() == 't') {
      text.at++;
      time();
      offset();
    }
  }

  private void time() {
    field("hour", 2, 0, 23);
    separator(':', "time");
    field("minute", 2, 0, 59);
    if (!text.take(":")) {
      return;
    }
    field("second", 2, 0, 60); // a leap second
    if (text.take(".")) {
      int begin = text.at;
      while (isDigit(text.next())) {
        text.at++;
      }
      if (text.at == begin) {
        throw text.unexpected(begin, "a digit of the second");
      }
    }
  }

  private void offset() {
    if (text.take("+") || text.take("-")) {
      field("hour of the offset", 2, 0, 23);
      separator(':', "offset");
      field("minute of the offset", 2, 0, 59);
    } else if (!text.take("Z")) {
      text.take("z");
    }
  }

  private void separator(char separator, String of) {
    if (text.next() != separator) {
      throw text.unexpected(text.at, "'" + separator + "' of the " + of);
    }
    text.at++;
  }

  private int field(String name, int digits, int least, int most) {
    int begin = text.at;
    int value = 0;
    for (int i = 0; i < digits; i++) {
      if (!isDigit(text.next())) {
        throw text.unexpected(text.at, digits + " digits of the " + name);
      }
      value = 10 * value + text.next() - '0';
      text.at++;
    }
    if (value < least || value > most) {
      throw text.malformed(
          begin, String.format("the %s is out of range, expected %02d to %02d", name, least, most));
    }
    return value;
  }

  /** Whether a character may be part of such a value. */
  private static boolean isPart(char c) {
    return TomlReader.isBare(c) || c == '+' || c == '.' || c == ':';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
