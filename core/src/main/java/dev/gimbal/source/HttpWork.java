package dev.gimbal.source;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Runs an HTTP client's own work: on the threads of its session, and once that ends on whichever
 * thread has it. Those threads drop what comes too late, and a client whose work was dropped waits
 * for it for ever, with a thread.
 */
final class HttpWork implements Executor {

  private final String name;
  private final Tasks tasks;

  /** What has not begun. Each runs once, whoever comes first. */
  private final Set<FutureTask<?>> waiting = ConcurrentHashMap.newKeySet();

  /** Written by {@link #close}, read after something was added to {@link #waiting}. */
  private volatile boolean closed;

  HttpWork(String name, Tasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  @Override
  public void execute(Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, null);
    waiting.add(task);
    if (closed) {
      run(task);
      return;
    }
    boolean taken = false;
    try {
      tasks.execute(name, () -> run(task));
      taken = true;
    } finally {
      if (!taken) {
        waiting.remove(task);
      }
    }
  }

  private void run(FutureTask<?> task) {
    waiting.remove(task);
    task.run();
  }

  /** From now on work runs at once; so does what has not begun. */
  void close() {
    closed = true;
    waiting.forEach(this::run);
  }
}
