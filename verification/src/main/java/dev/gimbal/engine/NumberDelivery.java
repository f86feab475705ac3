package dev.gimbal.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** The engine's own {@link Delivery}, of a number of equal things. */
final class NumberDelivery extends Delivery {

  private static final int CLOSED = -1;

  /** How many wait; terminal when closed. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Looks for something to deliver. */
  private final AtomicInteger looks = new AtomicInteger();

  /** Calls of the listener that have begun. */
  private final AtomicInteger begun = new AtomicInteger();

  /** Calls that have ended. Written inside calls: plain, so that two at once lose one. */
  private int ended;

  NumberDelivery(MemoryLoader loader) {
    super(loader);
  }

  @Override
  public String name() {
    return "numbers";
  }

  void offer() {
    waiting.updateAndGet(now -> now == CLOSED ? CLOSED : now + 1);
    wake();
  }

  @Override
  boolean deliverNext() {
    looks.incrementAndGet();
    int before = waiting.getAndUpdate(now -> now > 0 ? now - 1 : now);
    if (before <= 0) {
      return false;
    }
    begun.incrementAndGet();
    ended++;
    return true;
  }

  int looks() {
    return looks.get();
  }

  int begun() {
    return begun.get();
  }

  int ended() {
    return ended;
  }

  @Override
  boolean hasNext() {
    return waiting.get() > 0;
  }

  @Override
  boolean isClosed() {
    return waiting.get() == CLOSED;
  }

  @Override
  void closeAndRemove() {
    waiting.set(CLOSED);
  }

  @Override
  long nanoTime() {
    return 0;
  }
}
