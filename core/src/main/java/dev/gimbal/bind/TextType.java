package dev.gimbal.bind;

import dev.gimbal.DataSize;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types that are read from the text of a scalar, a row each. No row looks anything up outside
 * of the JDK's own tables: no host, no file, no class.
 */
final class TextTypes {

  /** Longer texts are none of these, so that no parser of the JDK has long to do. */
  private static final int MAX_CHARS = 1_000;

  private static final int MAX_PATTERN = 4_000;
  private static final int ANY_LENGTH = Integer.MAX_VALUE;
  private static final int UUID_CHARS = 36;
  private static final String DATA_SIZE = "a whole number of bytes, such as 64KiB, 1.5MB or 10";

  private TextTypes() {}

  /** Reads a text. */
  @FunctionalInterface
  private interface Reader {
    /** The value, or null where the text says none; may throw what parsers of the JDK throw. */
    @Nullable Object read(String text) throws URISyntaxException, MalformedURLException;
  }

  /** What a type takes, and how it is read. */
  private record Row(String expected, int maxChars, Reader reader) {

    @Nullable Object read(String text) {
      if (text.length() > maxChars) {
        return null;
      }
      try {
        return reader.read(text);
      } catch (DateTimeException
          | IllegalArgumentException
          | URISyntaxException
          | MalformedURLException
          | StackOverflowError malformed) { // the last is a pattern's, of many brackets
        return null;
      }
    }
  }

  /** The conversions of all rows, by type. */
  static Map<Class<?>, Conversion> all() {
    Map<Class<?>, Row> rows = new LinkedHashMap<>();
    texts(rows);
    times(rows);
    names(rows);
    net(rows);
    Map<Class<?>, Conversion> all = new LinkedHashMap<>();
    rows.forEach((type, row) -> all.put(type, conversion(row)));
    all.put(DataSize.class, TextTypes::dataSize);
    return all;
  }

  private static Conversion conversion(Row row) {
    return node -> {
      Scalar scalar = Conversions.scalar(node);
      Object value = scalar == null ? null : row.read(scalar.text());
      if (value == null) {
        throw Conversions.wrong(node, row.expected(), text -> row.read(text) != null);
      }
      return value;
    };
  }

  private static Object dataSize(Node node) throws ConversionException {
    Scalar scalar = Conversions.scalar(node);
    if (scalar != null && scalar.text().length() <= MAX_CHARS) {
      try {
        return DataSize.parse(scalar.text());
      } catch (IllegalArgumentException malformed) {
        throw Conversions.wrong(node, DATA_SIZE, TextTypes::isDataSize);
      } catch (ArithmeticException tooLarge) {
        throw Failures.wrong(node, "a data size of at most " + Long.MAX_VALUE + " bytes");
      }
    }
    throw Failures.wrong(node, DATA_SIZE);
  }

  private static boolean isDataSize(String text) {
    try {
      return DataSize.parse(text).bytes() >= 0;
    } catch (IllegalArgumentException | ArithmeticException none) {
      return false;
    }
  }

  private static void row(
      Map<Class<?>, Row> rows, Class<?> type, String expected, int maxChars, Reader reader) {
    rows.put(type, new Row(expected, maxChars, reader));
  }

  private static void row(Map<Class<?>, Row> rows, Class<?> type, String expected, Reader reader) {
    row(rows, type, expected, MAX_CHARS, reader);
  }

  private static void texts(Map<Class<?>, Row> rows) {
    Reader character = text -> text.length() == 1 ? text.charAt(0) : null;
    row(rows, char.class, "exactly one character", character);
    row(rows, Character.class, "exactly one character", character);
    row(rows, char[].class, "a text", ANY_LENGTH, String::toCharArray);
    row(
        rows,
        byte[].class,
        "bytes in base64, without line breaks",
        ANY_LENGTH,
        Base64.getDecoder()::decode);
    row(
        rows,
        Pattern.class,
        "a regular expression of at most " + MAX_PATTERN + " characters",
        MAX_PATTERN,
        Pattern::compile);
    row(
        rows,
        UUID.class,
        "a UUID of 36 characters, such as 123e4567-e89b-12d3-a456-426614174000",
        TextTypes::uuid);
  }

