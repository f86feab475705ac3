package dev.gimbal.source.etcd;

import java.util.concurrent.atomic.AtomicReference;

/** A thread beside a test, whose failure is the test's. */
final class WriterThread {

  /** What it does. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  WriterThread(Work work) {
    thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException | RuntimeException | AssertionError e) {
                failure.set(e);
              }
            },
            "writer");
  }

  void start() {
    thread.start();
  }

  /** Waits for its end. */
  void end() throws InterruptedException {
    thread.join();
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError(failed);
    }
  }
}
