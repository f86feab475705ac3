package dev.gimbal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import dev.gimbal.interleavings.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The steps of a session, and the answer to one who reloads. */
final class AnswersInterleavings {

  private AnswersInterleavings() {}

  /** Steps run alone, each once; what one throws reaches its own caller only. */
  static final class StepsOfThree implements Scenario {
    private final List<Throwable> stray = new ArrayList<>();
    private final List<Integer> ran = new ArrayList<>();
    private final Steps steps = new Steps(this::report);
    private volatile boolean inside;

    private void report(Throwable failure) {
      stray.add(failure);
      throw new IllegalStateException("the report fails");
    }

    private void step(int number) {
      if (inside) {
        Points.fail("two steps at once");
      }
      inside = true;
      ran.add(number);
      inside = false;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            steps.run(() -> step(1));
            steps.run(() -> step(2));
          },
          () -> {
            try {
              steps.run(
                  () -> {
                    step(3);
                    throw new IllegalArgumentException("own");
                  });
            } catch (IllegalArgumentException e) {
              stray.add(e);
            }
          },
          () -> steps.run(() -> step(4)));
    }

    @Override
    public void end() {
      assertEquals(4, ran.size(), () -> "ran " + ran);
      assertTrue(ran.indexOf(1) < ran.indexOf(2), () -> "ran " + ran);
      assertEquals(1, stray.size());
      assertEquals("own", stray.get(0).getMessage());
      steps.run(() -> step(5));
      assertEquals(5, ran.size());
    }
  }

  /** One who reloads is answered, or goes: never both, and nobody calls it once it has gone. */
  static final class AnswerBesideRelease implements Scenario {
    private final ExploredSink sink = new ExploredSink();
    private final Asker asker = new Asker(sink);
    private volatile boolean gone;
    private volatile int answers;
    private int taken;

    private void answer() {
      boolean took =
          asker.answer(
              to -> {
                if (gone) {
                  Points.fail("answered after it had gone");
                }
                answers++;
                answers++;
              });
      taken += took ? 1 : 0;
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            asker.await();
            gone = true;
          },
          this::answer,
          this::answer,
          asker::release);
    }

    @Override
    public void end() {
      assertTrue(taken <= 1, "answered twice");
      assertEquals(2 * taken, answers);
    }
  }

  /** An interrupt lets it go, unless it is being answered; it is kept. */
  static final class AnswerBesideInterrupt implements Scenario {
    private final Asker asker = new Asker(new ExploredSink());
    private volatile boolean gone;
    private volatile int answers;
    private Thread waiting;

    /** Written when the interrupt has come. */
    private boolean interrupted;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            waiting = Thread.currentThread();
            asker.await();
            gone = true;
            boolean was = interrupted;
            assertTrue(Thread.interrupted() || !was, "the interrupt is lost");
          },
          () -> {
            Thread thread = waiting;
            if (thread == null) {
              asker.release();
            } else {
              thread.interrupt();
              interrupted = true;
            }
          },
          () -> {
            if (waiting != null) {
              boolean ignored =
                  asker.answer(
                      to -> {
                        if (gone) {
                          Points.fail("answered after it had gone");
                        }
                        answers++;
                        answers++;
                      });
            }
          });
    }
  }

  /** What an answer throws is thrown to who waits. */
  static final class AnswerThatThrows implements Scenario {
    private final Asker asker = new Asker(new ExploredSink());

    @Override
    public List<Act> acts() {
      return List.of(
          () -> assertThrows(IllegalArgumentException.class, asker::await),
          () -> {
            boolean took =
                asker.answer(
                    to -> {
                      throw new IllegalArgumentException("thrown");
                    });
            assertEquals(false, took);
          });
    }
  }
}
