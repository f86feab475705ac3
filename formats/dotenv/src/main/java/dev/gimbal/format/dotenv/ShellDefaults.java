package dev.gimbal.format.dotenv;

import java.util.regex.Pattern;

/**
 * The default of a placeholder, which {@code .env} files write as the shell does: {@code
 * ${NAME:-text}} for what is {@code ${NAME:text}} elsewhere.
 */
final class ShellDefaults {

  /** A placeholder that no {@code $} escapes, up to the dash of its default. */
  private static final Pattern DASH = Pattern.compile("(?<!\\$)(\\$\\{[\\w.]++:)-");

  private ShellDefaults() {}

  /** A value as it stands in a file, with the defaults of Gimbal. */
  static String read(String text) {
    return text.contains(":-") ? DASH.matcher(text).replaceAll("$1") : text;
  }

  /** The text that {@link #read} makes the given one of. */
  static String written(String text) {
    return text.contains(":-") ? DASH.matcher(text).replaceAll("$1--") : text;
  }
}
