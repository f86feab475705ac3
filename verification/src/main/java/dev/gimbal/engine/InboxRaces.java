package dev.gimbal.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link Inbox} under jcstress. Each scenario stands above its twin. */
public final class InboxRaces {

  private InboxRaces() {}

  /** Nothing is lost, nothing comes twice, the order stays. */
  @JCStressTest
  @Outcome(id = "0, 192", expect = Expect.ACCEPTABLE, desc = "took nothing yet")
  @Outcome(id = "1, 92", expect = Expect.ACCEPTABLE)
  @Outcome(id = "19, 2", expect = Expect.ACCEPTABLE)
  @Outcome(id = "192, 0", expect = Expect.ACCEPTABLE, desc = "took all")
  @State
  public static class TakeBesidePuts {
    private final Inbox inbox = new Inbox();

    @Actor
    public void source() {
      inbox.put(Sayings.document(1));
      inbox.put(Sayings.failed());
      inbox.put(Sayings.document(2));
    }

    @Actor
    public void lane(II_Result r) {
      r.r1 = Sayings.digits(inbox.takeAll());
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Sayings.digits(inbox.takeAll());
    }
  }

  /** Taking is two steps. */
  @JCStressTest
  @Outcome(id = "0, 192", expect = Expect.ACCEPTABLE)
  @Outcome(id = "1, 92", expect = Expect.ACCEPTABLE)
  @Outcome(id = "19, 2", expect = Expect.ACCEPTABLE)
  @Outcome(id = "192, 0", expect = Expect.ACCEPTABLE)
  @State
  public static class TakeBesidePutsTwin {
    private final SeededInboxes.Torn inbox = new SeededInboxes.Torn();

    @Actor
    public void source() {
      inbox.put(Sayings.document(1));
      inbox.put(Sayings.failed());
      inbox.put(Sayings.document(2));
    }

    @Actor
    public void lane(II_Result r) {
      r.r1 = Sayings.digits(inbox.takeAll());
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = Sayings.digits(inbox.takeAll());
    }
  }

  /** Of two documents the newer stays, whichever comes last. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the newer alone")
  @State
  public static class NewerDocumentStays {
    private final Inbox inbox = new Inbox();

    @Actor
    public void older() {
      inbox.put(Sayings.document(1));
    }

    @Actor
    public void newer() {
      inbox.put(Sayings.document(2));
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = Sayings.digits(inbox.takeAll());
    }
  }

  /** The last that comes stays. */
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE)
  @State
  public static class NewerDocumentStaysTwin {
    private final SeededInboxes.Blind inbox = new SeededInboxes.Blind();

    @Actor
    public void older() {
      inbox.put(Sayings.document(1));
    }

    @Actor
    public void newer() {
      inbox.put(Sayings.document(2));
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = Sayings.digits(inbox.takeAll());
    }
  }

  /** A full inbox: who says more waits for room and loses nothing. */
  @JCStressTest
  @Outcome(id = "1024, 1", expect = Expect.ACCEPTABLE, desc = "all of it")
  @State
  public static class FullInbox {
    private final Inbox inbox = new Inbox();

    public FullInbox() {
      for (int i = 0; i < Inbox.BOUND; i++) {
        inbox.put(Sayings.failed());
      }
    }

    @Actor
    public void source() {
      inbox.put(Sayings.failed());
    }

    @Actor
    public void lane(II_Result r) {
      r.r1 = inbox.takeAll().size();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = inbox.takeAll().size();
    }
  }

  /** It drops what finds no room. */
  @JCStressTest
  @Outcome(id = "1024, 1", expect = Expect.ACCEPTABLE)
  @State
  public static class FullInboxTwin {
    private final SeededInboxes.Dropping inbox = new SeededInboxes.Dropping();

    public FullInboxTwin() {
      for (int i = 0; i < Inbox.BOUND; i++) {
        inbox.put(Sayings.failed());
      }
    }

    @Actor
    public void source() {
      inbox.put(Sayings.failed());
    }

    @Actor
    public void lane(II_Result r) {
      r.r1 = inbox.takeAll().size();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = inbox.takeAll().size();
    }
  }
}
