package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import dev.gimbal.text.Thrown;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  /** Names of the tasks under way, for who waits for them in vain. Changed by their threads. */
  private final Map<Thread, String> underWay = new ConcurrentHashMap<>();

  private ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException beforeVirtualThreads) {
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new Daemons("idle"));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no virtual threads although the JVM has them", e);
    }
  }

  private ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new Daemons("timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Makes platform threads. */
  private final class Daemons implements ThreadFactory {
    private final String name;

    Daemons(String name) {
      this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, PREFIX + name);
      thread.setDaemon(true);
      for (Iterator<Thread> earlier = made.iterator(); earlier.hasNext(); ) {
        if (earlier.next().getState() == Thread.State.TERMINATED) {
          earlier.remove();
        }
      }
      made.add(thread);
      return thread;
    }
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
    underWay.put(thread, name);
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Log.warn(() -> "The task " + name + " failed", Thrown.withoutMessage(e));
    } finally {
      underWay.remove(thread);
      thread.setName(PREFIX + "idle");
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    Timer due = new Timer(name, task);
    due.set(delay);
    return due;
  }

  /** A task that waits for its time: it begins once, or is cancelled before. */
  private final class Timer implements Cancellable, Runnable {
    private final String name;
    private final Runnable task;

    /** Whether it has begun or was cancelled, whichever came first. */
    private final Once over = new Once();

    /** Written by who sets it, and again when it is tried again; read by who cancels. */
    private volatile @Nullable Future<?> future;

    Timer(String name, Runnable task) {
      this.name = name;
      this.task = task;
    }

    void set(Duration delay) {
      try {
        future = timer.schedule(this, Progress.nanos(delay), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        if (!timer.isShutdown()) {
          throw e;
        }
      }
    }

    /** On the timer's thread; tries again as long as the system has no thread for the task. */
    @Override
    public void run() {
      try {
        execute(name, this::begin);
      } catch (OutOfMemoryError noThread) {
        set(RETRY);
      }
    }

    private void begin() {
      if (over.take()) {
        task.run();
      }
    }

    @Override
    public void cancel() {
      Future<?> waiting = future;
      if (over.take() && waiting != null) {
        waiting.cancel(false);
      }
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

  /** Ends all threads; names those that do not end in time. An interrupt is kept for later. */
  void close(Duration timeout) {
    timer.shutdownNow();
    threads.shutdownNow();
    long deadline =
        System.nanoTime() + Math.max(Progress.nanos(timeout), TimeUnit.MILLISECONDS.toNanos(100));
    boolean interrupted = false;
    while (true) {
      try {
        awaitEnd(deadline);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(long deadline) throws InterruptedException {
    boolean ended = threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    ended &= timer.awaitTermination(1, TimeUnit.SECONDS);
    if (!ended) {
      Log.warn(
          () -> "Closed, but still running in foreign code: " + List.copyOf(underWay.values()),
          null);
      return;
    }
    for (Thread thread : made) { // a pool has ended a moment before the last of its threads has
      thread.join(1000);
    }
  }
}
