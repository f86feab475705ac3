package dev.gimbal.testing;

import dev.gimbal.Config;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
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
 * <p>Guards, validators and other checks of users run at once, on the thread that changes
 * something, so that what is handed over is published when the call returns.
 *
 * <p>Tasks may be handed over by any thread; one thread at a time runs them. A task must not wait
 * for another task: nobody would run it. A watcher's {@code next()} waits in real time.
 *
 * @since 0.1.0
 */
public final class ManualTasks implements Tasks {

  /** More tasks than any test has: work that makes new work for ever. */
  private static final int ENDLESS = 100_000;

  private final Agenda agenda;

  /** Runs tasks in the order they came. */
  public ManualTasks() {
    this(null);
  }

  private ManualTasks(@Nullable SplittableRandom random) {
    this.agenda = new Agenda(random);
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
    Agenda.Turn turn = agenda.begin();
    if (turn == null) {
      return false;
    }
    try {
      turn.task().run();
    } finally {
      agenda.end(turn);
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
    long until = nanoTime() + Agenda.nanosOf(duration);
    do {
      runAll();
    } while (agenda.moveToNext(until));
  }

  /** The names of the tasks that have not begun: those that are due, then timers by their time. */
  public List<String> waiting() {
    return agenda.waiting();
  }

  /**
   * Calls something that waits for tasks, on a thread of its own, and runs tasks here while it
   * waits. From inside a task it is called directly.
   */
  <T> T call(Callable<T> action) {
    return agenda.isInside() ? Call.direct(action) : new Call<>(action).await(this::runNext);
  }

  // ---- Tasks

  @Override
  public void execute(String name, Runnable task) {
    if (name.equals(LANE) || name.equals(CHECK)) {
      task.run();
    } else {
      agenda.add(name, Duration.ZERO, task);
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    return agenda.add(name, delay, task);
  }

  /** Nanoseconds of the clock that {@link #advance} moves; 0 at first. */
  @Override
  public long nanoTime() {
    return agenda.nanoTime();
  }

  /** The time of day by the same clock; at first it is the first of January 2026, 0:00 UTC. */
  @Override
  public Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanoTime());
  }
}
