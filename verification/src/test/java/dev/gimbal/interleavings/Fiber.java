package dev.gimbal.interleavings;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** A thread of a run. It moves only while it has the baton. */
final class Fiber {

  /** How a wait ended. */
  enum Woken {
    READY,
    TIMED_OUT,
    INTERRUPTED
  }

  final int id;
  final String name;
  final boolean act;
  final Semaphore baton = new Semaphore(0);
  Thread thread;
  boolean ended;

  /** The permit that {@code unpark} gives. */
  boolean permit;

  /** Whether it was interrupted. The thread itself is not: that would disturb the waiting. */
  boolean interrupted;

  /** What it waits for; null while it can go on. */
  BooleanSupplier condition;

  boolean interruptible;
  long deadline;
  boolean timedOut;

  /** Where it was last seen, for who reads a failure. */
  String place = "begins";

  Fiber(int id, String name, boolean act) {
    this.id = id;
    this.name = name;
    this.act = act;
  }

  boolean canGoOn() {
    return !ended
        && (condition == null
            || timedOut
            || interruptible && interrupted
            || condition.getAsBoolean());
  }

  boolean sleeps() {
    return !ended && condition != null && deadline < Long.MAX_VALUE;
  }

  Woken woken() {
    if (condition.getAsBoolean()) {
      return Woken.READY;
    }
    return timedOut ? Woken.TIMED_OUT : Woken.INTERRUPTED;
  }

  @Override
  public String toString() {
    return name + (ended ? " has ended" : (condition == null ? " at " : " waits at ") + place);
  }
}
