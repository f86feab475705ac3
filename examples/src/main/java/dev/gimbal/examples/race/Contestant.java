package dev.gimbal.examples.race;

import java.time.Duration;
import java.util.OptionalLong;

/** Configuration that changes and is watched; what the churn is done to. Used by many threads. */
interface Contestant extends AutoCloseable {

  /**
   * Changes the watched value.
   *
   * @return false when nobody is left to publish it
   */
  boolean change(long value);

  /** Waits until everything changed so far was handed to the watchers, or will never be. */
  void settle() throws InterruptedException;

  Watch watch();

  /** Watchers that are still registered. */
  int watchersLeft();

  @Override
  void close();

  /** One watcher. */
  interface Watch {

    /**
     * The next value; empty when none came in time.
     *
     * @throws StoppedException when it is stopped
     */
    OptionalLong next(Duration timeout) throws InterruptedException, StoppedException;

    void stop();
  }

  /** The watcher is stopped. */
  final class StoppedException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
