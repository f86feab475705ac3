package dev.gimbal.fuzz;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;

/** No threads and no time: tasks run where they are handed over, timers never. */
final class NoTasks implements Tasks {

  @Override
  public void execute(String name, Runnable task) {
    task.run();
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    return () -> {};
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
