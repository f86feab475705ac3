package dev.gimbal.engine;

/** Timers with one seeded bug each. */
final class SeededTimers {

  private SeededTimers() {}

  /** Looks whether it is over, and then says so. */
  static final class Loose {
    private final Runnable task;
    private volatile boolean over;

    Loose(Runnable task) {
      this.task = task;
    }

    void begin() {
      if (!over) {
        over = true;
        task.run();
      }
    }

    void cancel() {
      over = true;
    }
  }
}
