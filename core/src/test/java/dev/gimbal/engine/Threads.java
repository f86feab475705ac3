package dev.gimbal.engine;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Threads that tests start and wait for. Each wait ends with the test's own time limit. */
final class Threads {

  private Threads() {}

  static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits until a thread waits. */
  static void awaitParked(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
