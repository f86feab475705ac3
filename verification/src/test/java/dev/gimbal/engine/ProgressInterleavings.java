package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import java.time.Duration;
import java.util.List;

/** Waiting until something holds. */
final class ProgressInterleavings {

  private ProgressInterleavings() {}

  /** Two wait for different things: each is woken by its own. */
  static final class TwoWait extends EngineScenario {
    private final Progress progress = new Progress();
    private volatile int now;

    private void await(int value) throws InterruptedException {
      assertTrue(progress.await(() -> now >= value, Duration.ofSeconds(1)));
      assertTrue(now >= value);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> await(2),
          () -> await(1),
          () -> {
            now = 1;
            progress.changed();
            now = 2;
            progress.changed();
          });
    }

    @Override
    void look() throws Exception {
      var waiting = Progress.class.getDeclaredField("waiting");
      waiting.setAccessible(true);
      assertEquals("0", waiting.get(progress).toString(), "still counted");
    }
  }

  /** An interrupt ends the one wait, and not the other, which keeps it. */
  static final class InterruptedWait extends EngineScenario {
    private final Progress progress = new Progress();
    private volatile int now;
    private Thread first;
    private Thread second;
    private boolean interrupted;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            first = Thread.currentThread();
            assertTrue(progress.awaitUninterruptibly(() -> now > 0, Duration.ofSeconds(1)));
            assertEquals(1, now, "it ended by the interrupt");
            assertEquals(interrupted, Thread.interrupted(), "the interrupt is lost");
          },
          () -> {
            Thread waiting = first;
            if (waiting != null) {
              interrupted = true;
              waiting.interrupt();
            }
            now = 1;
            progress.changed();
          });
    }

    @Override
    public void threadEnds() {
      boolean ignored = Thread.interrupted();
      super.threadEnds();
    }
  }

  /** A wait that nobody ends takes its time and no more. */
  static final class TimedWait extends EngineScenario {
    private final Progress progress = new Progress();

    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertFalse(progress.await(() -> false, Duration.ofNanos(100))),
          () -> assertFalse(progress.awaitUninterruptibly(() -> false, Duration.ofNanos(100))),
          progress::changed,
          progress::changed);
    }

    @Override
    void look() {
      assertEquals(100, Points.nanoTime());
    }
  }
}
