package dev.gimbal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Deliveries with one seeded bug each. They run on the thread that wakes them. */
final class SeededDeliveries {

  private SeededDeliveries() {}

  /** Does not look again when a run ends. */
  static final class Sleepy {
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private int ended;

    void offer() {
      waiting.incrementAndGet();
      if (scheduled.compareAndSet(false, true)) {
        while (waiting.getAndUpdate(now -> now > 0 ? now - 1 : now) > 0) {
          ended++;
        }
        scheduled.set(false);
      }
    }

    int ended() {
      return ended;
    }
  }

  /** Announces its thread after it has taken something. */
  static final class AnnouncesLate {
    private static final int CLOSED = -1;

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile @Nullable Thread running;

    void offer() {
      waiting.updateAndGet(now -> now == CLOSED ? CLOSED : now + 1);
      int before = waiting.getAndUpdate(now -> now > 0 ? now - 1 : now);
      if (before > 0) {
        running = Thread.currentThread();
        begun.incrementAndGet();
        running = null;
      }
    }

    void close() {
      waiting.set(CLOSED);
      while (running != null) {
        Thread.onSpinWait();
      }
    }

    int begun() {
      return begun.get();
    }
  }

  /** Hands a delivery off again when the executor failed, whether it took the task or not. */
  static final class HandsOffTwice {
    private final Executor executor;
    private final InlineTasks tasks;

    HandsOffTwice(Executor executor, InlineTasks tasks) {
      this.executor = executor;
      this.tasks = tasks;
    }

    void submit(Runnable delivery) {
      try {
        executor.execute(delivery);
      } catch (RuntimeException e) {
        tasks.schedule("again", Dispatcher.RETRY, () -> submit(delivery));
      }
    }
  }
}
