package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The tasks of one session: none begins after it closed, those under way are interrupted. */
final class SessionTasks implements Tasks {

  private final Tasks tasks;
  private final String source;

  /** Threads inside a task. */
  @GuardedBy("running")
  private final Set<Thread> running = new HashSet<>();

  private final Timers timers;

  /** Written by close, read before each task begins. */
  private volatile boolean closed;

  SessionTasks(Tasks tasks, String source) {
    this.tasks = tasks;
    this.source = source;
    this.timers = new Timers(tasks);
  }

  @Override
  public void execute(String name, Runnable task) {
    if (!closed) {
      tasks.execute(source + " " + name, unlessClosed(task));
    }
  }

  private Runnable unlessClosed(Runnable task) {
    return () -> run(task);
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

  /** Whether a thread runs one of these tasks. */
  boolean isRunning(Thread thread) {
    synchronized (running) {
      return running.contains(thread);
    }
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    return timers.schedule(source + " " + name, delay, unlessClosed(task));
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
    timers.close();
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
