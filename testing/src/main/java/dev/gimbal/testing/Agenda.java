package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The tasks that have not begun, the clock they wait for, and who is inside one. */
final class Agenda {

  private record Entry(String name, long at, long order, Runnable task) {}

  /** A task that has begun, and the thread that was inside another one around it. */
  record Turn(Runnable task, @Nullable Thread outer) {}

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Comparator<Entry> BY_TIME =
      Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order);

  private final @Nullable SplittableRandom random;

  /** What has not begun, by time and then in the order it came. */
  @GuardedBy("this")
  private final List<Entry> entries = new ArrayList<>();

  @GuardedBy("this")
  private long nanos;

  @GuardedBy("this")
  private long count;

  /** The thread that is inside a task. */
  @GuardedBy("this")
  private @Nullable Thread runner;

  /** With a random, any of those that are due may be next. */
  Agenda(@Nullable SplittableRandom random) {
    this.random = random;
  }

  synchronized Cancellable add(String name, Duration delay, Runnable task) {
    Entry entry = new Entry(name, nanos + nanosOf(delay), count++, task);
    int at = entries.size();
    while (at > 0 && BY_TIME.compare(entries.get(at - 1), entry) > 0) {
      at--;
    }
    entries.add(at, entry);
    return () -> cancel(entry);
  }

  /** At least 0, and at most a hundred years, so that times do not overflow. */
  static long nanosOf(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    return delay.compareTo(LONGEST) < 0 ? delay.toNanos() : LONGEST.toNanos();
  }

  private synchronized void cancel(Entry entry) {
    entries.remove(entry);
  }

  /**
   * Takes the next task that is due; null if there is none.
   *
   * @throws IllegalStateException when another thread is inside a task
   */
  synchronized @Nullable Turn begin() {
    Thread outer = runner;
    if (outer != null && outer != Thread.currentThread()) {
      throw new IllegalStateException("the thread " + outer.getName() + " is inside a task");
    }
    int due = 0;
    while (due < entries.size() && entries.get(due).at <= nanos) {
      due++;
    }
    if (due == 0) {
      return null;
    }
    runner = Thread.currentThread();
    return new Turn(entries.remove(random == null ? 0 : random.nextInt(due)).task, outer);
  }

  synchronized void end(Turn turn) {
    runner = turn.outer;
  }

  synchronized boolean isInside() {
    return runner == Thread.currentThread();
  }

  /** Moves the clock to the next timer, or to the end if there is none before it. */
  synchronized boolean moveToNext(long until) {
    boolean timer = !entries.isEmpty() && entries.get(0).at <= until;
    nanos = Math.max(nanos, timer ? entries.get(0).at : until);
    return timer;
  }

  /** The names of the tasks: those that are due, then timers by their time. */
  synchronized List<String> waiting() {
    return entries.stream().map(Entry::name).toList();
  }

  synchronized long nanoTime() {
    return nanos;
  }
}
