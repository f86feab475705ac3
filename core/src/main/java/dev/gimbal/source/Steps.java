package dev.gimbal.source;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps one after another, in the order they were given, on the thread that finds it idle.
 * What one step wrote, the next one sees. No lock is held while a step runs.
 */
final class Steps {

  private final Queue<Step> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Consumer<Throwable> strayFailures;

  /** One task, told from another run of the same. */
  private static final class Step {
    final Runnable task;

    Step(Runnable task) {
      this.task = task;
    }
  }

  /**
   * @param strayFailures takes what a step throws that runs on the thread of another one
   */
  Steps(Consumer<Throwable> strayFailures) {
    this.strayFailures = strayFailures;
  }

  /** Steps of a source, whose stray failures are logged. */
  static Steps of(String source) {
    return new Steps(
        failure ->
            System.getLogger("dev.gimbal.source")
                .log(
                    System.Logger.Level.WARNING,
                    () -> "source \"" + source + "\": a step failed",
                    failure));
  }

  /**
   * Runs a step now, or leaves it to the thread that runs others. A step that throws ends alone:
   * what it throws reaches the caller only if it is the caller's own.
   */
  void run(Runnable task) {
    Step own = new Step(task);
    waiting.add(own);
    if (count.getAndIncrement() != 0) {
      return;
    }
    Throwable failure = null;
    do {
      Step next = waiting.remove();
      try {
        next.task.run();
      } catch (RuntimeException | Error e) {
        if (next == own) {
          failure = e;
        } else {
          report(e);
        }
      }
    } while (count.decrementAndGet() != 0);
    rethrow(failure);
  }

  /** The next step runs whatever the report itself does. */
  private void report(Throwable stray) {
    try {
      strayFailures.accept(stray);
    } catch (RuntimeException | Error reportFailed) {
      stray.addSuppressed(reportFailed);
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
