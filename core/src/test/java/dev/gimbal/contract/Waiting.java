package dev.gimbal.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the tests of this package wait with. Each wait ends with the test's own time limit. */
final class Waiting {

  private Waiting() {}

  interface Body {
    void run() throws Exception;
  }

  /** Waits for a state that nothing signals, such as a parked thread. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  static boolean isParked(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks whatever interrupts come. */
  static void awaitStubbornly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        done = false;
      }
    }
  }

  /** A started thread whose failure {@link #join} rethrows. */
  static final class Running extends Thread {
    private final Body body;
    private volatile Throwable failure;

    Running(Body body) {
      this.body = body;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        body.run();
      } catch (Throwable e) {
        failure = e;
      }
    }

    void finish() throws Exception {
      join();
      if (failure != null) {
        throw new AssertionError("in another thread: " + failure, failure);
      }
    }
  }

  static Running start(Body body) {
    Running running = new Running(body);
    running.start();
    return running;
  }

  static void inThreads(int count, Body body) throws Exception {
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(start(body));
    }
    for (Running running : all) {
      running.finish();
    }
  }
}
