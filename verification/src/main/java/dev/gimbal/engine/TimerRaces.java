package dev.gimbal.engine;

import dev.gimbal.source.Tasks;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The timer of {@link EngineTasks} under jcstress: it may come due more than once, while the system
 * has no threads. The scenario stands above its twin.
 */
public final class TimerRaces {

  /** Begins no thread, because nothing is set. */
  private static final EngineTasks TASKS = new EngineTasks();

  private static final Constructor<?> TIMER;
  private static final Method BEGIN;

  static {
    try {
      Class<?> type = Class.forName(EngineTasks.class.getName() + "$Timer");
      TIMER = type.getDeclaredConstructor(EngineTasks.class, String.class, Runnable.class);
      TIMER.setAccessible(true);
      BEGIN = type.getDeclaredMethod("begin");
      BEGIN.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private TimerRaces() {}

  private static Tasks.Cancellable timer(Runnable task) {
    try {
      return (Tasks.Cancellable) TIMER.newInstance(TASKS, "timer", task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void begin(Tasks.Cancellable timer) {
    try {
      BEGIN.invoke(timer);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It begins once. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "once")
  @State
  public static class BeginsOnce {
    private final AtomicInteger runs = new AtomicInteger();
    private final Tasks.Cancellable timer = timer(runs::incrementAndGet);

    @Actor
    public void due() {
      begin(timer);
    }

    @Actor
    public void dueAgain() {
      begin(timer);
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = runs.get();
    }
  }

  /** The look is apart from the act. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @State
  public static class BeginsOnceTwin {
    private final AtomicInteger runs = new AtomicInteger();
    private final SeededTimers.Loose timer = new SeededTimers.Loose(runs::incrementAndGet);

    @Actor
    public void due() {
      timer.begin();
    }

    @Actor
    public void dueAgain() {
      timer.begin();
    }

    @Arbiter
    public void end(I_Result r) {
      r.r1 = runs.get();
    }
  }
}
