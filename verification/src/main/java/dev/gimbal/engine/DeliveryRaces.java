package dev.gimbal.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link Delivery} and {@link Dispatcher} under jcstress. Each scenario stands above its twin. */
public final class DeliveryRaces {

  private DeliveryRaces() {}

  /** G2, G3: what is offered while a run ends is delivered, one call at a time. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE, desc = "each once, alone")
  @State
  public static class NothingIsLeftWaiting {
    private final NumberDelivery delivery = new NumberDelivery(Loaders.of(new InlineTasks(), null));

    @Actor
    public void one() {
      delivery.offer();
      delivery.offer();
    }

    @Actor
    public void other() {
      delivery.offer();
      delivery.offer();
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = delivery.ended();
    }
  }

  /** The end of a run looks at nothing. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE)
  @State
  public static class NothingIsLeftWaitingTwin {
    private final SeededDeliveries.Sleepy delivery = new SeededDeliveries.Sleepy();

    @Actor
    public void one() {
      delivery.offer();
      delivery.offer();
    }

    @Actor
    public void other() {
      delivery.offer();
      delivery.offer();
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = delivery.ended();
    }
  }

  /** G4: when close has returned, no call begins, and the one under way has ended. */
  @JCStressTest
  @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "closed first")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "called first")
  @State
  public static class NoCallAfterClose {
    private final NumberDelivery delivery = new NumberDelivery(Loaders.of(new InlineTasks(), null));

    @Actor
    public void lane() {
      delivery.offer();
    }

    @Actor
    public void closer(III_Result r) {
      delivery.close();
      r.r1 = delivery.begun();
      r.r2 = delivery.ended();
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = delivery.begun();
    }
  }

  /** The run announces itself too late. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE)
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE)
  @State
  public static class NoCallAfterCloseTwin {
    private final SeededDeliveries.AnnouncesLate delivery = new SeededDeliveries.AnnouncesLate();

    @Actor
    public void lane() {
      delivery.offer();
    }

    @Actor
    public void closer(II_Result r) {
      delivery.close();
      r.r1 = delivery.begun();
    }

    @Arbiter
    public void end(II_Result r) {
      r.r2 = delivery.begun();
    }
  }

  /** An executor that takes a task over and fails: the delivery runs once all the same. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "there or again, not both")
  @State
  public static class OneRunForEachHandOff {
    private final InlineTasks tasks = new InlineTasks();
    private final TakingExecutor executor = new TakingExecutor();
    private final NumberDelivery delivery = new NumberDelivery(Loaders.of(tasks, executor));

    @Actor
    public void dispatch() {
      delivery.wake();
    }

    @Actor
    public void executorThread() {
      executor.runTaken();
    }

    @Arbiter
    public void end(I_Result r) {
      tasks.runTimers();
      r.r1 = delivery.looks();
    }
  }

  /** There is no ticket. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @State
  public static class OneRunForEachHandOffTwin {
    private final InlineTasks tasks = new InlineTasks();
    private final TakingExecutor executor = new TakingExecutor();
    private final NumberDelivery delivery = new NumberDelivery(Loaders.of(tasks, null));
    private final SeededDeliveries.HandsOffTwice dispatcher =
        new SeededDeliveries.HandsOffTwice(executor, tasks);

    @Actor
    public void dispatch() {
      dispatcher.submit(delivery);
    }

    @Actor
    public void executorThread() {
      executor.runTaken();
    }

    @Arbiter
    public void end(I_Result r) {
      tasks.runTimers();
      r.r1 = delivery.looks();
    }
  }
}
