package dev.gimbal.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZI_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * {@link Mailbox} under jcstress: real threads, all compiler modes. Each scenario stands above its
 * twin, the same steps on a mailbox with a seeded bug, where what is not listed must be seen.
 */
public final class MailboxRaces {

  private MailboxRaces() {}

  /** G2: whatever the consumer takes meanwhile, the last offer arrives. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "came before both")
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "took the first, then the last")
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "took the last")
  @State
  public static class LastOfferArrives {
    private final Mailbox mailbox = new Mailbox();

    @Actor
    public void publisher() {
      mailbox.offer(Snapshots.of(1));
      mailbox.offer(Snapshots.of(2));
    }

    @Actor
    public void consumer(II_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r2 = Snapshots.version(mailbox.take());
    }
  }

  /** The queue of one is full, so the newest is dropped. */
  @JCStressTest
  @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE)
  @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE)
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE)
  @State
  public static class LastOfferArrivesTwin {
    private final ReferenceMailbox mailbox = new ReferenceMailbox();

    @Actor
    public void publisher() {
      mailbox.offer(Snapshots.of(1));
      mailbox.offer(Snapshots.of(2));
    }

    @Actor
    public void consumer(II_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r2 = Snapshots.version(mailbox.take());
    }
  }

  /** G3: an older offer that comes late replaces nothing. */
  @JCStressTest
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "the newest, once")
  @State
  public static class OlderNeverReplacesNewer {
    private final Mailbox mailbox = new Mailbox();

    @Actor
    public void older() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void newer() {
      mailbox.offer(Snapshots.of(2));
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
      r.r2 = Snapshots.version(mailbox.take());
    }
  }

  /** The offer writes without a look. */
  @JCStressTest
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE)
  @State
  public static class OlderNeverReplacesNewerTwin {
    private final SeededMailboxes.Blind mailbox = new SeededMailboxes.Blind();

    @Actor
    public void older() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void newer() {
      mailbox.offer(Snapshots.of(2));
    }

    @Arbiter
    public void rest(II_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
      r.r2 = Snapshots.version(mailbox.take());
    }
  }

  /** G4: a take begun after close returned yields nothing, whatever is being published. */
  @JCStressTest
  @Outcome(id = "0, 0, true", expect = Expect.ACCEPTABLE, desc = "nothing after close")
  @State
  public static class NothingAfterClose {
    private final Mailbox mailbox = new Mailbox();

    @Actor
    public void publisher() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void stopper(IIZ_Result r) {
      mailbox.close();
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Arbiter
    public void rest(IIZ_Result r) {
      r.r2 = Snapshots.version(mailbox.take());
      r.r3 = mailbox.isClosed();
    }
  }

  /** Stop against send as it was: the check is apart from the act. */
  @JCStressTest
  @Outcome(id = "0, 0, true", expect = Expect.ACCEPTABLE)
  @State
  public static class NothingAfterCloseTwin {
    private final ReferenceMailbox mailbox = new ReferenceMailbox();

    @Actor
    public void publisher() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void stopper(IIZ_Result r) {
      mailbox.close();
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Arbiter
    public void rest(IIZ_Result r) {
      r.r2 = Snapshots.version(mailbox.take());
      r.r3 = mailbox.isClosed();
    }
  }

  /** G4: a take under way while the mailbox closes does not open it again. */
  @JCStressTest
  @Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "closed first")
  @Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "taken first")
  @State
  public static class ClosedStaysClosed {
    private final Mailbox mailbox = new Mailbox();

    public ClosedStaysClosed() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void consumer(IZ_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Actor
    public void stopper() {
      mailbox.close();
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r2 = mailbox.isClosed();
    }
  }

  /** The take empties the cell with a plain write. */
  @JCStressTest
  @Outcome(id = "0, true", expect = Expect.ACCEPTABLE)
  @Outcome(id = "1, true", expect = Expect.ACCEPTABLE)
  @State
  public static class ClosedStaysClosedTwin {
    private final SeededMailboxes.Reopening mailbox = new SeededMailboxes.Reopening();

    public ClosedStaysClosedTwin() {
      mailbox.offer(Snapshots.of(1));
    }

    @Actor
    public void consumer(IZ_Result r) {
      r.r1 = Snapshots.version(mailbox.take());
    }

    @Actor
    public void stopper() {
      mailbox.close();
    }

    @Arbiter
    public void rest(IZ_Result r) {
      r.r2 = mailbox.isClosed();
    }
  }

  /** G12: who sees the mailbox closed sees what the stopper did before. */
  @JCStressTest
  @Outcome(id = "0, false, [07]", expect = Expect.ACCEPTABLE, desc = "open: nothing is promised")
  @Outcome(id = "0, true, 7", expect = Expect.ACCEPTABLE, desc = "closed, so done")
  @Outcome(id = "7, (false|true), 7", expect = Expect.ACCEPTABLE, desc = "seen without our help")
  @State
  public static class CloseIsSeenWithWhatWasBefore {
    private final Mailbox mailbox = new Mailbox();
    private int done;

    @Actor
    public void stopper() {
      done = 7;
      mailbox.close();
    }

    @Actor
    public void looker(IZI_Result r) {
      r.r1 = done;
      r.r2 = mailbox.isClosed();
      r.r3 = done;
    }
  }

  /** The flag is a plain field: nothing orders it with what was before. */
  @JCStressTest
  @Outcome(id = "0, false, [07]", expect = Expect.ACCEPTABLE)
  @Outcome(id = "0, true, 7", expect = Expect.ACCEPTABLE)
  @Outcome(id = "7, (false|true), 7", expect = Expect.ACCEPTABLE)
  @State
  public static class CloseIsSeenWithWhatWasBeforeTwin {
    private final SeededMailboxes.PlainFlag mailbox = new SeededMailboxes.PlainFlag();
    private int done;

    @Actor
    public void stopper() {
      done = 7;
      mailbox.close();
    }

    @Actor
    public void looker(IZI_Result r) {
      r.r1 = done;
      r.r2 = mailbox.isClosed();
      r.r3 = done;
    }
  }
}
