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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types that are read from the text of a scalar. None looks anything up outside of the JDK's
 * own tables: no host, no file, no class. They are cases and not functions, because each function
 * is a class that the JVM makes at every start.
 */
enum TextType implements Conversion {
  CHARACTER("exactly one character", char.class, Character.class),
  CHARACTERS("a text", Integer.MAX_VALUE, char[].class),
  BYTES("bytes in base64, without line breaks", Integer.MAX_VALUE, byte[].class),
  PATTERN("a regular expression of at most 4000 characters", 4_000, Pattern.class),
  ID("a UUID of 36 characters, such as 123e4567-e89b-12d3-a456-426614174000", UUID.class),
  PERIOD("a period such as 1y6m, 2w, 10d or P1Y6M", Period.class),
  INSTANT("an instant such as 2030-01-31T12:00:00Z", Instant.class),
  LOCAL_DATE("a date such as 2030-01-31", LocalDate.class),
  LOCAL_TIME("a time such as 12:00 or 12:00:00.5", LocalTime.class),
  LOCAL_DATE_TIME("a date and time such as 2030-01-31T12:00", LocalDateTime.class),
  OFFSET_DATE_TIME("a date, time and offset such as 2030-01-31T12:00+01:00", OffsetDateTime.class),
  OFFSET_TIME("a time and offset such as 12:00+01:00", OffsetTime.class),
  ZONED_DATE_TIME(
      "a date, time and zone such as 2030-01-31T12:00+01:00[Europe/Paris]", ZonedDateTime.class),
  YEAR("a year from " + Year.MIN_VALUE + " to " + Year.MAX_VALUE, Year.class),
  YEAR_MONTH("a year and month such as 2030-01", YearMonth.class),
  MONTH_DAY("a month and day such as --01-31", MonthDay.class),
  ZONE_ID("a time zone such as Europe/Paris, +01:00 or Z", ZoneId.class),
  ZONE_OFFSET("an offset such as +01:00 or Z", ZoneOffset.class),
  CHARSET("a character set such as UTF-8", Charset.class),
  LOCALE("a language tag such as en or pt-BR", Locale.class),
  CURRENCY("a currency of ISO 4217 such as EUR", Currency.class),
  PATH("a path of a file", Integer.MAX_VALUE, Path.class),
  FILE("a path of a file", Integer.MAX_VALUE, File.class),
  URI_TYPE("a URI such as https://example.org/a", Integer.MAX_VALUE, URI.class),
  URL_TYPE("a URL such as https://example.org/a", Integer.MAX_VALUE, URL.class),
  ADDRESS(Addresses.EXPECTED, InetAddress.class),
  SOCKET_ADDRESS(Addresses.WITH_PORT, InetSocketAddress.class),
  DATA_SIZE("a whole number of bytes, such as 64KiB, 1.5MB or 10", DataSize.class);

  /** Longer texts are none of these, so that no parser of the JDK has long to do. */
  private static final int MAX_CHARS = 1_000;

  private static final int UUID_CHARS = 36;

  private final String expected;
  private final int maxChars;

  /** A class, or a primitive type and its box. */
  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Class<?>> types;

  TextType(String expected, int maxChars, Class<?> type) {
    this.expected = expected;
    this.maxChars = maxChars;
    this.types = List.of(type);
  }

  TextType(String expected, Class<?>... types) {
    this.expected = expected;
    this.maxChars = MAX_CHARS;
    this.types = List.of(types);
  }

  /** Adds the conversions of all, by type. */
  static void addTo(Map<Class<?>, Conversion> all) {
    for (TextType each : values()) {
      for (Class<?> type : each.types) {
        all.put(type, each);
      }
    }
  }

  @Override
  public Object convert(Node node) throws ConversionException {
    Scalar scalar = Conversions.scalar(node);
    if (this == DATA_SIZE) {
      return dataSize(node, scalar);
    }
    Object value = scalar == null ? null : read(scalar.text());
    if (value == null) {
      throw Conversions.wrong(node, expected, text -> read(text) != null);
    }
    return value;
  }

  private static Object dataSize(Node node, @Nullable Scalar scalar) throws ConversionException {
    if (scalar != null && scalar.text().length() <= MAX_CHARS) {
      try {
        return DataSize.parse(scalar.text());
      } catch (IllegalArgumentException malformed) {
        throw Conversions.wrong(node, DATA_SIZE.expected, TextType::isDataSize);
      } catch (ArithmeticException tooLarge) {
        throw Failures.wrong(node, "a data size of at most " + Long.MAX_VALUE + " bytes");
      }
    }
    throw Failures.wrong(node, DATA_SIZE.expected);
  }

  private static boolean isDataSize(String text) {
    try {
      return DataSize.parse(text).bytes() >= 0;
    } catch (IllegalArgumentException | ArithmeticException none) {
      return false;
    }
  }

  private @Nullable Object read(String text) {
    if (text.length() > maxChars) {
      return null;
    }
    try {
      return parse(text);
    } catch (DateTimeException
        | IllegalArgumentException
        | URISyntaxException
        | MalformedURLException
        | StackOverflowError malformed) { // the last is a pattern's, of many brackets
      return null;
    }
  }

  /** The value, or null where the text says none; may throw what parsers of the JDK throw. */
  private @Nullable Object parse(String text) throws URISyntaxException, MalformedURLException {
    return switch (this) {
      case CHARACTER -> text.length() == 1 ? text.charAt(0) : null;
      case CHARACTERS -> text.toCharArray();
      case BYTES -> Base64.getDecoder().decode(text);
      case PATTERN -> Pattern.compile(text);
      case ID -> uuid(text);
      case PERIOD -> period(text);
      case INSTANT -> Instant.parse(text);
      case LOCAL_DATE -> LocalDate.parse(text);
      case LOCAL_TIME -> LocalTime.parse(text);
      case LOCAL_DATE_TIME -> LocalDateTime.parse(withT(text));
      case OFFSET_DATE_TIME -> OffsetDateTime.parse(withT(text));
      case OFFSET_TIME -> OffsetTime.parse(text);
      case ZONED_DATE_TIME -> ZonedDateTime.parse(withT(text));
      case YEAR -> year(text);
      case YEAR_MONTH -> YearMonth.parse(text);
      case MONTH_DAY -> MonthDay.parse(text);
      case ZONE_ID -> ZoneId.of(text);
      case ZONE_OFFSET -> ZoneOffset.of(text);
      case CHARSET -> Charset.forName(text);
      case LOCALE -> locale(text);
      case CURRENCY -> Currency.getInstance(text);
      case PATH -> text.isEmpty() ? null : Path.of(text);
      case FILE -> text.isEmpty() ? null : Path.of(text).toFile();
      case URI_TYPE -> text.isEmpty() ? null : new URI(text);
      case URL_TYPE -> text.isEmpty() ? null : new URI(text).toURL();
      case ADDRESS -> Addresses.parse(text);
      case SOCKET_ADDRESS -> Addresses.withPort(text);
      case DATA_SIZE -> DataSize.parse(text);
    };
  }

  private static @Nullable Year year(String text) {
    return Numbers.isWithin(text, Year.MIN_VALUE, Year.MAX_VALUE)
        ? Year.of(Integer.parseInt(text))
        : null;
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

  private static @Nullable Locale locale(String text) {
    try {
      return text.isEmpty() ? null : new Locale.Builder().setLanguageTag(text).build();
    } catch (IllformedLocaleException malformed) {
      return null;
    }
  }
}
