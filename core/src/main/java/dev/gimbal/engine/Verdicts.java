package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has checks that call user code run on a worker while the lane waits for what they say, at most
 * for as long as they may take: user code never runs on the lane. Closing the Config ends that
 * waiting at once. Only where the system has no thread left do the checks run on the lane's: a
 * candidate that nobody looks at would be lost.
 */
final class Verdicts {

  private final Tasks tasks;
  private final Timers timers;
  private final Predicate<Runnable> handOver;
  private final Duration limit;

  /** The end of what was decided last. The lane's own. */
  private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

  /** The checks under way, or the last ones. Written by the lane, which then looks at closed. */
  private volatile @Nullable CheckRun<?> current;

  /** OPEN -> CLOSED. Written by who closes, who then looks at {@link #current}. */
  private volatile boolean closed;

  /**
   * @param handOver has something run on a worker; false when it will not be run
   * @param limit how long checks may take
   */
  Verdicts(Tasks tasks, Timers timers, Predicate<Runnable> handOver, Duration limit) {
    this.tasks = tasks;
    this.timers = timers;
    this.handOver = handOver;
    this.limit = limit;
  }

  /**
   * Runs checks on a worker and waits for their result.
   *
   * @param checks say what they are about before each part that may take long
   * @param instead the result when there is no other: what was under way, and why it is cut
   * @param unheard takes what cut checks find all the same, on their thread; throws nothing
   */
  <T> T of(
      Function<CheckRun<T>, T> checks, Function<CheckRun.Cut, T> instead, Consumer<T> unheard) {
    CheckRun<T> run = new CheckRun<>(instead, unheard);
    current = run;
    if (closed) {
      run.cut("the Config was closed");
    }
    Tasks.Cancellable timer = deadline(run);
    try {
      tasks.execute(Tasks.CHECK, () -> run.run(checks));
    } catch (RuntimeException | Error noThread) {
      run.run(checks);
    }
    try {
      return run.await();
    } finally {
      timer.cancel();
      current = null;
    }
  }

  private Tasks.Cancellable deadline(CheckRun<?> run) {
    try {
      return timers.schedule(
          "check deadline",
          limit,
          () -> run.cut("it did not finish within " + TextDuration.of(limit)));
    } catch (RuntimeException | Error noTimer) {
      Log.warn(() -> "There is no timer for the deadline of checks", noTimer);
      return () -> {};
    }
  }

  /**
   * Has what was decided done on a worker, to its end: nothing cuts it, and what was decided before
   * is done first. Waits for it for as long as checks may take.
   *
   * @param name what it is, for the log
   * @param work throws nothing
   */
  @SuppressWarnings("FutureReturnValueIgnored") // what runs completes another one
  void finish(String name, Runnable work) {
    CompletableFuture<Boolean> before = last;
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    last = over;
    Runnable all =
        () -> {
          try {
            work.run();
          } finally {
            over.complete(true);
          }
        };
    before.thenRunAsync(all, this::runElsewhere);
    if (!Progress.ended(over, limit)) {
      String late = "Not waited for any longer than " + TextDuration.of(limit) + ": " + name;
      runElsewhere(() -> Log.warn(() -> late, null)); // what takes the log may be slow
    }
  }

  /** Where there is no other thread, on this one. */
  private void runElsewhere(Runnable work) {
    if (!handOver.test(work)) {
      work.run();
    }
  }

  void close() {
    closed = true;
    CheckRun<?> run = current;
    if (run != null) {
      run.cut("the Config was closed");
    }
  }
}
