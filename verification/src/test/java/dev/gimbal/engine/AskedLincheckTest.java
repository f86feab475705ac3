package dev.gimbal.engine;

import dev.gimbal.mutants.InPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Asked} under Lincheck: a source speaks to one who reloads and unasked, while that one
 * goes. In every interleaving that it tries all of it comes once and in order.
 */
@Tag("race")
class AskedLincheckTest {

  private static final int INVOCATIONS = 60;

  /** What came unasked, in a plain list: whoever adds to it holds the order. */
  private static final class Came implements Consumer<Said> {
    final List<Said> said = new ArrayList<>();

    @Override
    public void accept(Said next) {
      said.add(next);
    }
  }

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Saying extends Thread {
    private final Asked asked;
    private final Asked.Asker asker;

    Saying(Asked asked, Asked.Asker asker) {
      this.asked = asked;
      this.asker = asker;
    }

    @Override
    public void run() {
      asked.say(Sayings.document(2));
      asked.say(asker, Sayings.document(3));
    }
  }

  @Test
  void say_besideGiveUp_comesOnceAndInOrder() {
    explore();
  }

  @Test
  void giveUpWithoutOrderTwin_isCaught() {
    InPlace.isCaught("Asked.givesUpWithoutOrder", AskedLincheckTest::explore);
  }

  @Test
  void lateAnswerKeptTwin_isCaught() {
    InPlace.isCaught("Asked.lateAnswerKept", AskedLincheckTest::explore);
  }

  private static void explore() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Came came = new Came();
          Asked asked = new Asked(came);
          Asked.Asker asker = asked.begin();
          asked.say(asker, Sayings.document(1));
          Thread source = new Saying(asked, asker);
          source.start();
          asked.giveUp(asker);
          join(source);
          if (Sayings.digits(came.said) != 123) {
            throw new AssertionError("came " + Sayings.digits(came.said));
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
