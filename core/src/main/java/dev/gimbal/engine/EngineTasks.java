package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A Config's own threads: one for each task that runs, virtual where the JVM has them, else daemons
 * that are used again; and one timer thread, begun with the first timer.
 */
final class EngineTasks implements Tasks {

  private static final String PREFIX = "gimbal-";
  private static final Duration RETRY = Duration.ofMillis(100);

  private final ExecutorService threads = threads();
  private final ScheduledThreadPoolExecutor timer = timer();

  /** Platform threads that were made and may live. Changed by whoever makes one. */
  private final Set<Thread> made = ConcurrentHashMap.newKeySet();

  /** Names of the tasks under way, for who waits for them in vain. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  private ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException beforeVirtualThreads) {
      return new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), this::daemon);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no virtual threads although the JVM has them", e);
    }
  }

  private ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = daemon(task);
              thread.setName(PREFIX + "timer");
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private Thread daemon(Runnable task) {
    Thread thread = new Thread(task, PREFIX + "idle");
    thread.setDaemon(true);
    made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
    made.add(thread);
    return thread;
  }

  @Override
  public void execute(String name, Runnable task) {
    boolean taken = tryExecute(name, task);
    assert taken || threads.isShutdown();
  }

  /**
   * Whether the task was taken over: not once closed.
   *
   * @throws OutOfMemoryError when the system has no thread left
   */
  boolean tryExecute(String name, Runnable task) {
    try {
      threads.execute(() -> run(name, task));
      return true;
    } catch (RejectedExecutionException e) {
      if (!threads.isShutdown()) {
        throw e;
      }
      return false;
    }
  }

  private void run(String name, Runnable task) {
    Thread thread = Thread.currentThread();
    thread.setName(PREFIX + name);
    underWay.add(name);
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Log.warn(() -> "The task " + name + " failed", e);
    } finally {
      underWay.remove(name);
      thread.setName(PREFIX + "idle");
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> future =
          timer.schedule(() -> begin(name, task), Progress.nanos(delay), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      if (!timer.isShutdown()) {
        throw e;
      }
      return () -> {};
    }
  }

  /** Begins what is due; tries again as long as the system has no thread for it. */
  private void begin(String name, Runnable task) {
    try {
      execute(name, task);
    } catch (OutOfMemoryError noThread) {
      timer.schedule(() -> begin(name, task), RETRY.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** A pool has ended a moment before the last of its threads has. */
  private void joinMade() throws InterruptedException {
    for (Thread thread : made) {
      if (thread != Thread.currentThread()) {
        thread.join(1000);
      }
    }
  }

  /** Ends all threads; names those that do not end in time. */
  void close(Duration timeout) {
    timer.shutdownNow();
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      long nanos = Math.max(Progress.nanos(timeout), TimeUnit.MILLISECONDS.toNanos(100));
      boolean ended = threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
      ended &= timer.awaitTermination(1, TimeUnit.SECONDS);
      if (!ended) {
        Log.warn(() -> "Closed, but still running in foreign code: " + underWay, null);
      } else {
        joinMade();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
