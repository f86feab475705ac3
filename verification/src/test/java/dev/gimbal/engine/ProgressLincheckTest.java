package dev.gimbal.engine;

import dev.gimbal.mutants.InPlace;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Progress} under Lincheck: one thread waits, another changes what it waits for. In every
 * interleaving that it tries the wait ends.
 */
@Tag("race")
class ProgressLincheckTest {

  private static final int INVOCATIONS = 100;

  private static final Duration LONG = Duration.ofDays(1);

  /** What is waited for. */
  private static final class Cell implements BooleanSupplier {
    volatile boolean changed;

    @Override
    public boolean getAsBoolean() {
      return changed;
    }
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Changing extends Thread {
    private final Progress progress;
    private final Cell cell;

    Changing(Progress progress, Cell cell) {
      this.progress = progress;
      this.cell = cell;
    }

    @Override
    public void run() {
      cell.changed = true;
      progress.changed();
    }
  }

  @Test
  void await_besideAChange_ends() {
    explore();
  }

  @Test
  void countedLateTwin_isCaught() {
    InPlace.isCaught("Progress.countsLate", ProgressLincheckTest::explore);
  }

  @Test
  void lookBeforeTheLockTwin_isCaught() {
    InPlace.isCaught("Progress.looksBeforeTheLock", ProgressLincheckTest::explore);
  }

  private static void explore() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Cell cell = new Cell();
          Progress progress = new Progress();
          Thread other = new Changing(progress, cell);
          other.start();
          try {
            if (!progress.await(cell, LONG)) {
              throw new AssertionError("not woken");
            }
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
