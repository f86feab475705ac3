package dev.gimbal.interleavings;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One run of a scenario: its threads take turns, one moves at a time, and a {@link Schedule} says
 * who goes on wherever they touch something that they share. Time is virtual: it passes only when
 * nobody can go on. What a run does depends on the schedule alone.
 *
 * <p>All fields belong to the thread that has the baton.
 */
final class Run {

  /** Ends the threads of a run that has failed. */
  static final class Aborted extends Error {
    private static final long serialVersionUID = 1L;

    Aborted() {
      super("the run is over", null, false, false);
    }
  }

  private static final int MOST_STEPS = 20_000;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "interleaved");
            thread.setDaemon(true);
            return thread;
          });

  /** The run under way. Written by the thread that drives it. */
  private static volatile Run active;

  private final Supplier<Scenario> maker;
  private final Schedule schedule;
  private final Shared shared;
  private final List<Fiber> fibers = new ArrayList<>();

  /** Who goes on before whom. Who was left although it could go on stands behind all others. */
  private final List<Fiber> order = new ArrayList<>();

  private final Map<Object, Monitor> monitors = new IdentityHashMap<>();
  private final StringBuilder story = new StringBuilder();
  private final List<String> logged = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private Scenario scenario;
  private Fiber current;
  private boolean exploring;
  private boolean aborting;
  private long clock;
  private int steps;
  private Throwable failure;

  private static final class Monitor {
    Fiber owner;
    int holds;
  }

  Run(Supplier<Scenario> maker, Schedule schedule, Shared shared) {
    this.maker = maker;
    this.schedule = schedule;
    this.shared = shared;
  }

  /** The run that the current thread takes part in, or null. */
  static Run ofThisThread() {
    Run run = active;
    return run != null && run.current != null && run.current.thread == Thread.currentThread()
        ? run
        : null;
  }

  /** Runs the scenario; null, or what went wrong. */
  Throwable run() {
    active = this;
    current = newFiber("main", false, this::main);
    current.baton.release();
    over.acquireUninterruptibly();
    active = null;
    return failure;
  }

  String story() {
    return story.toString();
  }

  private void main() throws Exception {
    scenario = maker.get();
    scenario.begin();
    awaitQuiet();
    List<Scenario.Act> acts = scenario.acts();
    List<Fiber> actors = new ArrayList<>();
    for (int i = 0; i < acts.size(); i++) {
      actors.add(newFiber("T" + (i + 1), true, acts.get(i)));
    }
    exploring = true;
    awaitQuiet();
    exploring = false;
    if (clock > 0 && !scenario.timePasses()) {
      throw new AssertionError("a wait ended by its time-out only");
    }
    scenario.end();
  }

  /** Until all others have ended, or sleep and are no acts. */
  private void awaitQuiet() {
    Fiber self = current;
    block(
        "waits for all",
        () -> {
          for (Fiber fiber : fibers) {
            if (fiber != self && !fiber.ended && (fiber.act || fiber.canGoOn())) {
              return false;
            }
          }
          return true;
        },
        Long.MAX_VALUE,
        false);
  }

  private Fiber newFiber(String name, boolean act, Scenario.Act body) {
    Fiber fiber = new Fiber(fibers.size(), name, act);
    fibers.add(fiber);
    order.add(act ? order.size() : order.indexOf(current) + 1, fiber);
    THREADS.execute(
        () -> {
          fiber.thread = Thread.currentThread();
          fiber.baton.acquireUninterruptibly();
          try {
            if (!aborting) {
              body.run();
              scenario.threadEnds();
            }
          } catch (Throwable e) {
            fail(e);
          } finally {
            fiber.ended = true;
            leave(fiber);
          }
        });
    return fiber;
  }

  /** Ends the run, unless it ends already. */
  void fail(Throwable e) {
    if (!aborting) {
      failure = e;
      aborting = true;
    }
  }

  /** Gives the baton to whoever is next, when the current thread has ended. */
  private void leave(Fiber ended) {
    if (ended.id == 0) {
      aborting = true;
    }
    Fiber next = next(ended);
    if (next == null) {
      over.release();
    } else {
      goOn(next);
    }
  }

  private void goOn(Fiber next) {
    current = next;
    next.baton.release();
  }

  /** Who goes on, or null when all have ended. */
  private Fiber next(Fiber from) {
    if (aborting) {
      return fibers.stream().filter(fiber -> !fiber.ended).findFirst().orElse(null);
    }
    List<Fiber> ready = ready(from);
    while (ready.isEmpty()) {
      if (!sleepOn()) {
        failure = new AssertionError("nobody can go on: " + fibers);
        aborting = true;
        return next(from);
      }
      ready = ready(from);
    }
    if (ready.size() == 1 || !exploring) {
      return ready.get(0);
    }
    Fiber chosen = ready.get(schedule.choose(ready.size(), ready.get(0) != from));
    if (chosen != from && ready.get(0) == from) {
      order.remove(from);
      order.add(from);
    }
    return chosen;
  }

  private List<Fiber> ready(Fiber from) {
    List<Fiber> ready = new ArrayList<>(fibers.size());
    if (from.canGoOn()) {
      ready.add(from);
    }
    for (Fiber fiber : order) {
      if (fiber != from && (exploring ? fiber.id != 0 : true) && fiber.canGoOn()) {
        ready.add(fiber);
      }
    }
    if (ready.isEmpty() && exploring && fibers.get(0).canGoOn()) {
      ready.add(fibers.get(0));
    }
    return ready;
  }

  /** Lets time pass until the next deadline; whether there is one. */
  private boolean sleepOn() {
    Fiber first = null;
    for (Fiber fiber : fibers) {
      if (fiber.sleeps() && (first == null || fiber.deadline < first.deadline)) {
        first = fiber;
      }
    }
    if (first == null) {
      return false;
    }
    clock = Math.max(clock, first.deadline);
    first.timedOut = true;
    return true;
  }

  // ---- what the threads do

  /** Touches something; another thread may go on before. */
  void point(int place) {
    step();
    if (exploring) {
      shared.touched(place, current.id);
      if (shared.isShared(place)) {
        mayChange(Shared.name(place));
      }
    }
  }

  private void step() {
    if (!aborting && ++steps > MOST_STEPS) {
      fail(new AssertionError("it does not end: " + fibers));
    }
    if (aborting) {
      throw new Aborted();
    }
  }

  private void mayChange(String place) {
    current.place = place;
    Fiber self = current;
    Fiber next = next(self);
    if (next != self) {
      tell(self, next);
      handOver(self, next);
    }
  }

  private void tell(Fiber from, Fiber to) {
    if (exploring) {
      story.append("  ").append(from).append("; ").append(to.name).append(" goes on\n");
    }
  }

  private void handOver(Fiber self, Fiber next) {
    goOn(next);
    self.baton.acquireUninterruptibly();
    if (aborting) {
      throw new Aborted();
    }
  }

  /** Waits until something holds. */
  Fiber.Woken block(String place, BooleanSupplier condition, long nanos, boolean interruptible) {
    step();
    Fiber self = current;
    self.place = place;
    self.condition = condition;
    self.interruptible = interruptible;
    self.deadline = nanos == Long.MAX_VALUE ? nanos : clock + Math.max(0, nanos);
    self.timedOut = nanos <= 0;
    Fiber next = next(self);
    if (next != self) {
      tell(self, next);
      handOver(self, next);
    } else if (aborting) {
      throw new Aborted();
    }
    Fiber.Woken woken = self.woken();
    self.condition = null;
    self.timedOut = false;
    return woken;
  }

  void spawn(String name, Runnable body) {
    Fiber spawned = newFiber(name, false, body::run);
    if (exploring) {
      mayChange("begins " + spawned.name);
    }
  }

  long nanoTime() {
    return clock;
  }

  Fiber current() {
    return current;
  }

  List<String> logged() {
    return logged;
  }

  // ---- monitors

  void enter(Object object) {
    Monitor monitor = monitors.computeIfAbsent(object, o -> new Monitor());
    Fiber self = current;
    if (monitor.owner != null && monitor.owner != self) {
      block(
          "monitor of " + object.getClass().getSimpleName(),
          () -> monitor.owner == null,
          Long.MAX_VALUE,
          false);
    }
    monitor.owner = self;
    monitor.holds++;
  }

  /** Throws nothing, so that it may stand where an exception passes. */
  void exit(Object object) {
    Monitor monitor = monitors.get(object);
    if (monitor != null && monitor.owner == current && --monitor.holds == 0) {
      monitor.owner = null;
    }
  }

  // ---- parking

  void park(long nanos) {
    Fiber self = current;
    if (!self.permit) {
      Fiber.Woken ignored = block("park", () -> self.permit, nanos, true);
    }
    self.permit = false;
  }

  void unpark(Thread thread) {
    fiber(thread).permit = true;
  }

  /** The one that has a thread, or had it last. */
  Fiber fiber(Thread thread) {
    for (int i = fibers.size() - 1; i >= 0; i--) {
      if (fibers.get(i).thread == thread) {
        return fibers.get(i);
      }
    }
    throw new IllegalStateException("a thread from outside: " + thread);
  }

  boolean clearInterrupt() {
    boolean was = current.interrupted;
    current.interrupted = false;
    return was;
  }

  static long nanos(long time, TimeUnit unit) {
    return time == Long.MAX_VALUE ? time : unit.toNanos(time);
  }
}
