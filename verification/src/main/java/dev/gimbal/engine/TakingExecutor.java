package dev.gimbal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes its first task over for another thread and fails all the same, now and then while that
 * thread runs it; runs the later ones in the caller.
 */
final class TakingExecutor implements Executor {

  private static final int PAUSES = 200;

  private boolean failed;
  private volatile @Nullable Runnable taken;
  private volatile boolean fetched;

  @Override
  public void execute(Runnable task) {
    if (failed) {
      task.run();
      return;
    }
    failed = true;
    taken = task;
    for (int i = 0; i < PAUSES && !fetched; i++) {
      Thread.onSpinWait();
    }
    throw new RejectedExecutionException("it is taken over all the same");
  }

  /** What the other thread does. */
  void runTaken() {
    for (int i = 0; i < PAUSES && taken == null; i++) {
      Thread.onSpinWait();
    }
    fetched = true;
    Runnable task = taken;
    if (task != null) {
      task.run();
    }
  }
}
