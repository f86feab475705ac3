package dev.gimbal.traces;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads for the engine and for the load, which knows when all of them have ended. No timers. */
final class Pool implements Tasks {

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  /** One party for each task under way, and one for who waits. */
  private final Phaser underWay = new Phaser(1);

  @Override
  public void execute(String name, Runnable task) {
    underWay.register();
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            underWay.arriveAndDeregister();
          }
        });
  }

  /** Part of the load. */
  void act(Callable<?> action) {
    execute(
        "load",
        () -> {
          try {
            action.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    return () -> {};
  }

  /** Whether all that was begun has ended within the time. */
  boolean awaitQuiet(Duration timeout) throws InterruptedException {
    int phase = underWay.arrive();
    try {
      underWay.awaitAdvanceInterruptibly(phase, timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }
}
