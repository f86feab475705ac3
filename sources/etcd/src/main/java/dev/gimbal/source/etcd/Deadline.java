package dev.gimbal.source.etcd;

import dev.gimbal.source.Tasks;
import java.time.Duration;

/**
 * A moment by which several calls together must be done.
 *
 * @param nanos of the clock
 * @param clock that only rises
 */
record Deadline(long nanos, Tasks clock) {

  static Deadline after(Duration time, Tasks clock) {
    return new Deadline(clock.nanoTime() + time.toNanos(), clock);
  }

  /** How long the next call may take: a millisecond at least, so that it says what is missing. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanos - clock.nanoTime()));
  }
}
