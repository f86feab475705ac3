package dev.gimbal.experiments;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration whose numbers change, are read and are watched: Gimbal, or the twin. The
 * experiments do the same to both. Used by many threads.
 */
interface Subject extends AutoCloseable {

  /** What {@link #get} answers for a key that is not there. */
  long ABSENT = Long.MIN_VALUE;

  /**
   * Adds a source above those that are there.
   *
   * @return its number, from 0
   */
  int load(Map<String, Long> values);

  /**
   * Changes a key of a source.
   *
   * @return false when nobody is left to publish it
   */
  boolean put(int source, String key, long value);

  long get(String key);

  Watch watch(String key);

  /** Waits until everything changed so far has gone as far as it ever will. */
  void settle() throws InterruptedException;

  /** Watchers that are still registered. */
  int watchersLeft();

  @Override
  void close();

  /** Closes it, and ends what that leaves behind, so that other tests do not meet it. */
  default void abandon() {
    close();
  }

  /** A value that a watcher returned. */
  record Seen(long version, long value) {}

  /** One watcher. */
  interface Watch {

    /**
     * The next value; empty when none came in time.
     *
     * @throws StoppedException when it is stopped
     */
    Optional<Seen> next(Duration timeout) throws InterruptedException, StoppedException;

    void stop();
  }

  /** The watcher is stopped. */
  final class StoppedException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
