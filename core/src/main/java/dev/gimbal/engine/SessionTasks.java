package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of one session: none begins after it closed, those under way are interrupted. */
final class SessionTasks implements Tasks {

  private final Tasks tasks;
  private final String source;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final Set<Cancellable> timers = ConcurrentHashMap.newKeySet();

  /** Written by close, read before each task begins and after each timer was set. */
  private volatile boolean closed;

  SessionTasks(Tasks tasks, String source) {
    this.tasks = tasks;
    this.source = source;
  }

  @Override
  public void execute(String name, Runnable task) {
    if (!closed) {
      tasks.execute(source + " " + name, () -> run(task));
    }
  }

  /** Runs a task here, unless closed; closing interrupts it. */
  void run(Runnable task) {
    Thread thread = Thread.currentThread();
    running.add(thread);
    try {
      if (!closed) {
        task.run();
      }
    } finally {
      running.remove(thread);
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    if (closed) {
      return () -> {};
    }
    Timer timer = new Timer();
    timers.add(timer);
    timer.cancellable =
        tasks.schedule(
            source + " " + name,
            delay,
            () -> {
              timers.remove(timer);
              run(task);
            });
    if (closed) {
      timer.cancel();
    }
    return timer;
  }

  /** A timer that is forgotten when it is cancelled. */
  private final class Timer implements Cancellable {
    private volatile Cancellable cancellable = () -> {};

    @Override
    public void cancel() {
      timers.remove(this);
      cancellable.cancel();
    }
  }

  @Override
  public long nanoTime() {
    return tasks.nanoTime();
  }

  @Override
  public Instant now() {
    return tasks.now();
  }

  void close() {
    closed = true;
    timers.forEach(Cancellable::cancel);
    Thread self = Thread.currentThread();
    running.forEach(
        thread -> {
          if (thread != self) {
            thread.interrupt();
          }
        });
  }
}
