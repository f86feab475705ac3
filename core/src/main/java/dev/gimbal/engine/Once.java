package dev.gimbal.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to do something once: the first who takes it has it, whatever thread that is. */
final class Once {

  private final AtomicBoolean taken = new AtomicBoolean();

  boolean take() {
    return taken.compareAndSet(false, true);
  }
}
