package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gimbal.proof.Figures;
import dev.gimbal.proof.Figures.Who;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the experiments have in common. The system property {@code gimbal.experiments.scale}
 * multiplies how often each is repeated; 1 by default. With {@code gimbal.experiments.print} each
 * prints its figures.
 */
final class Experiment {

  private static final int SCALE = Integer.getInteger("gimbal.experiments.scale", 1);

  private Experiment() {}

  /** One of many runs. */
  @FunctionalInterface
  interface Run<T> {
    T run(int number) throws Exception;
  }

  static int scaled(int count) {
    return Math.multiplyExact(count, SCALE);
  }

  /** Prints figures if that is asked for, and returns them. */
  static <T> T noted(String what, T figures) {
    if (Boolean.getBoolean("gimbal.experiments.print")) {
      System.out.println(what + ": " + figures);
    }
    return figures;
  }

  // ---- figures for docs/proof.md, of runs that are repeated no more than by default

  /**
   * How often Gimbal broke what an experiment looks for, in so many rounds: never.
   *
   * @param part one of several ways in which the experiment is done, or nothing
   */
  static void sound(String id, Object part, long breaches, long rounds) {
    noted(id + " " + part, breaches + " of " + rounds);
    assertEquals(0, breaches, () -> id + " " + part + ": breaches in " + rounds + " rounds");
    if (SCALE == 1) {
      Figures.stored().exact(id, Who.GIMBAL, part.toString(), breaches, rounds, "");
    }
  }

  /** How often the twin broke it: at least once, or the experiment shows nothing. */
  static void caught(String id, Object part, long breaches, long rounds) {
    noted(id + " twin " + part, breaches + " of " + rounds);
    assertTrue(breaches > 0, () -> id + " " + part + ": no breach in " + rounds + " rounds");
    if (SCALE == 1) {
      Figures.stored().range(id, Who.TWIN, part.toString(), breaches, rounds, "");
    }
  }

  /** Something that is no breach and differs from run to run. */
  static void measured(String id, Who who, long value, String unit) {
    noted(id + " " + who, value + " " + unit);
    if (SCALE == 1) {
      Figures.stored().range(id, who, "", value, 0, unit);
    }
  }

  /** Results of runs, of which some go on at once, in the order of their numbers. */
  static <T> List<T> runs(int count, int atOnce, Run<T> run) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce,
            task -> {
              Thread thread = new Thread(task, "experiment");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> pending = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        pending.add(threads.submit(() -> run.run(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pending) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("in a run: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  static void pause(long micros) {
    if (micros > 0) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
  }

  /** What lies between the two steps that a twin should have made one: as long as it may be. */
  static void gap() {
    pause(ThreadLocalRandom.current().nextLong(100));
  }

  static Thread start(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 1 << 17);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for what nothing signals. It ends with the test's own time limit. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Live threads whose names begin so. */
  static Set<Thread> threads(String prefix) {
    return threads(prefix, Set.of());
  }

  /** Live threads whose names begin so, without those that were there before. */
  static Set<Thread> threads(String prefix, Set<Thread> before) {
    Set<Thread> found = new HashSet<>(Thread.getAllStackTraces().keySet());
    found.removeIf(thread -> !thread.getName().startsWith(prefix) || before.contains(thread));
    return found;
  }

  /** File descriptors that this process has open. */
  static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
