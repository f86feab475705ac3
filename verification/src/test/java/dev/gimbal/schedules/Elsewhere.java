package dev.gimbal.schedules;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A second thread that closes something while the first is inside a listener. The two run hand over
 * hand: the first waits until the second has ended or waits for the listener, and goes on only
 * then.
 */
final class Elsewhere {

  private static final long PATIENCE_MILLIS = 20_000;

  private final String what;
  private final Thread thread;
  private final BooleanSupplier mustWait;
  private final BooleanSupplier mustEnd;

  /** Written by the second thread before it ends, read after. */
  private volatile Throwable failure;

  private Elsewhere(String what, Thread thread, BooleanSupplier mustWait, BooleanSupplier mustEnd) {
    this.what = what;
    this.thread = thread;
    this.mustWait = mustWait;
    this.mustEnd = mustEnd;
  }

  /**
   * @param mustWait whether a call is under way that it must wait for
   * @param mustEnd whether nothing is left that it may wait for
   */
  static Elsewhere start(
      String what, Runnable action, BooleanSupplier mustWait, BooleanSupplier mustEnd) {
    Elsewhere[] self = new Elsewhere[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (RuntimeException | Error e) {
                self[0].failure = e;
              }
            },
            "elsewhere");
    thread.setDaemon(true);
    self[0] = new Elsewhere(what, thread, mustWait, mustEnd);
    thread.start();
    self[0].awaitStill();
    return self[0];
  }

  /** Has a third thread do something, and returns when that waits: a seeded bug. */
  static void abandon(Runnable action) {
    Thread thread = new Thread(action, "abandoned");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /** The thread that the engine makes to close from inside a callback, or null if it has ended. */
  static Elsewhere closer(BooleanSupplier mustEnd) {
    Thread[] all = new Thread[Thread.activeCount() + 16];
    int size = Thread.enumerate(all);
    for (int i = 0; i < size; i++) {
      if (all[i].getName().equals("gimbal-close")) {
        Elsewhere closer = new Elsewhere("close from inside", all[i], () -> false, mustEnd);
        closer.awaitStill();
        return closer;
      }
    }
    return null;
  }

  /** Until it has ended or waits. */
  private void awaitStill() {
    long began = System.nanoTime();
    while (thread.isAlive()
        && thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() - began > PATIENCE_MILLIS * 1_000_000) {
        throw new Violation("G4", what + " neither ends nor waits");
      }
      LockSupport.parkNanos(20_000); // until the other thread had its turn
    }
  }

  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Whether it has ended; if nothing is left to wait for, it must. */
  boolean settle() {
    if (mustWait.getAsBoolean() && hasEnded() && failure == null) {
      throw new Violation("G4", what + " returned although the listener is inside its call");
    }
    if (!mustEnd.getAsBoolean()) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (thread.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new Violation("G4", what + " does not return although the listener has");
      }
      LockSupport.parkNanos(20_000); // until the other thread had its turn
    }
    if (failure != null) {
      throw new Violation("G4", what + " threw " + failure);
    }
    return true;
  }
}
