package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a server makes happen, which no clock of ours moves. */
final class Await {

  /** Long enough for a loaded machine; nothing is asserted about time. */
  private static final Duration SAFETY = Duration.ofSeconds(60);

  private Await() {}

  static void that(Supplier<String> what, BooleanSupplier condition) throws InterruptedException {
    assertTrue(within(SAFETY, condition), what);
  }

  /** Whether it came true in time. */
  static boolean within(Duration time, BooleanSupplier condition) throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > time.toNanos()) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }

  static void map(Config config, Map<String, ?> expected) throws InterruptedException {
    that(
        () -> "expected " + expected + ", not " + config.asMap() + "; " + config.status(),
        () -> expected.equals(config.asMap()));
  }

  static SourceStatus.State state(Config config) {
    return config.status().source("db").state();
  }

  static void state(Config config, SourceStatus.State expected) throws InterruptedException {
    that(
        () -> "expected " + expected + ", not " + config.status(), () -> state(config) == expected);
  }
}
