package dev.gimbal.benchmarks;

/** Waits, outside what is timed, until a thread has really gone to sleep. */
final class Parked {

  private Parked() {}

  static void await(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    long until = System.nanoTime() + 30_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
