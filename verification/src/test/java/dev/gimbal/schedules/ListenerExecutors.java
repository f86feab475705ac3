package dev.gimbal.schedules;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The executors of listeners that applications have, good and bad. */
final class ListenerExecutors {

  private ListenerExecutors() {}

  /** One of them; null for the engine's own. */
  static Executor of(int kind, SeededTasks tasks, SplittableRandom random, Counts counts) {
    return switch (kind) {
      case 0 -> Runnable::run;
      case 1 -> task -> tasks.execute("executor", task);
      case 2 ->
          task -> {
            if (random.nextInt(3) == 0) {
              counts.event("executor refused");
              throw new RejectedExecutionException("refused by the schedule");
            }
            task.run();
          };
      case 3 ->
          task -> {
            task.run();
            failSometimes(random, counts);
          };
      case 4 ->
          task -> { // it fails after it took the task over
            tasks.execute("executor", task);
            failSometimes(random, counts);
          };
      default -> null;
    };
  }

  private static void failSometimes(SplittableRandom random, Counts counts) {
    if (random.nextInt(4) == 0) {
      counts.event("executor failed");
      throw new IllegalStateException("this executor fails");
    }
  }
}
