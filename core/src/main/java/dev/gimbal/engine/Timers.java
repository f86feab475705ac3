package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import dev.gimbal.source.Tasks.Cancellable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    Timer timer = new Timer();
    set.add(timer);
    try {
      timer.cancellable = tasks.schedule(name, delay, () -> run(timer, task));
    } catch (RuntimeException | Error e) {
      set.remove(timer);
      throw e;
    }
    if (closed) {
      timer.cancel();
    }
    return timer;
  }

  private void run(Timer timer, Runnable task) {
    set.remove(timer);
    task.run();
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

  /** A timer that is forgotten when it is cancelled. */
  private final class Timer implements Cancellable {
    /** Written by who sets it, read by who cancels it. */
    private volatile Cancellable cancellable = () -> {};

    @Override
    public void cancel() {
      set.remove(this);
      cancellable.cancel();
    }
  }
}
