package dev.gimbal.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The tasks of one session, on threads of their own, as a Config gives them: none begins after the
 * end, those under way are interrupted then.
 */
final class KitTasks implements Tasks {

  private interface Task {
    void run() throws InterruptedException;
  }

  /** Opened when tasks may begin. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Whether there is no thread for anybody. */
  private volatile boolean refusing;

  @GuardedBy("this")
  private final Set<Thread> running = new HashSet<>();

  @GuardedBy("this")
  private boolean ended;

  /** From now on tasks wait before they begin, until {@link #letGo}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  void refuse(boolean refuse) {
    refusing = refuse;
  }

  @Override
  public void execute(String name, Runnable task) {
    start(name, task::run);
  }

  @Override
  public Cancellable schedule(String name, Duration delay, Runnable task) {
    CountDownLatch cancelled = new CountDownLatch(1);
    start(
        name,
        () -> {
          if (!cancelled.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            task.run();
          }
        });
    return cancelled::countDown;
  }

  private void start(String name, Task task) {
    if (refusing) {
      throw new IllegalStateException("there is no thread for " + name);
    }
    CountDownLatch opened = gate;
    Thread thread =
        new Thread(
            () -> {
              try {
                opened.await();
                if (!hasEnded()) {
                  task.run();
                }
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt(); // a wait that the end cut short
              } finally {
                left(Thread.currentThread());
              }
            },
            "kit " + name);
    thread.setDaemon(true);
    synchronized (this) {
      if (ended) {
        return;
      }
      running.add(thread);
      thread.start();
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized void left(Thread thread) {
    running.remove(thread);
  }

  /** Ends all tasks, and waits; the names of those that do not end. */
  List<String> end(Duration patience) throws InterruptedException {
    List<Thread> last;
    synchronized (this) {
      ended = true;
      running.forEach(Thread::interrupt);
      last = List.copyOf(running);
    }
    long until = System.nanoTime() + patience.toNanos();
    List<String> left = new ArrayList<>();
    for (Thread thread : last) {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      if (thread.isAlive()) {
        left.add(thread.getName());
      }
    }
    return left;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
