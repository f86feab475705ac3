package dev.gimbal.source;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered, redirects followed: RFC 9110 (HTTP semantics) and RFC 9111 (caching).
 *
 * @param uri the address that answered at last
 */
@SuppressWarnings("ArrayRecordComponent") // answers are compared by nobody
record HttpAnswer(URI uri, int status, HttpHeaders headers, byte[] body) {

  /** The longest time that a server may ask to be left alone. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Pattern MAX_AGE =
      Pattern.compile("(?:^|,)\\s*max-age\\s*=\\s*\"?(\\d{1,10})\"?\\s*(?:,|$)");
  private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}");
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("application/json", "json"),
          Map.entry("text/json", "json"),
          Map.entry("application/yaml", "yaml"),
          Map.entry("application/x-yaml", "yaml"),
          Map.entry("text/yaml", "yaml"),
          Map.entry("text/x-yaml", "yaml"),
          Map.entry("text/vnd.yaml", "yaml"),
          Map.entry("application/toml", "toml"),
          Map.entry("application/hocon", "hocon"),
          Map.entry("application/xml", "xml"),
          Map.entry("text/xml", "xml"),
          Map.entry("application/hcl", "hcl"),
          Map.entry("text/x-java-properties", "properties"));

  private @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  @Nullable String etag() {
    return header("ETag");
  }

  @Nullable String lastModified() {
    return header("Last-Modified");
  }

  @Nullable String location() {
    return header("Location");
  }

  String encoding() {
    String encoding = header("Content-Encoding");
    return encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
  }

  /** The charset that Content-Type names, or null. */
  @Nullable String charset() {
    String type = header("Content-Type");
    Matcher charset = CHARSET.matcher(type == null ? "" : type);
    return charset.find() ? charset.group(1) : null;
  }

  /** Content-Type in lower case, without parameters; empty if there is none that is one. */
  String type() {
    String type = header("Content-Type");
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip();
    return TYPE.matcher(bare).matches() ? bare.toLowerCase(Locale.ROOT) : "";
  }

  /** Whether it is for people: a form to log in, or what a proxy says. */
  boolean isPage() {
    return type().equals("text/html") || type().equals("application/xhtml+xml");
  }

  /** The format by Content-Type, then by the extension of the address; empty for neither. */
  String format() {
    String bare = type();
    String format = FORMATS.get(bare);
    if (format != null) {
      return format;
    }
    if (bare.matches(".*\\+(json|yaml|xml)")) {
      return bare.substring(bare.lastIndexOf('+') + 1);
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** When to ask again: as {@code max-age} says, but not before the period, nor after long. */
  @Nullable Duration next(Duration period) {
    Matcher age = MAX_AGE.matcher(String.join(",", headers.allValues("Cache-Control")));
    if (!age.find()) {
      return null;
    }
    Duration next = Duration.ofSeconds(Long.parseLong(age.group(1)));
    Duration most = period.compareTo(LONGEST_WAIT) > 0 ? period : LONGEST_WAIT;
    return next.compareTo(most) > 0 ? most : next.compareTo(period) < 0 ? period : next;
  }

  /** What {@code Retry-After} says, in seconds or as a date; null where it says nothing. */
  @Nullable Duration retryAfter(Instant now) {
    String text = header("Retry-After");
    if (text == null) {
      return null;
    }
    Duration after;
    if (text.strip().matches("\\d{1,10}")) {
      after = Duration.ofSeconds(Long.parseLong(text.strip()));
    } else {
      try {
        after =
            Duration.between(
                now, ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
      } catch (DateTimeParseException e) {
        return null; // a server that says it wrongly is asked as if it said nothing
      }
    }
    return after.isNegative() ? null : after.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : after;
  }
}
