package dev.gimbal.schedules;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tasks of one thread and one seed. Tasks and timers wait until a schedule runs them, in any order;
 * the clock moves when the schedule says so; every call of the engine is a moment at which
 * something else may happen.
 *
 * <p>Nothing that the engine waits for is left waiting, because the one thread would wait for ever:
 * opening, reloading and closing a source, the lane and its checks run inside {@link #execute}, as
 * if their thread had been faster than the caller. Tasks of other threads (a close from elsewhere)
 * run on those at once.
 *
 * <p>What waits is ordered by name and then by arrival; so the order in which the engine hands over
 * listeners, which follows their addresses, makes no difference. For the same reason a refusal is a
 * matter of the name and of how often it came, not of the moment.
 */
final class SeededTasks implements Tasks {

  /** Told what the engine does. */
  interface Moments {
    /** The engine is inside its own work, and something else may happen. */
    void yield();

    /** A task that the engine waits for has ended. */
    void ran(String name);

    /** A task is about to be refused. */
    void refused(String name);
  }

  private static final Comparator<Entry> BY_NAME =
      Comparator.comparing(Entry::name).thenComparingLong(Entry::order);

  private record Entry(String name, long at, long order, Runnable task) {}

  private final Thread owner = Thread.currentThread();
  private final long seed;
  private final int refusedOf16;
  private final SplittableRandom random;
  private final Fault fault;
  private final Moments moments;
  private final List<Entry> waiting = new ArrayList<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private long nanos;
  private long count;

  /** Hand-offs that were refused. */
  int refused;

  SeededTasks(long seed, int refusedOf16, Fault fault, Moments moments) {
    this.seed = seed;
    this.refusedOf16 = refusedOf16;
    this.random = new SplittableRandom(seed);
    this.fault = fault;
    this.moments = moments;
  }

  @Override
  public void execute(String name, Runnable task) {
    if (Thread.currentThread() != owner) {
      task.run();
      return;
    }
    boolean awaited =
        name.startsWith("open ")
            || name.startsWith("reload ")
            || name.startsWith("close ")
            || name.equals(LANE)
            || name.equals(CHECK);
    if (!name.startsWith("open ") && refuses(name)) {
      refused++;
      moments.refused(name);
      throw new RejectedExecutionException("refused by the schedule: " + name);
    }
    if (awaited) {
      task.run();
      moments.ran(name);
      return;
    }
    if (fault == Fault.A_TASK_IS_DROPPED && name.startsWith("listener") && count % 7 == 3) {
      count++;
      return;
    }
    waiting.add(new Entry(name, nanos, count++, task));
    moments.yield();
  }

  private boolean refuses(String name) {
    int times = seen.merge(name, 1, Integer::sum);
    long mixed = seed + 31L * name.hashCode() + 7919L * times;
    return new SplittableRandom(mixed).nextInt(16) < refusedOf16;
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    Entry entry = new Entry(name, nanos + delay.toNanos(), count++, task);
    waiting.add(entry);
    if (Thread.currentThread() == owner) {
      moments.yield();
    }
    return () -> waiting.remove(entry);
  }

  @Override
  public long nanoTime() {
    if (Thread.currentThread() == owner) {
      moments.yield();
    }
    return nanos;
  }

  @Override
  public Instant now() {
    if (Thread.currentThread() == owner) {
      moments.yield();
    }
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public double random() {
    return random.nextDouble();
  }

  /** Runs one of the tasks that are due; its name, or null when there is none. */
  String runOne(int pick) {
    List<Entry> due = new ArrayList<>(waiting);
    due.removeIf(entry -> entry.at() > nanos);
    if (due.isEmpty()) {
      return null;
    }
    due.sort(BY_NAME);
    Entry entry = due.get(pick % due.size());
    waiting.remove(entry);
    entry.task().run();
    return entry.name();
  }

  void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /** Whether a listener waits for a hand-off that was refused. */
  boolean isRetrying() {
    return waiting.stream()
        .anyMatch(entry -> entry.name().startsWith("listener") || entry.name().equals("dispatch"));
  }

  List<String> waiting() {
    return waiting.stream().map(Entry::name).sorted().toList();
  }
}
