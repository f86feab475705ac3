package dev.gimbal.benchmarks;

/** Waits, outside what is timed, until a thread has really gone to sleep. */
final class Parked {

  private Parked() {}

  static void await(Thread thread) {
    while (!isAsleep(thread.getState())) {
      Thread.onSpinWait();
    }
    long until = System.nanoTime() + 30_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** With or without a limit of time. */
  private static boolean isAsleep(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }
}
