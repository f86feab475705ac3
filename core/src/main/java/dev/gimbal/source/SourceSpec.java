package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.text.Nearest;
import dev.gimbal.tree.Scalar;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A source's URI, taken apart: {@code scheme:location?key=value&key=value}. The location is literal
 * up to the last {@code ?}; option values are percent-decoded.
 *
 * @param text the whole, for messages
 * @param scheme in lower case, without the colon; empty for a plain path
 * @param location between the scheme and the options
 * @param options in the order they were written
 * @since 0.1.0
 */
public record SourceSpec(String text, String scheme, String location, Map<String, String> options) {

  /** The longest duration that is one; the nanoseconds of longer ones may not fit. */
  static final Duration LONGEST = Duration.ofDays(365);

  public SourceSpec {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * Takes a URI apart. Text before a colon that looks like a scheme is one, whether it is known or
   * not.
   *
   * @throws ConfigException GIM-014 when an option is not {@code key=value} or stands twice
   */
  public static SourceSpec parse(String text) {
    String scheme = schemeOf(text);
    return scheme.isEmpty()
        ? plain(text)
        : split(text, scheme, text.substring(scheme.length() + 1));
  }

  /** A plain path with options, whatever colons it holds. */
  static SourceSpec plain(String text) {
    return split(text, "", text);
  }

  private static SourceSpec split(String text, String scheme, String rest) {
    int question = rest.lastIndexOf('?');
    if (question < 0) {
      return new SourceSpec(text, scheme, rest, Map.of());
    }
    SourceSpec bare = new SourceSpec(text, scheme, rest.substring(0, question), Map.of());
    Map<String, String> options = new LinkedHashMap<>();
    String query = rest.substring(question + 1);
    for (int from = 0; from < query.length(); ) {
      int and = query.indexOf('&', from);
      int end = and < 0 ? query.length() : and;
      bare.addOption(options, query.substring(from, end));
      from = end + 1;
    }
    return bare.withOptions(options);
  }

  private void addOption(Map<String, String> options, String option) {
    int equals = option.indexOf('=');
    if (equals < 1) {
      boolean secret = text.indexOf('@', text.indexOf('?')) >= 0 || lastIsSecret(options);
      String found = secret ? SecretKeys.MASK : '"' + option + '"';
      throw wrong(
          "option " + found + " (expected: key=value)",
          Problem.Details.of(found, "key=value", null));
    }
    String key = option.substring(0, equals);
    String value = decode(key, option.substring(equals + 1));
    if (options.put(key, value) != null) {
      throw wrong("option " + key + " stands twice");
    }
  }

  /** Whether what stands behind the options, without a key, may belong to a secret. */
  private static boolean lastIsSecret(Map<String, String> options) {
    String last = "";
    for (String key : options.keySet()) {
      last = key;
    }
    return ShownSpec.isSecret(last);
  }

  private String decode(String key, String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '%') {
        int next = value.offsetByCodePoints(i, 1);
        bytes.writeBytes(value.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next - 1;
        continue;
      }
      int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw missing(
            "option " + key + ": % without two hexadecimal digits behind it",
            "two hexadecimal digits behind each %");
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The text before the first colon if it looks like a scheme, in lower case, else empty. */
  static String schemeOf(String text) {
    int colon = text.indexOf(':');
    for (int i = 0; i < colon; i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      if (!letter && !(other && i > 0)) {
        return "";
      }
    }
    return colon < 1 ? "" : text.substring(0, colon);
  }

  SourceSpec withOptions(Map<String, String> newOptions) {
    return new SourceSpec(text, scheme, location, newOptions);
  }

  /**
   * Refuses options that nobody reads.
   *
   * @throws ConfigException GIM-014 naming the unknown option, the known ones, and the one that may
   *     be meant
   */
  public void requireOptions(List<String> known) {
    for (String key : options.keySet()) {
      if (!known.contains(key)) {
        throw unknown("unknown option " + key, key, known, Nearest.ofWord(key, known));
      }
    }
  }

  /** The option's value, or null where it is not given. */
  public @Nullable String option(String key) {
    return options.get(key);
  }

  /**
   * Which of several words an option is, or null where it is not given.
   *
   * @throws ConfigException GIM-014 when it is another one
   */
  public @Nullable String word(String key, String... words) {
    String value = options.get(key);
    if (value == null || Set.of(words).contains(value)) {
      return value;
    }
    String meant = Nearest.ofWord(value, List.of(words));
    throw unexpected(key, value, String.join(" or ", words), meant);
  }

  /**
   * An option's duration, such as {@code 500ms}, {@code 2s}, {@code 1m}, {@code 1h} or {@code
   * PT2S}, or null where it is not given.
   *
   * @throws ConfigException GIM-014 when it is none, negative, or longer than 365 days
   */
  public @Nullable Duration duration(String key) {
    String value = options.get(key);
    if (value == null) {
      return null;
    }
    try {
      Duration duration = parseDuration(value);
      if (duration.compareTo(LONGEST) > 0) {
        throw unexpected(key, value, "<= 365 days", null);
      }
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      // not a duration: said below
    }
    throw unexpected(key, value, "a duration such as 500ms, 2s, 1m or PT2S", null);
  }

  /**
   * An option's duration, as {@link #duration} reads it, or null where it is not given.
   *
   * @throws ConfigException GIM-014 when it is none, or not more than 0
   */
  public @Nullable Duration positive(String key) {
    Duration duration = duration(key);
    if (duration != null && duration.isZero()) {
      throw unexpected(key, String.valueOf(options.get(key)), "> 0", null);
    }
    return duration;
  }

  /**
   * Refuses a duration that no option could have.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException unless it is more than 0, and at most 365 days
   */
  public static void requirePositive(String what, Duration duration) {
    if (duration.compareTo(Duration.ZERO) <= 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " " + duration + " (expected: > 0 and at most 365 days)");
    }
  }

  /**
   * An option's path in the file system, or null where it is not given.
   *
   * @throws ConfigException GIM-014 when it is none
   */
  public @Nullable Path path(String key) {
    String value = options.get(key);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw missing(key + ": not a path: " + e.getReason(), "a path");
    }
  }