  private static void times(Map<Class<?>, Row> rows) {
    row(rows, Period.class, "a period such as 1y6m, 2w, 10d or P1Y6M", TextTypes::period);
    row(rows, Instant.class, "an instant such as 2030-01-31T12:00:00Z", Instant::parse);
    row(rows, LocalDate.class, "a date such as 2030-01-31", LocalDate::parse);
    row(rows, LocalTime.class, "a time such as 12:00 or 12:00:00.5", LocalTime::parse);
    row(
        rows,
        LocalDateTime.class,
        "a date and time such as 2030-01-31T12:00",
        text -> LocalDateTime.parse(withT(text)));
    row(
        rows,
        OffsetDateTime.class,
        "a date, time and offset such as 2030-01-31T12:00+01:00",
        text -> OffsetDateTime.parse(withT(text)));
    row(rows, OffsetTime.class, "a time and offset such as 12:00+01:00", OffsetTime::parse);
    row(
        rows,
        ZonedDateTime.class,
        "a date, time and zone such as 2030-01-31T12:00+01:00[Europe/Paris]",
        text -> ZonedDateTime.parse(withT(text)));
    row(
        rows,
        Year.class,
        "a year from " + Year.MIN_VALUE + " to " + Year.MAX_VALUE,
        text ->
            Numbers.isWithin(text, Year.MIN_VALUE, Year.MAX_VALUE)
                ? Year.of(Integer.parseInt(text))
                : null);
    row(rows, YearMonth.class, "a year and month such as 2030-01", YearMonth::parse);
    row(rows, MonthDay.class, "a month and day such as --01-31", MonthDay::parse);
    row(rows, ZoneId.class, "a time zone such as Europe/Paris, +01:00 or Z", ZoneId::of);
    row(rows, ZoneOffset.class, "an offset such as +01:00 or Z", ZoneOffset::of);
  }

  /** RFC 3339 and TOML allow a space in the place of the T. */
  private static String withT(String text) {
    int date = "2030-01-31".length();
    return text.length() > date && text.charAt(date) == ' '
        ? text.substring(0, date) + 'T' + text.substring(date + 1)
        : text;
  }

  /** As {@link Period#parse} takes it, or its letters alone: {@code 1y6m}. */
  private static @Nullable Period period(String text) {
    if (text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    int start = first == '-' || first == '+' ? 1 : 0;
    if (text.startsWith("P", start) || text.startsWith("p", start)) {
      return Period.parse(text);
    }
    if (text.length() == start + 1 && text.charAt(start) == '0') {
      return Period.ZERO;
    }
    for (int i = start; i < text.length(); i++) {
      if ("0123456789ymwd".indexOf(text.charAt(i)) < 0) {
        return null;
      }
    }
    return Period.parse(text.substring(0, start) + 'P' + text.substring(start));
  }

  private static @Nullable UUID uuid(String text) {
    if (text.length() != UUID_CHARS) {
      return null;
    }
    UUID uuid = UUID.fromString(text);
    return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
  }

  private static void names(Map<Class<?>, Row> rows) {
    row(rows, Charset.class, "a character set such as UTF-8", Charset::forName);
    row(rows, Locale.class, "a language tag such as en or pt-BR", TextTypes::locale);
    row(rows, Currency.class, "a currency of ISO 4217 such as EUR", Currency::getInstance);
    row(
        rows,
        Path.class,
        "a path of a file",
        ANY_LENGTH,
        text -> text.isEmpty() ? null : Path.of(text));
    row(
        rows,
        File.class,
        "a path of a file",
        ANY_LENGTH,
        text -> text.isEmpty() ? null : Path.of(text).toFile());
  }

  private static @Nullable Locale locale(String text) {
    try {
      return text.isEmpty() ? null : new Locale.Builder().setLanguageTag(text).build();
    } catch (IllformedLocaleException malformed) {
      return null;
    }
  }

  private static void net(Map<Class<?>, Row> rows) {
    row(
        rows,
        URI.class,
        "a URI such as https://example.org/a",
        ANY_LENGTH,
        text -> text.isEmpty() ? null : new URI(text));
    row(
        rows,
        URL.class,
        "a URL such as https://example.org/a",
        ANY_LENGTH,
        text -> text.isEmpty() ? null : new URI(text).toURL());
    row(rows, InetAddress.class, Addresses.EXPECTED, Addresses::parse);
    row(rows, InetSocketAddress.class, Addresses.WITH_PORT, Addresses::withPort);
  }
}
