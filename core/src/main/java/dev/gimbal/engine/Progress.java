package dev.gimbal.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for something that others change: a version, a delivery, the end of a callback.
 * Who changes writes first and then calls {@link #changed}; who waits counts itself first and then
 * looks. So each change is seen or signalled. Nothing is called with the lock held but the
 * condition, which only reads.
 */
final class Progress {

  /** As good as for ever. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();

  /** Threads that wait. Raised before they look; read by who changed something. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Wakes who waits. Takes no lock while nobody does. */
  void changed() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        change.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether the condition came true within the time. */
  boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    long left = nanos(timeout);
    lock.lockInterruptibly();
    try {
      waiting.incrementAndGet();
      boolean came = condition.getAsBoolean();
      while (!came && left > 0) {
        left = change.awaitNanos(left);
        came = condition.getAsBoolean();
      }
      return came;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** The same; an interrupt does not end the waiting and stays set. */
  boolean awaitUninterruptibly(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + nanos(timeout);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return await(condition, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether something ended within the time. An interrupt does not end the waiting, stays set. */
  static boolean ended(CompletableFuture<?> end, Duration timeout) {
    long deadline = System.nanoTime() + nanos(timeout);
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        over = true;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (TimeoutException | ExecutionException e) {
        over = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return end.isDone();
  }

  /** The duration in nanoseconds, from 0 to 100 years: added to a clock it does not overflow. */
  static long nanos(Duration duration) {
    return duration.isNegative() ? 0 : atMost(duration).toNanos();
  }

  /** The duration, or 100 years if it is longer. */
  static Duration atMost(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
  }
}
