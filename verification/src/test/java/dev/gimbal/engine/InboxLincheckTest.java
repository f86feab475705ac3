package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Inbox} under Lincheck's model checker, with a plain sequential inbox as the oracle. It is
 * never full here: {@link InboxWakesTest} fills it.
 */
@Tag("race")
class InboxLincheckTest {

  @Test
  @Tag("class7")
  void inbox_isTheSequentialOneInEveryInterleaving() {
    check(OnInbox.class);
  }

  /** Takes in two steps. */
  @Test
  void tornTakeTwin_isCaught() {
    assertThrows(LincheckAssertionError.class, () -> check(OnTorn.class));
  }

  /** The last document wins, not the newest. */
  @Test
  void blindReplacementTwin_isCaught() {
    assertThrows(LincheckAssertionError.class, () -> check(OnBlind.class));
  }

  private static void check(Class<?> operations) {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Sequential.class)
        .check(operations);
  }

  /** The oracle: digits of what waits. */
  public static class Sequential {
    private static final int FAILED = 9;

    private final Deque<Integer> waiting = new ArrayDeque<>();
    private boolean closed;

    public void document(int revision) {
      if (closed) {
        return;
      }
      Integer last = waiting.peekLast();
      if (last == null || last == FAILED) {
        waiting.add(revision);
      } else if (revision > last) {
        waiting.removeLast();
        waiting.add(revision);
      }
    }

    public void failed() {
      if (!closed) {
        waiting.add(FAILED);
      }
    }

    public int takeAll() {
      int digits = 0;
      for (int digit : waiting) {
        digits = digits * 10 + digit;
      }
      waiting.clear();
      return digits;
    }

    public void close() {
      closed = true;
      waiting.clear();
    }
  }

  @Param(name = "revision", gen = IntGen.class, conf = "1:3")
  public static class OnInbox {
    private final Inbox inbox = new Inbox();

    @Operation
    public void document(@Param(name = "revision") int revision) {
      inbox.put(Sayings.document(revision));
    }

    @Operation
    public void failed() {
      inbox.put(Sayings.failed());
    }

    @Operation
    public int takeAll() {
      return Sayings.digits(inbox.takeAll());
    }

    @Operation
    public void close() {
      inbox.close();
    }
  }

  @Param(name = "revision", gen = IntGen.class, conf = "1:3")
  public static class OnBlind {
    private final SeededInboxes.Blind inbox = new SeededInboxes.Blind();

    @Operation
    public void document(@Param(name = "revision") int revision) {
      inbox.put(Sayings.document(revision));
    }

    @Operation
    public int takeAll() {
      return Sayings.digits(inbox.takeAll());
    }
  }

  // What it does right is all that is asked of it: no documents that follow each other.
  public static class OnTorn {
    private final SeededInboxes.Torn inbox = new SeededInboxes.Torn();

    @Operation
    public void failed() {
      inbox.put(Sayings.failed());
    }

    // One at a time: two takes at once are not this bug.
    @Operation(nonParallelGroup = "lane")
    public int takeAll() {
      return Sayings.digits(inbox.takeAll());
    }
  }
}
