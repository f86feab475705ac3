package dev.gimbal.engine;

/** Deadlines with one seeded bug each. */
final class SeededDeadlines {

  private SeededDeadlines() {}

  /** Looks whether the parse has ended, and interrupts its thread later. */
  static final class Loose {
    private final Thread worker = Thread.currentThread();
    private volatile boolean done;
    private volatile boolean late;

    void pass(Runnable tell) {
      if (!done) {
        late = true;
        tell.run();
        worker.interrupt();
      }
    }

    boolean end() {
      done = true;
      if (late) {
        Interrupts.clear();
      }
      return !late;
    }
  }
}
