package dev.gimbal.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Lanes with one seeded bug each. */
final class SeededLanes {

  private SeededLanes() {}

  /** Who leaves the lane does not look at the queue afterwards. */
  static final class LeavesOne {
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    void submit(Runnable task) {
      queue.add(task);
      if (busy.compareAndSet(false, true)) {
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
          next.run();
        }
        busy.set(false);
      }
    }
  }

  /** Looks whether the lane is busy, and then says so. */
  static final class TwoAtOnce {
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private volatile boolean busy;

    void submit(Runnable task) {
      queue.add(task);
      while (!queue.isEmpty() && !busy) {
        busy = true;
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
          next.run();
        }
        busy = false;
      }
    }
  }

  /** Who has handed the lane over goes on. */
  static final class GoesOn {
    private static final int TURN = 8;

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Predicate<Runnable> handOver;

    GoesOn(Predicate<Runnable> handOver) {
      this.handOver = handOver;
    }

    void submit(Runnable task) {
      queue.add(task);
      while (!queue.isEmpty() && busy.compareAndSet(false, true)) {
        runTurn();
      }
    }

    private void runTurn() {
      boolean handedOver = false;
      int ran = 0;
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
        ran++;
        handedOver |= ran == TURN && !queue.isEmpty() && handOver.test(this::runTurn);
      }
      if (!handedOver) {
        busy.set(false);
      }
    }
  }
}
