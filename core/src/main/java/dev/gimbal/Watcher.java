package dev.gimbal;

import java.time.Duration;
import java.util.Optional;

/**
 * Pull: {@link #next()} blocks until the watched value differs from what this watcher last
 * returned. A watcher that is slow skips values in between, never the last one (G2). Safe for use
 * by many threads; with several consumers each value goes to one of them.
 *
 * @since 0.1.0
 */
public interface Watcher extends AutoCloseable {

  /**
   * What {@link #next()} last returned; before that, the value this watcher starts from. After many
   * versions it is the same value of a newer one, so that no old snapshot is kept for it; unless a
   * change waits to be taken.
   */
  Value current();

  /**
   * Waits for the next value. It may be absent: then it does not {@link Value#exists()}.
   *
   * @throws WatcherStoppedException when this watcher or the Config is stopped, before or meanwhile
   * @throws InterruptedException when the thread is interrupted; nothing is lost
   */
  Value next() throws InterruptedException;

  /** Like {@link #next()}; empty when nothing changed within {@code timeout}. */
  Optional<Value> next(Duration timeout) throws InterruptedException;

  /** Ends this watcher and wakes who waits (G4). Idempotent; never waits. */
  void stop();

  /** The same as {@link #stop()}. */
  @Override
  default void close() {
    stop();
  }
}