  private static Duration parseDuration(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    String number = text.isEmpty() ? text : text.substring(0, text.length() - 1);
    return switch (text.isEmpty() || text.startsWith("P") ? 'P' : text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(Long.parseLong(number));
      case 'm' -> Duration.ofMinutes(Long.parseLong(number));
      case 'h' -> Duration.ofHours(Long.parseLong(number));
      default -> Duration.parse(text);
    };
  }

  /**
   * An option's whole number from 1, or null where it is not given.
   *
   * @throws ConfigException GIM-014 when it is none, or larger than {@code max}
   */
  public @Nullable Long count(String key, long max) {
    String value = options.get(key);
    if (value == null) {
      return null;
    }
    try {
      long count = Long.parseLong(value);
      if (count >= 1 && count <= max) {
        return count;
      }
    } catch (NumberFormatException e) {
      // not a number: said below
    }
    throw unexpected(key, value, "an integer from 1 to " + max, null);
  }

  /**
   * What the options {@code placeholders}, {@code dottedKeys}, {@code document}, {@code maxBytes},
   * {@code maxDepth} and {@code maxNodes} say of how a document is read.
   *
   * @param most the placeholders that it may use at most
   * @throws ConfigException GIM-014 when one has a wrong value
   */
  public UnaryOperator<ReadOptions> reading(Scalar.Template most) {
    return BuiltInSources.reading(this, most);
  }

  /** An error about this URI. It shows neither who logs in with it nor options that are secret. */
  public ConfigException wrong(String message) {
    return wrong(message, Problem.Details.NONE);
  }

  /** Something that is none of what is known. */
  ConfigException unknown(
      String message, String found, List<String> known, @Nullable String meant) {
    String list = String.join(", ", known);
    return wrong(
        message + " (known: " + list + ")" + hint(meant),
        Problem.Details.of('"' + found + '"', "one of " + list, meant));
  }

  /**
   * An error about an option's value that is none of what it may be.
   *
   * @param meant what may be meant, or null
   */
  public ConfigException unexpected(
      String key, String value, String expected, @Nullable String meant) {
    if (ShownSpec.isSecret(key)) {
      String message = key + "=" + SecretKeys.MASK + " (expected: " + expected + ")";
      return wrong(message, Problem.Details.of(SecretKeys.MASK, expected, null));
    }
    return wrong(
        key + "=" + value + " (expected: " + expected + ")" + hint(meant),
        Problem.Details.of('"' + value + '"', expected, meant));
  }

  private static String hint(@Nullable String meant) {
    return meant == null ? "" : "; did you mean " + meant + "?";
  }

  /** An error: nothing, or nothing that can be used, where something is expected. */
  public ConfigException missing(String message, String expected) {
    return wrong(message, Problem.Details.of(null, expected, null));
  }

  private ConfigException wrong(String message, Problem.Details details) {
    String text = "source \"" + this + "\": " + message;
    return new ConfigException(Problem.of(ErrorCode.SOURCE_SPEC, text).withDetails(details));
  }

  /** The location, with its scheme where it is none of files, without its user and its query. */
  String name() {
    if (scheme.isEmpty() || scheme.equals("file") || scheme.equals("dir")) {
      return location;
    }
    String bare = location.replaceFirst("[?#].*", "");
    int at = bare.lastIndexOf('@');
    String slashes = at >= 0 && bare.startsWith("//") ? "//" : "";
    return scheme + ':' + slashes + bare.substring(at + 1);
  }

  /** As messages show it, without its secrets. */
  @Override
  public String toString() {
    return ShownSpec.of(text);
  }
}
