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

  /** Called when the time is over; whether the parse was still running. */
  synchronized boolean pass() {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.LATE;
    worker.interrupt();
    return true;
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
