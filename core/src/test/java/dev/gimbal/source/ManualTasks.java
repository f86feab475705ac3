package dev.gimbal.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/** Tasks on the calling thread, with a clock that only the test moves. */
public final class ManualTasks implements Tasks {

  private record Due(long at, long order, String name, Runnable task) {}

  private static final Comparator<Due> FIRST =
      Comparator.comparingLong(Due::at).thenComparingLong(Due::order);

  private final Predicate<String> atOnce;

  private final PriorityQueue<Due> due = new PriorityQueue<>(FIRST);
  private long now;

  /** Whether there is no thread. */
  boolean refuses;

  /** What happens when somebody asks for {@link #random()}. */
  Runnable duringRandom = () -> {};

  private long order;

  public ManualTasks() {
    this(name -> false);
  }

  /** What is executed under these names runs at once, because the caller waits for it. */
  public ManualTasks(Predicate<String> atOnce) {
    this.atOnce = atOnce;
  }

  @Override
  public void execute(String name, Runnable task) {
    if (refuses) {
      throw new RejectedExecutionException("no thread for " + name);
    }
    if (atOnce.test(name)) {
      task.run();
    } else {
      schedule(name, Duration.ZERO, task);
    }
  }

  @Override
  public synchronized Cancellable schedule(String name, Duration delay, Runnable task) {
    Due entry = new Due(now + delay.toNanos(), order++, name, task);
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
  public void run() {
    advance(0);
  }

  /** Moves the clock, and runs what becomes due at its time. */
  public void advance(long millis) {
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

  /** What waits, the first one due first. */
  public synchronized List<String> names() {
    return due.stream().sorted(FIRST).map(Due::name).toList();
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public double random() {
    duringRandom.run();
    return 0.5;
  }

  /** The time of day: an hour after the epoch, moved by the same clock. */
  @Override
  public synchronized Instant now() {
    return Instant.ofEpochSecond(3600).plusNanos(now);
  }
}
