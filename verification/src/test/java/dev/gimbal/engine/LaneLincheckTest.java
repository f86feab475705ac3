package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Lane} under Lincheck: two threads submit, in every interleaving that it tries. Each task
 * counts in a plain field, so that two at once, or one that is left behind, make it too small.
 */
@Tag("race")
class LaneLincheckTest {

  private static final int INVOCATIONS = 1_000;

  /** What tasks count in. */
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

  @Test
  @Tag("class1")
  void submit_byTwoThreads_runsEachTaskAlone() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Count count = new Count();
          Lane lane =
              new Lane(
                  e -> {
                    throw new AssertionError(e);
                  },
                  drain -> false);
          Thread other =
              new Thread() {
                @Override
                public void run() {
                  lane.submit(new Counting(count));
                }
              };
          other.start();
          lane.submit(new Counting(count));
          lane.submit(new Counting(count));
          join(other);
          expect(3, count);
        });
  }

  @Test
  void submit_byTwoThreadsLeavingTwin_isCaught() {
    assertThrows(
        LincheckAssertionError.class,
        () ->
            Lincheck.runConcurrentTest(
                INVOCATIONS,
                () -> {
                  Count count = new Count();
                  SeededLanes.LeavesOne lane = new SeededLanes.LeavesOne();
                  Thread other =
                      new Thread() {
                        @Override
                        public void run() {
                          lane.submit(new Counting(count));
                        }
                      };
                  other.start();
                  lane.submit(new Counting(count));
                  lane.submit(new Counting(count));
                  join(other);
                  expect(3, count);
                }));
  }

  @Test
  void submit_byTwoThreadsFlagTwin_isCaught() {
    assertThrows(
        LincheckAssertionError.class,
        () ->
            Lincheck.runConcurrentTest(
                INVOCATIONS,
                () -> {
                  Count count = new Count();
                  SeededLanes.TwoAtOnce lane = new SeededLanes.TwoAtOnce();
                  Thread other =
                      new Thread() {
                        @Override
                        public void run() {
                          lane.submit(new Counting(count));
                        }
                      };
                  other.start();
                  lane.submit(new Counting(count));
                  join(other);
                  expect(2, count);
                }));
  }

  private static void expect(int tasks, Count count) {
    if (count.value != tasks) {
      throw new AssertionError(count.value + " of " + tasks + " tasks ran");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
