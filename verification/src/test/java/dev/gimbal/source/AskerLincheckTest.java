package dev.gimbal.source;

import dev.gimbal.mutants.InPlace;
import java.util.function.Consumer;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Asker} under Lincheck: one thread answers, another lets it go and waits. It is answered or
 * it has gone, and nobody calls it once the wait is over.
 */
@Tag("race")
class AskerLincheckTest {

  private static final int INVOCATIONS = 200;

  /** The answer, which counts in two steps. */
  private static final class Answer implements Consumer<Sink> {
    volatile int steps;

    @Override
    public void accept(Sink sink) {
      steps++;
      steps++;
    }
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Answering extends Thread {
    private final Asker asker;
    private final Answer answer;
    boolean took;

    Answering(Asker asker, Answer answer) {
      this.asker = asker;
      this.answer = answer;
    }

    @Override
    public void run() {
      took = asker.answer(answer);
    }
  }

  @Test
  void answer_besideRelease_isWholeOrNone() {
    explore();
  }

  @Test
  void answeredApartTwin_isCaught() {
    InPlace.isCaught("Asker.answersApart", AskerLincheckTest::explore);
  }

  @Test
  void endBeforeTheAnswerTwin_isCaught() {
    InPlace.isCaught("Asker.endsBeforeTheAnswer", AskerLincheckTest::explore);
  }

  private static void explore() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Answer answer = new Answer();
          Asker asker = new Asker(null);
          Answering other = new Answering(asker, answer);
          other.start();
          asker.release();
          asker.await();
          int seen = answer.steps;
          join(other);
          if (seen != answer.steps || seen != (other.took ? 2 : 0)) {
            throw new AssertionError(seen + ", then " + answer.steps + ", took " + other.took);
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
