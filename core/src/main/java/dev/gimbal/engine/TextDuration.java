package dev.gimbal.engine;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 50ms}, {@code 1m30s}. */
final class TextDuration {

  private TextDuration() {}

  static String of(Duration duration) {
    boolean millis = duration.getSeconds() == 0 && duration.getNano() % 1_000_000 == 0;
    if (millis && !duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
