package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Steps of several threads on one lane. */
final class LaneInterleavings {

  private LaneInterleavings() {}

  abstract static class WithLane extends EngineScenario {
    final List<Throwable> bugs = new ArrayList<>();
    final List<Integer> ran = new ArrayList<>();
    final Lane lane = new Lane(bugs::add, this::handOver);
    boolean refusing;
    int handOvers;
    private volatile boolean inside;

    boolean handOver(Runnable drain) {
      handOvers++;
      if (refusing) {
        return false;
      }
      Points.spawn("lane", drain);
      return true;
    }

    void step(int number) {
      if (inside) {
        Points.fail("two steps at once");
      }
      inside = true;
      ran.add(number);
      inside = false;
    }

    void submit(int number) {
      lane.submit(() -> step(number));
    }

    void lookRan(int count) {
      assertEquals(count, ran.size(), () -> "ran " + ran);
      assertEquals(count, ran.stream().distinct().count(), () -> "ran " + ran);
    }
  }

  /** Each runs once, alone, and those of one thread in their order. */
  static final class Submits extends WithLane {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            submit(1);
            submit(2);
          },
          () -> submit(3),
          () -> submit(4));
    }

    @Override
    void look() {
      lookRan(4);
      assertTrue(ran.indexOf(1) < ran.indexOf(2), () -> "out of order: " + ran);
      assertEquals(List.of(), bugs);
    }
  }

  /** Each caller has its own result, or its own failure; what a step throws stops no other. */
  static final class Calls extends WithLane {
    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertEquals("a", lane.call(() -> answer(1, "a"))),
          () -> {
            assertThrows(CancellationException.class, () -> lane.call(this::failing));
            assertEquals("b", lane.call(() -> answer(2, "b")));
          },
          () ->
              lane.submit(
                  () -> {
                    throw new AssertionError("a bug");
                  }));
    }

    private String answer(int number, String answer) {
      step(number);
      return answer;
    }

    private String failing() {
      step(3);
      throw new CancellationException();
    }

    @Override
    void look() {
      lookRan(3);
      assertEquals(1, bugs.size());
    }
  }

  /** Who waits for a step keeps an interrupt for later. */
  static final class InterruptedCall extends WithLane {
    private Thread caller;
    private boolean interrupted;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            caller = Thread.currentThread();
            assertEquals(
                1,
                lane.<Integer>call(
                    () -> {
                      step(1);
                      return 1;
                    }));
            if (interrupted) {
              assertTrue(Thread.interrupted(), "the interrupt is lost");
            }
          },
          () ->
              lane.submit(
                  () -> {
                    step(2);
                    Thread waiting = caller;
                    if (waiting != null && !ran.contains(1)) {
                      waiting.interrupt();
                      interrupted = true;
                    }
                  }));
    }

    @Override
    public void threadEnds() {
      boolean ignored = Thread.interrupted();
      super.threadEnds();
    }

    @Override
    void look() {
      lookRan(2);
    }
  }

  /** A thread that has done its turn hands the lane over; nothing is left, nothing runs twice. */
  abstract static class Turns extends WithLane {
    private int flood;

    @Override
    public List<Act> acts() {
      return List.of(
          () ->
              lane.submit(
                  () -> {
                    for (int i = 0; i < Lane.TURN; i++) {
                      lane.submit(() -> flood++);
                    }
                    submit(2);
                    submit(3);
                  }),
          () -> submit(1));
    }

    @Override
    void look() {
      assertEquals(Lane.TURN, flood);
      lookRan(3);
      assertTrue(handOvers > 0);
    }
  }

  static final class TurnsHandedOver extends Turns {}

  static final class TurnsRefused extends Turns {
    @Override
    public void begin() {
      refusing = true;
    }
  }

  /** A lane that moves out: nothing is left, nothing runs twice, and callers run nothing. */
  static final class MovesOut extends WithLane {
    private Thread mover;
    private boolean calling;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            mover = Thread.currentThread();
            submit(1);
            lane.moveOut();
            calling = true;
            lane.submit(
                () -> {
                  if (calling && Thread.currentThread() == mover) {
                    Points.fail("it runs on the thread of its caller");
                  }
                  step(2);
                });
            calling = false;
          },
          () -> {
            submit(3);
            submit(4);
          });
    }

    @Override
    void look() {
      lookRan(4);
      assertTrue(ran.indexOf(3) < ran.indexOf(4), () -> "out of order: " + ran);
      assertEquals(List.of(), bugs);
    }
  }

  /** The same where there is no thread for it: its callers run it. */
  static final class MovesNowhere extends WithLane {
    @Override
    public void begin() {
      refusing = true;
      lane.moveOut();
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            submit(1);
            submit(2);
          },
          () -> submit(3));
    }

    @Override
    void look() {
      lookRan(3);
      assertTrue(handOvers > 0);
    }
  }
}
