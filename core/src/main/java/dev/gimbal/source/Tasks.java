package dev.gimbal.source;

import java.time.Duration;
import java.time.Instant;

/**
 * Threads, timers and the clock of a Config. The engine and all sources use no others, so that a
 * test can run the same code on one thread with a clock of its own.
 *
 * @since 0.1.0
 */
public interface Tasks {

  /** Runs a task that may block, soon, on a thread that carries {@code name}. */
  void execute(String name, Runnable task);

  /** Runs a task like {@link #execute} after a delay. */
  Cancellable schedule(String name, Duration delay, Runnable task);

  /** Nanoseconds of a clock that only rises. */
  long nanoTime();

  /** The time of day, for status. */
  Instant now();

  /** A task that has not begun. */
  @FunctionalInterface
  interface Cancellable {
    /** Prevents the task if it has not begun. Idempotent. */
    void cancel();
  }
}
