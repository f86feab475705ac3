package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tasks that run on the thread that hands them over; timers wait until they are asked to run. */
final class InlineTasks implements Tasks {

  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(String name, Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  /** Runs those that wait, as if their time had come. */
  void runTimers() {
    for (Runnable task = timers.poll(); task != null; task = timers.poll()) {
      task.run();
    }
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }
}
