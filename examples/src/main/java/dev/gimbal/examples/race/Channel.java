package dev.gimbal.examples.race;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel with room for one value, after Go's: a send that finds no room gives up, a send on a
 * closed channel is an error of the sender. It is sound in itself; the race is in how it is used.
 */
final class Channel {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<Long> slot = new ArrayDeque<>(1);

  @GuardedBy("lock")
  private boolean closed;

  /** Whether there was room. */
  boolean trySend(long value) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("send on closed channel");
      }
      if (!slot.isEmpty()) {
        return false;
      }
      slot.add(value);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The value; empty when none came in time. */
  OptionalLong receive(Duration timeout) throws InterruptedException, Contestant.StoppedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (slot.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!slot.isEmpty()) {
        return OptionalLong.of(slot.remove());
      }
      if (closed) {
        throw new Contestant.StoppedException();
      }
      return OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
