package dev.gimbal.experiments;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Two threads that meet again and again, and how often that went wrong. */
final class Rounds {

  /** How often somebody looks before he lets others run. */
  private static final int SPINS = 200;

  private Rounds() {}

  /** What is done in a round. */
  @FunctionalInterface
  interface Step {
    void run(int round) throws Exception;
  }

  /** Whether a round went wrong; asked when both sides are done. */
  @FunctionalInterface
  interface Breach {
    boolean in(int round) throws Exception;
  }

  /** Two things at once, in each of so many rounds. */
  static int race(int rounds, Step one, Step other, Breach breach) throws Exception {
    AtomicInteger begun = new AtomicInteger(-1);
    AtomicInteger ended = new AtomicInteger(-1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread second =
        Experiment.start(
            "experiment-racer",
            () -> {
              for (int round = 0; round < rounds; round++) {
                int own = round;
                await(() -> begun.get() >= own);
                run(other, round, failure);
                ended.set(round);
              }
            });
    int breaches = 0;
    for (int round = 0; round < rounds; round++) {
      int own = round;
      begun.set(round);
      run(one, round, failure);
      await(() -> ended.get() >= own);
      breaches += failure.get() == null && breach.in(round) ? 1 : 0;
    }
    second.join();
    rethrow(failure);
    return breaches;
  }

  /**
   * Something that is read all the time beside something that is done in each of so many rounds; at
   * least once in each.
   *
   * @return rounds in which a reading was wrong
   */
  static int beside(int rounds, Step step, BooleanSupplier wrong) throws Exception {
    AtomicInteger readings = new AtomicInteger();
    AtomicInteger breaches = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicInteger left = new AtomicInteger(rounds);
    Thread reader =
        Experiment.start(
            "experiment-reader",
            () -> {
              while (left.get() > 0) {
                run(round -> breaches.addAndGet(wrong.getAsBoolean() ? 1 : 0), 0, failure);
                readings.incrementAndGet();
              }
            });
    int wrongRounds = 0;
    for (int round = 0; round < rounds; round++) {
      int before = breaches.get();
      int read = readings.get();
      run(step, round, failure);
      await(() -> readings.get() > read);
      wrongRounds += breaches.get() > before ? 1 : 0;
      left.decrementAndGet();
    }
    reader.join();
    rethrow(failure);
    return wrongRounds;
  }

  private static void run(Step step, int round, AtomicReference<Throwable> failure) {
    try {
      step.run(round);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void rethrow(AtomicReference<Throwable> failure) {
    if (failure.get() != null) {
      throw new AssertionError("in a round: " + failure.get(), failure.get());
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int looks = 1; !condition.getAsBoolean(); looks++) {
      if (looks < SPINS) {
        Thread.onSpinWait();
      } else if (looks < 2 * SPINS) {
        Thread.yield();
      } else {
        Experiment.pause(20);
      }
    }
  }
}
