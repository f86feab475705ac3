package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of one session: none begins after it closed, those under way are interrupted. */
final class SessionTasks implements Tasks {

  private final Tasks tasks;
  private final String source;

  /** Threads inside a task. */
  @GuardedBy("running")
  private final Set<Thread> running = new HashSet<>();

  /** Timers that are set. Changed by whoever sets, cancels and runs them. */
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
    synchronized (running) {
      if (closed) {
        return;
      }
      running.add(thread);
    }
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.SOURCE);
    try {
      task.run();
    } finally {
      Callbacks.leave(before);
      synchronized (running) {
        running.remove(thread);
      }
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
    /** Written by who sets it, read by who cancels it. */
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

  @Override
  public double random() {
    return tasks.random();
  }

  void close() {
    closed = true;
    timers.forEach(Cancellable::cancel);
    Thread self = Thread.currentThread();
    synchronized (running) { // so that nobody is interrupted who has gone on to other work
      for (Thread thread : running) {
        if (thread != self) {
          thread.interrupt();
        }
      }
    }
  }
}
