package dev.gimbal.experiments;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel after Go's: a send that finds no room gives up, a send on a closed channel is an error
 * of the sender. It is sound in itself; what is wrong is how the twin uses it.
 */
final class TwinChannel<T> {

  private final int room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<T> values = new ArrayDeque<>();

  @GuardedBy("lock")
  private int receivers;

  @GuardedBy("lock")
  private boolean closed;

  TwinChannel(int room) {
    this.room = room;
  }

  /** Whether there was room. */
  boolean trySend(T value) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("send on closed channel");
      }
      if (values.size() == room) {
        return false;
      }
      values.add(value);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The value; empty when none came in time. */
  Optional<T> receive(Duration timeout) throws InterruptedException, Subject.StoppedException {
    lock.lockInterruptibly();
    receivers++;
    try {
      long left = timeout.toNanos();
      while (values.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!values.isEmpty()) {
        return Optional.of(values.remove());
      }
      if (closed) {
        throw new Subject.StoppedException();
      }
      return Optional.empty();
    } finally {
      receivers--;
      lock.unlock();
    }
  }

  /** Whether somebody waits here and there is nothing to take. */
  boolean isIdle() {
    lock.lock();
    try {
      return values.isEmpty() && receivers > 0;
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
