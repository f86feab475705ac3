package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import dev.gimbal.source.Tasks.Cancellable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The timers of one owner: none is set once it closed. */
final class Timers {

  private final Tasks tasks;

  /** Those that are set. Changed by whoever sets, cancels and runs them. */
  private final Set<Cancellable> set = ConcurrentHashMap.newKeySet();

  /** Written by close, read before and after each timer is set. */
  private volatile boolean closed;

  Timers(Tasks tasks) {
    this.tasks = tasks;
  }

  Cancellable schedule(String name, Duration delay, Runnable task) {
    if (closed) {
      return () -> {};
    }
    Timer timer = new Timer(task);
    set.add(timer);
    try {
      timer.cancellable = tasks.schedule(name, delay, timer);
    } catch (RuntimeException | Error e) {
      set.remove(timer);
      throw e;
    }
    if (closed) {
      timer.cancel();
    }
    return timer;
  }

  void close() {
    closed = true;
    for (Cancellable timer : set) {
      try {
        timer.cancel();
      } catch (RuntimeException | Error e) {
        Log.warn(() -> "Cancelling a timer failed", e);
      }
    }
  }

  /** A timer that is forgotten when it runs or is cancelled. */
  private final class Timer implements Cancellable, Runnable {

    private final Runnable task;

    /** Null before it is set. Written by who sets it, read by who cancels it. */
    private volatile @Nullable Cancellable cancellable;

    Timer(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      set.remove(this);
      task.run();
    }

    @Override
    public void cancel() {
      set.remove(this);
      Cancellable waiting = cancellable;
      if (waiting != null) {
        waiting.cancel();
      }
    }
  }
}
