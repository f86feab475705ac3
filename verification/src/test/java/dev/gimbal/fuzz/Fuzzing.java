package dev.gimbal.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Feeds inputs to a target on a thread of its own, and looks that each ends in time. */
final class Fuzzing {

  /** How often the watcher looks. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Failures after which it ends. */
  private static final int ENOUGH = 10;

  /**
   * What came of it.
   *
   * @param inputs how many
   * @param good those that were not refused
   * @param failures the first ones, with their inputs
   */
  record Result(long inputs, long good, List<String> failures) {}

  private record Turn(byte[] input, long began) {}

  private final Predicate<byte[]> target;
  private final Duration bound;
  private final AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
  private final List<String> failures = new ArrayList<>();
  private long inputs;
  private long good;

  /**
   * @param target whether an input is well formed; throws for what must not be
   * @param bound what one input may take
   */
  Fuzzing(Predicate<byte[]> target, Duration bound) {
    this.target = target;
    this.bound = bound;
  }

  /**
   * Runs until there is no input any more.
   *
   * @param source gives inputs, and null at the end
   */
  Result run(Supplier<byte @Nullable []> source) throws InterruptedException {
    Thread worker = new Thread(() -> feed(source), "fuzz");
    worker.setDaemon(true);
    worker.start();
    while (true) {
      worker.join(LOOK.toMillis());
      if (!worker.isAlive()) {
        return new Result(inputs, good, List.copyOf(failures));
      }
      Turn now = turn.get();
      if (now != null && System.nanoTime() - now.began > bound.toNanos()) {
        String where = Arrays.toString(Arrays.copyOf(worker.getStackTrace(), 8));
        return new Result(0, 0, List.of("hangs: " + describe(now.input) + " at " + where));
      }
    }
  }

  private void feed(Supplier<byte @Nullable []> source) {
    byte[] input = source.get();
    while (input != null && failures.size() < ENOUGH) {
      turn.set(new Turn(input, System.nanoTime()));
      inputs++;
      try {
        if (target.test(input)) {
          good++;
        }
      } catch (Throwable e) {
        String where = Arrays.toString(Arrays.copyOf(e.getStackTrace(), 4));
        failures.add(e + " for " + describe(input) + " at " + where);
      }
      turn.set(null);
      input = source.get();
    }
  }

  /** The text and, because it may hold anything, the bytes. */
  private static String describe(byte[] input) {
    byte[] begin = Arrays.copyOf(input, Math.min(input.length, 300));
    String hex = HexFormat.of().formatHex(begin);
    return input.length + " bytes \"" + FuzzTarget.text(begin) + "\" (" + hex + ")";
  }
}
