package dev.gimbal.source;

import dev.gimbal.mutants.InPlace;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Steps} under Lincheck: two threads give steps, in every interleaving that it tries. Each
 * step counts in a plain field, so that two at once, or one that is left behind, make it too small.
 */
@Tag("race")
class StepsLincheckTest {

  private static final int INVOCATIONS = 300;

  /** What steps count in. */
  private static final class Count {
    int value;
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Counting implements Runnable {
    private final Count count;

    Counting(Count count) {
      this.count = count;
    }

    @Override
    public void run() {
      count.value++;
    }
  }

  private static final class Giving extends Thread {
    private final Steps steps;
    private final Count count;

    Giving(Steps steps, Count count) {
      this.steps = steps;
      this.count = count;
    }

    @Override
    public void run() {
      steps.run(new Counting(count));
    }
  }

  @Test
  @Tag("class1")
  void run_byTwoThreads_runsEachStepAlone() {
    explore();
  }

  @Test
  void run_byTwoThreads_compiledAnew_isTheSame() {
    InPlace.holdsWithout("Steps.countedApart", StepsLincheckTest::explore);
  }

  @Test
  void countedApartTwin_isCaught() {
    InPlace.isCaught("Steps.countedApart", StepsLincheckTest::explore);
  }

  private static void explore() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Count count = new Count();
          Steps steps =
              new Steps(
                  e -> {
                    throw new AssertionError(e);
                  });
          Thread other = new Giving(steps, count);
          other.start();
          steps.run(new Counting(count));
          steps.run(new Counting(count));
          join(other);
          if (count.value != 3) {
            throw new AssertionError(count.value + " of 3 steps ran");
          }
        });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
