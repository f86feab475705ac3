package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Waiting for what comes by itself. */
final class Awaiting {

  /** A safety net, and no expectation. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Awaiting() {}

  static void value(Config config, String path, String expected) throws Exception {
    value(config, path, expected, PATIENCE);
  }

  static void value(Config config, String path, String expected, Duration patience)
      throws Exception {
    equal(expected, () -> config.get(path).asString("none"), patience);
  }

  /** Waits until it is so; returns after how many milliseconds it was. */
  static <T> long equal(T expected, Callable<T> found) throws Exception {
    return equal(expected, found, PATIENCE);
  }

  static <T> long equal(T expected, Callable<T> found, Duration patience) throws Exception {
    long begin = System.nanoTime();
    while (!Objects.equals(expected, found.call())) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        assertEquals(expected, found.call());
      }
      Thread.sleep(5); // what is waited for comes from another process
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
