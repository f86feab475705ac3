package dev.gimbal.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Tasks on the calling thread, with a clock that only the test moves. */
final class ManualTasks implements Tasks {

  private record Due(long at, long order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now;
  private long order;

  @Override
  public synchronized void execute(String name, Runnable task) {
    due.add(new Due(now, order++, task));
  }

  @Override
  public synchronized Cancellable schedule(String name, Duration delay, Runnable task) {
    Due entry = new Due(now + delay.toNanos(), order++, task);
    due.add(entry);
    return () -> remove(entry);
  }

  private synchronized void remove(Due entry) {
    due.remove(entry);
  }

  private synchronized Due next(long until) {
    if (due.isEmpty() || due.peek().at > until) {
      return null;
    }
    Due next = due.remove();
    now = Math.max(now, next.at);
    return next;
  }

  /** Runs what is due now. */
  void run() {
    advance(0);
  }

  /** Moves the clock, and runs what becomes due at its time. */
  void advance(long millis) {
    long until;
    synchronized (this) {
      until = now + millis * 1_000_000;
    }
    for (Due next = next(until); next != null; next = next(until)) {
      next.task.run();
    }
    synchronized (this) {
      now = until;
    }
  }

  synchronized int waiting() {
    return due.size();
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** The time of day: an hour after the epoch, moved by the same clock. */
  @Override
  public synchronized Instant now() {
    return Instant.ofEpochSecond(3600).plusNanos(now);
  }
}
