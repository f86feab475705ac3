package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Mailbox} under Lincheck's model checker: generated scenarios of two threads, their
 * interleavings, and a plain sequential mailbox as the oracle. It assumes sequential consistency;
 * what the compiler and the processor reorder is jcstress's part.
 */
@Tag("race")
class MailboxLincheckTest {

  @Test
  @Tag("D1")
  @Tag("class7")
  @Tag("class9")
  void mailbox_isTheSequentialOneInEveryInterleaving() {
    check(OnMailbox.class, Sequential.class);
  }

  /** G2: one slot that drops the newest. */
  @Test
  void droppingTheNewestTwin_isCaught() {
    assertThrows(LincheckAssertionError.class, () -> check(OnReference.class, Sequential.class));
  }

  /** G4: dropping the newest is allowed here, so that only stop against send is left. */
  @Test
  void stopApartFromSendTwin_isCaught() {
    assertThrows(
        LincheckAssertionError.class,
        () -> check(OnReference.class, SequentialDroppingTheNewest.class));
  }

  /** G3: an older offer writes over a newer one. */
  @Test
  void blindOfferTwin_isCaught() {
    assertThrows(LincheckAssertionError.class, () -> check(OnBlind.class, Sequential.class));
  }

  /** G4: a take writes over CLOSED. */
  @Test
  void reopeningTwin_isCaught() {
    assertThrows(
        LincheckAssertionError.class, () -> check(OnReopening.class, SequentialWithOne.class));
  }

  private static void check(Class<?> operations, Class<?> oracle) {
    new ModelCheckingOptions()
        .iterations(20)
        .invocationsPerIteration(500)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .minimizeFailedScenario(false)
        .sequentialSpecification(oracle)
        .check(operations);
  }

  /** The oracle: no cell, no snapshot, no thread. */
  public static class Sequential {
    int waiting;
    boolean closed;

    public void offer(int version) {
      if (!closed && version > waiting) {
        waiting = version;
      }
    }

    public int take() {
      int taken = closed ? 0 : waiting;
      waiting = 0;
      return taken;
    }

    public boolean close() {
      boolean closes = !closed;
      closed = true;
      waiting = 0;
      return closes;
    }

    public boolean isClosed() {
      return closed;
    }
  }

  /** An oracle in which version 1 waits. */
  public static class SequentialWithOne extends Sequential {
    public SequentialWithOne() {
      offer(1);
    }
  }

  /** An oracle that forgives the drop. */
  public static class SequentialDroppingTheNewest extends Sequential {
    @Override
    public void offer(int version) {
      if (!closed && waiting == 0) {
        waiting = version;
      }
    }
  }

  @Param(name = "version", gen = IntGen.class, conf = "1:3")
  public static class OnMailbox {
    private final Mailbox mailbox = new Mailbox();

    @Operation
    public void offer(@Param(name = "version") int version) {
      mailbox.offer(Snapshots.of(version));
    }

    @Operation
    public int take() {
      return Snapshots.version(mailbox.take());
    }

    @Operation
    public boolean close() {
      return mailbox.close();
    }

    @Operation
    public boolean isClosed() {
      return mailbox.isClosed();
    }
  }

  @Param(name = "version", gen = IntGen.class, conf = "1:3")
  public static class OnReference {
    private final ReferenceMailbox mailbox = new ReferenceMailbox();

    @Operation
    public void offer(@Param(name = "version") int version) {
      mailbox.offer(Snapshots.of(version));
    }

    @Operation
    public int take() {
      return Snapshots.version(mailbox.take());
    }

    // Who closed first is not asked: two stops at once are not this bug.
    @Operation(nonParallelGroup = "stop")
    public boolean close() {
      return mailbox.close();
    }

    @Operation
    public boolean isClosed() {
      return mailbox.isClosed();
    }
  }

  @Param(name = "version", gen = IntGen.class, conf = "1:3")
  public static class OnBlind {
    private final SeededMailboxes.Blind mailbox = new SeededMailboxes.Blind();

    @Operation
    public void offer(@Param(name = "version") int version) {
      mailbox.offer(Snapshots.of(version));
    }

    @Operation
    public int take() {
      return Snapshots.version(mailbox.take());
    }
  }

  public static class OnReopening {
    private final SeededMailboxes.Reopening mailbox = new SeededMailboxes.Reopening();

    public OnReopening() {
      mailbox.offer(Snapshots.of(1));
    }

    // One at a time: two takes at once are not this bug.
    @Operation(nonParallelGroup = "consumer")
    public int take() {
      return Snapshots.version(mailbox.take());
    }

    @Operation
    public boolean close() {
      return mailbox.close();
    }

    @Operation
    public boolean isClosed() {
      return mailbox.isClosed();
    }
  }
}
