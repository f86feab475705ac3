package dev.gimbal.engine;

import dev.gimbal.interleavings.Points;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tasks of a scenario: each on a thread of its own; timers wait until the scenario lets them go.
 */
public final class ExploredTasks implements Tasks {

  private final List<Timer> timers = new ArrayList<>();

  /** Takes what tasks throw; null where that fails the scenario. */
  public List<RuntimeException> failures;

  /** How many hand-offs are refused from now on. */
  public int refuse;

  /** The name of tasks that are kept until {@link #runHeld}; null for none. */
  public String hold;

  private final List<Runnable> held = new ArrayList<>();

  /** Whether a task runs on the thread that hands it off: fewer threads, more of their orders. */
  public boolean inline;

  private final class Timer implements Cancellable {
    final String name;
    final Runnable task;

    Timer(String name, Runnable task) {
      this.name = name;
      this.task = task;
    }

    @Override
    public void cancel() {
      timers.remove(this);
    }
  }

  @Override
  public void execute(String name, Runnable task) {
    if (refuse > 0) {
      refuse--;
      throw new RejectedExecutionException("no thread");
    }
    if (name.equals(hold)) {
      held.add(task);
    } else if (inline) {
      run(task);
    } else {
      Points.spawn(name, () -> run(task));
    }
  }

  /** Whether there is a thread for a check. */
  boolean tryExecute(Runnable task) {
    try {
      execute(CHECK, task);
      return true;
    } catch (RejectedExecutionException noThread) {
      return false;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      if (failures == null) {
        throw e;
      }
      failures.add(e);
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    Timer timer = new Timer(name, task);
    timers.add(timer);
    return timer;
  }

  /** Runs the timers that wait, each on a thread of its own. */
  public void runTimers() {
    due().forEach(timer -> Points.spawn(timer.name, () -> run(timer.task)));
  }

  /** Runs the timers that wait before it returns. */
  public void runTimersHere() {
    due().forEach(timer -> run(timer.task));
  }

  private List<Timer> due() {
    List<Timer> due = new ArrayList<>(timers);
    timers.removeAll(due);
    return due;
  }

  /** Runs the tasks that were kept; how many there were. */
  public int runHeld() {
    held.forEach(this::run);
    return held.size();
  }

  /** The timers that wait, by name. */
  public List<String> timers() {
    return timers.stream().map(timer -> timer.name).sorted().toList();
  }

  @Override
  public long nanoTime() {
    return Points.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public double random() {
    return 0;
  }
}
