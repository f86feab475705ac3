package dev.gimbal.traces;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long the threads of a load do nothing: until others have done something. The clock of the
 * tape counts what they do, so that a load is as mixed on a busy machine as on an idle one.
 */
final class Pause {

  /** When nobody has done anything for so long, they may be done. */
  private static final long STILL_NANOS = 1_000_000;

  private Pause() {}

  static void some(SplittableRandom random) {
    upTo(20, random);
  }

  /** Until others have done up to so much. */
  static void upTo(int most, SplittableRandom random) {
    long until = Tape.now() + random.nextInt(most);
    until(() -> Tape.now() >= until, 1 + random.nextLong(STILL_NANOS));
  }

  /** Until something is so. */
  static void until(BooleanSupplier condition) {
    until(condition, 5 * STILL_NANOS);
  }

  private static void until(BooleanSupplier condition, long still) {
    long seen = Tape.now();
    long deadline = System.nanoTime() + still;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000);
      if (Tape.now() != seen) {
        seen = Tape.now();
        deadline = System.nanoTime() + still;
      }
    }
  }
}
