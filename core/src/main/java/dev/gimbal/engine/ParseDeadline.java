package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * One parse and the time it has. Either it ends in time or it is late, never both: a late one is
 * interrupted while it runs, and the thread that parsed goes on without that interrupt.
 */
final class ParseDeadline {

  private final Thread worker = Thread.currentThread();

  /** RUNNING -> DONE the parse ends; RUNNING -> LATE the time is over. */
  @GuardedBy("this")
  private State state = State.RUNNING;

  private enum State {
    RUNNING,
    DONE,
    LATE
  }

  /**
   * Called when the time is over. If the parse still runs, that is told, and then it is
   * interrupted; its thread goes on only after both, so that what it says next comes later.
   *
   * @param tell our code only
   */
  synchronized void pass(Runnable tell) {
    if (state == State.RUNNING) {
      state = State.LATE;
      tell.run();
      worker.interrupt();
    }
  }

  /** Called by the thread that parsed, once; whether it was in time. */
  synchronized boolean end() {
    boolean inTime = state == State.RUNNING;
    if (inTime) {
      state = State.DONE;
    } else {
      Interrupts.clear();
    }
    return inTime;
  }
}
