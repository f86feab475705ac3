package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.Config;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run when a test says so, on the test's own thread, with a clock that only the test
 * moves. The same calls give the same order: tasks run in the order they came, timers at their
 * time, or in an order that a seed chooses.
 *
 * <pre>{@code
 * ManualTasks tasks = new ManualTasks();
 * ControllableSource source = new ControllableSource("test").document(Map.of("port", 80));
 * try (Config config = tasks.start(Config.builder().source(source))) {
 *   config.onChange("port", listener);
 *   source.document(Map.of("port", 81)); // published; the listener has not been called
 *   tasks.runAll(); // now it is
 * }
 * }</pre>
 *
 * <p>Tasks may be handed over by any thread; one thread at a time runs them. A task must not wait
 * for another task: nobody would run it. A watcher's {@code next()} waits in real time.
 *
 * @since 0.1.0
 */
public final class ManualTasks implements Tasks {

  /** More tasks than any test has: work that makes new work for ever. */
  private static final int ENDLESS = 100_000;

  private record Entry(String name, long at, long order, Runnable task) {}

  private static final Comparator<Entry> BY_TIME =
      Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order);

  private final @Nullable SplittableRandom random;

  /** What has not begun, by time and then in the order it came. */
  @GuardedBy("this")
  private final List<Entry> waiting = new ArrayList<>();

  @GuardedBy("this")
  private long nanos;

  @GuardedBy("this")
  private long count;

  /** The thread that is inside a task. */
  @GuardedBy("this")
  private @Nullable Thread runner;

  /** Runs tasks in the order they came. */
  public ManualTasks() {
    this(null);
  }

  private ManualTasks(@Nullable SplittableRandom random) {
    this.random = random;
  }

  /** Runs tasks in an order that the seed chooses: any of those that are due may be next. */
  public static ManualTasks shuffled(long seed) {
    return new ManualTasks(new SplittableRandom(seed));
  }

  // ---- what a test does

  /**
   * Builds a Config on these tasks. The tasks that the start needs run; no others do until the test
   * says so. Calls on the Config that wait for tasks (add, remove, reload, await, close) run them
   * while they wait, so that it can stand in a try-with-resources statement.
   *
   * @throws dev.gimbal.ConfigException as {@link Config.Builder#build()} does
   */
  public Config start(Config.Builder builder) {
    return PumpedConfig.of(call(builder.tasks(this)::build), this);
  }

  /**
   * Runs the next task that is due.
   *
   * @return false if there was none
   * @throws IllegalStateException when another thread is inside a task
   */
  public boolean runNext() {
    Entry entry;
    Thread before;
    synchronized (this) {
      Thread self = Thread.currentThread();
      before = runner;
      if (before != null && before != self) {
        throw new IllegalStateException("the thread " + before.getName() + " is inside a task");
      }
      entry = takeDue();
      if (entry == null) {
        return false;
      }
      runner = self;
    }
    try {
      entry.task.run();
    } finally {
      synchronized (this) {
        runner = before;
      }
    }
    return true;
  }

  /**
   * Runs all tasks that are due, also those that come while they run. The clock stands still.
   *
   * @return how many
   * @throws AssertionError when they do not come to an end
   */
  public int runAll() {
    int ran = 0;
    while (runNext()) {
      ran++;
      if (ran == ENDLESS) {
        throw new AssertionError("still not idle after " + ran + " tasks; waiting: " + waiting());
      }
    }
    return ran;
  }

  /**
   * Moves the clock. What is due runs first; each timer runs at its time.
   *
   * @throws IllegalArgumentException when the duration is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: >= 0s)");
    }
    long until = nanoTime() + duration.toNanos();
    do {
      runAll();
    } while (moveToNext(until));
  }

  /** The names of the tasks that have not begun: those that are due, then timers by their time. */
  public synchronized List<String> waiting() {
    return waiting.stream().map(Entry::name).toList();
  }

  /**
   * Calls something that waits for tasks, on a thread of its own, and runs tasks here while it
   * waits. From inside a task it is called directly.
   */
  <T> T call(Callable<T> action) {
    return isInside() ? Call.direct(action) : new Call<>(action).await(this::runNext);
  }

  private synchronized boolean isInside() {
    return runner == Thread.currentThread();
  }

  // ---- Tasks

  @Override
  public synchronized void execute(String name, Runnable task) {
    add(new Entry(name, nanos, count++, task));
  }

  @Override
  public synchronized Cancellable schedule(String name, Duration delay, Runnable task) {
    Entry entry = new Entry(name, nanos + Math.max(0, delay.toNanos()), count++, task);
    add(entry);
    return () -> cancel(entry);
  }

  private synchronized void cancel(Entry entry) {
    waiting.remove(entry);
  }

  @GuardedBy("this")
  private void add(Entry entry) {
    int at = waiting.size();
    while (at > 0 && BY_TIME.compare(waiting.get(at - 1), entry) > 0) {
      at--;
    }
    waiting.add(at, entry);
  }

  @GuardedBy("this")
  private @Nullable Entry takeDue() {
    int due = 0;
    while (due < waiting.size() && waiting.get(due).at <= nanos) {
      due++;
    }
    if (due == 0) {
      return null;
    }
    return waiting.remove(random == null ? 0 : random.nextInt(due));
  }

  /** Moves the clock to the next timer, or to the end if there is none before it. */
  private synchronized boolean moveToNext(long until) {
    boolean timer = !waiting.isEmpty() && waiting.get(0).at <= until;
    nanos = Math.max(nanos, timer ? waiting.get(0).at : until);
    return timer;
  }

  /** Nanoseconds of the clock that {@link #advance} moves; 0 at first. */
  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  /** The time of day by the same clock; at first it is the first of January 2026, 0:00 UTC. */
  @Override
  public Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanoTime());
  }
}
