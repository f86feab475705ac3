package dev.gimbal.engine;

import dev.gimbal.mutants.InPlace;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link ParseDeadline} under Lincheck: a parse ends while its time does. In every interleaving
 * that it tries it is in time or late, never both, and no interrupt is left behind.
 */
@Tag("race")
class ParseDeadlineLincheckTest {

  private static final int INVOCATIONS = 200;

  private static final class Told implements Runnable {
    volatile boolean late;

    @Override
    public void run() {
      late = true;
    }
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Timing extends Thread {
    private final ParseDeadline deadline;
    private final Told told;

    Timing(ParseDeadline deadline, Told told) {
      this.deadline = deadline;
      this.told = told;
    }

    @Override
    public void run() {
      deadline.pass(told);
    }
  }

  @Test
  void end_besidePass_isInTimeOrLate_andLeavesNoInterrupt() {
    explore();
  }

  @Test
  void interruptAfterTheEndTwin_isCaught() {
    InPlace.isCaught("ParseDeadline.interruptsAfterTheEnd", ParseDeadlineLincheckTest::explore);
  }

  private static void explore() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Told told = new Told();
          ParseDeadline deadline = new ParseDeadline();
          Thread timer = new Timing(deadline, told);
          timer.start();
          boolean inTime = deadline.end();
          boolean late = told.late;
          try {
            timer.join();
          } catch (InterruptedException e) {
            throw new AssertionError("an interrupt is left", e);
          }
          if (inTime == late || late != told.late || Thread.interrupted()) {
            throw new AssertionError("in time " + inTime + ", late " + late + told.late);
          }
        });
  }
}
