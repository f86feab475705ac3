package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Waiting for what comes by itself. */
final class Awaiting {

  /** A safety net, and no expectation. */
  static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private Awaiting() {}

  static void value(Config config, String path, String expected) throws Exception {
    equal(expected, () -> config.get(path).asString("none"));
  }

  /** Waits until it is so; returns after how many milliseconds it was. */
  static <T> long equal(T expected, Callable<T> found) throws Exception {
    long begin = System.nanoTime();
    while (!Objects.equals(expected, found.call())) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        assertEquals(expected, found.call());
      }
      Thread.sleep(5); // what is waited for comes from another process
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
