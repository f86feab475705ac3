package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a server makes happen, which no clock of ours moves. */
final class Await {

  /** Long enough for a loaded machine; nothing is asserted about time. */
  private static final long SAFETY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Await() {}

  static void that(Supplier<String> what, BooleanSupplier condition) throws InterruptedException {
    assertTrue(within(SAFETY_NANOS, condition), what);
  }

  /** Whether it came true in time. */
  static boolean within(long nanos, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(2);
    }
    return true;
  }

  static void map(Config config, Map<String, ?> expected) throws InterruptedException {
    that(
        () ->
            "expected " + expected + ", not " + config.asMap() + "; " + config.status() + threads(),
        () -> expected.equals(config.asMap()));
  }

  /** What the threads of the source do. */
  private static String threads() {
    StringBuilder all = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              if (thread.getName().contains("db") || thread.getName().contains("gimbal")) {
                all.append('\n').append(thread);
                for (StackTraceElement frame : frames) {
                  all.append("\n  ").append(frame);
                }
              }
            });
    return all.toString();
  }

  static void state(Config config, SourceStatus.State expected) throws InterruptedException {
    that(
        () -> "expected " + expected + ", not " + config.status(),
        () -> config.status().source("db").state() == expected);
  }
}
