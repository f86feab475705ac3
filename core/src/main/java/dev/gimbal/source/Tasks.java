package dev.gimbal.source;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Threads, timers, the clock and the randomness of a Config. Sources use no others and the engine
 * makes no others, but for waiting until a caller's timeout and for closing from inside a callback;
 * so a test can run the same code on one thread with a clock of its own.
 *
 * @since 0.1.0
 */
public interface Tasks {

  /**
   * The name of the task that applies changes where user code checks them. Who has handed a change
   * over may wait for it.
   */
  String LANE = "lane";

  /** The name of the task that runs user code that checks a change. {@link #LANE} waits for it. */
  String CHECK = "check";

  /**
   * Runs a task that may block, soon, on a thread that carries {@code name}. It may throw when it
   * cannot; what it has taken over it must run. Tasks may wait for each other, so that a bounded
   * number of threads will not do; where there is one thread, {@link #LANE} and {@link #CHECK} must
   * run inside this call.
   */
  void execute(String name, Runnable task);

  /**
   * Runs a task like {@link #execute} after a delay, or throws. Where a timer is refused the log
   * says so: a listener that is to be called again is called with the next change, the watchdog is
   * set by the next subscription, and a source stays as it is until its next sign or reload.
   */
  Cancellable schedule(String name, Duration delay, Runnable task);

  /** Nanoseconds of a clock that only rises. */
  long nanoTime();

  /** The time of day, for status. */
  Instant now();

  /**
   * A number from 0 to below 1 that spreads retries, and chooses what is kept of reads; tests say
   * which. Readers call it too: it must neither block nor throw.
   */
  default double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** A task that has not begun. */
  @FunctionalInterface
  interface Cancellable {
    /** Prevents the task if it has not begun. Idempotent. */
    void cancel();
  }
}
