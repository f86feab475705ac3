package dev.gimbal.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@link Lane} under jcstress. The tasks count in a plain field: two at once, one that does not see
 * what the one before it wrote, and one that is left behind all make the count too small. Each
 * scenario stands above its twins.
 */
public final class LaneRaces {

  private LaneRaces() {}

  private static Lane lane() {
    return new Lane(
        e -> {
          throw new IllegalStateException(e);
        },
        drain -> false);
  }

  /** Two tasks of each thread. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE, desc = "each once, alone")
  @State
  public static class EachTaskRunsAlone {
    private final Lane lane = lane();
    private int count;

    @Actor
    public void one() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Actor
    public void other() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = count;
    }
  }

  /** The queue is not looked at again. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE)
  @State
  public static class EachTaskRunsAloneLeavingTwin {
    private final SeededLanes.LeavesOne lane = new SeededLanes.LeavesOne();
    private int count;

    @Actor
    public void one() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Actor
    public void other() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = count;
    }
  }

  /** The look at the flag is apart from its change. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE)
  @State
  public static class EachTaskRunsAloneFlagTwin {
    private final SeededLanes.TwoAtOnce lane = new SeededLanes.TwoAtOnce();
    private int count;

    @Actor
    public void one() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Actor
    public void other() {
      lane.submit(() -> count++);
      lane.submit(() -> count++);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = count;
    }
  }

  /** One more task than a turn has, so that the lane changes hands; and one from elsewhere. */
  @JCStressTest
  @Outcome(id = "258", expect = Expect.ACCEPTABLE, desc = "each once, alone")
  @State
  public static class HandOver {
    private final AtomicReference<@Nullable Runnable> handed = new AtomicReference<>();
    private final Lane lane =
        new Lane(
            e -> {
              throw new IllegalStateException(e);
            },
            drain -> handed.compareAndSet(null, drain));
    private int count;

    @Actor
    public void flood() {
      lane.submit(
          () -> {
            for (int i = 0; i < Lane.TURN; i++) {
              lane.submit(() -> count++);
            }
            count++;
          });
    }

    @Actor
    public void other() {
      lane.submit(() -> count++);
      goOn();
    }

    private void goOn() {
      Runnable drain = handed.getAndSet(null);
      if (drain != null) {
        drain.run();
      }
    }

    @Arbiter
    public void end(I_Result r) {
      goOn();
      r.r1 = count;
    }
  }

  /** Who handed it over goes on. */
  @JCStressTest
  @Outcome(id = "258", expect = Expect.ACCEPTABLE)
  @State
  public static class HandOverTwin {
    private final AtomicReference<@Nullable Runnable> handed = new AtomicReference<>();
    private final SeededLanes.GoesOn lane =
        new SeededLanes.GoesOn(drain -> handed.compareAndSet(null, drain));
    private int count;

    @Actor
    public void flood() {
      lane.submit(
          () -> {
            for (int i = 0; i < Lane.TURN; i++) {
              lane.submit(() -> count++);
            }
            count++;
          });
    }

    @Actor
    public void other() {
      lane.submit(() -> count++);
      goOn();
    }

    private void goOn() {
      Runnable drain = handed.getAndSet(null);
      if (drain != null) {
        drain.run();
      }
    }

    @Arbiter
    public void end(I_Result r) {
      goOn();
      r.r1 = count;
    }
  }
}
