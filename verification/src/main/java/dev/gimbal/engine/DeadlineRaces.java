package dev.gimbal.engine;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * {@link ParseDeadline} under jcstress: r1 whether the parse was in time, r2 whether somebody was
 * told that it is late, r3 whether an interrupt is left when it has ended.
 */
public final class DeadlineRaces {

  private static final int PAUSES = 100;

  private DeadlineRaces() {}

  private static void pause(int pauses) {
    for (int i = 0; i < pauses; i++) {
      Thread.onSpinWait();
    }
  }

  /** In time or late, never both, and the interrupt stays inside. */
  @JCStressTest
  @Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE, desc = "in time")
  @Outcome(id = "false, true, false", expect = Expect.ACCEPTABLE, desc = "late")
  @State
  public static class InTimeOrLate {
    private volatile @Nullable ParseDeadline deadline;
    private volatile boolean told;

    @Actor
    public void parse(ZZZ_Result r) {
      ParseDeadline own = new ParseDeadline();
      deadline = own;
      pause(PAUSES);
      r.r1 = own.end();
      pause(PAUSES);
      r.r3 = Thread.interrupted();
    }

    @Actor
    public void timer() {
      for (int i = 0; i < PAUSES; i++) {
        ParseDeadline begun = deadline;
        if (begun != null) {
          begun.pass(() -> told = true);
          return;
        }
      }
    }

    @Arbiter
    public void end(ZZZ_Result r) {
      r.r2 = told;
    }
  }

  /** The look is apart from the interrupt. */
  @JCStressTest
  @Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE)
  @Outcome(id = "false, true, false", expect = Expect.ACCEPTABLE)
  @State
  public static class InTimeOrLateTwin {
    private volatile SeededDeadlines.@Nullable Loose deadline;
    private volatile boolean told;

    @Actor
    public void parse(ZZZ_Result r) {
      SeededDeadlines.Loose own = new SeededDeadlines.Loose();
      deadline = own;
      pause(PAUSES);
      r.r1 = own.end();
      pause(PAUSES);
      r.r3 = Thread.interrupted();
    }

    @Actor
    public void timer() {
      for (int i = 0; i < PAUSES; i++) {
        SeededDeadlines.Loose begun = deadline;
        if (begun != null) {
          begun.pass(() -> told = true);
          return;
        }
      }
    }

    @Arbiter
    public void end(ZZZ_Result r) {
      r.r2 = told;
    }
  }
}
