package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.interleavings.Points;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks that run on a worker, beside their deadline, the end of the Config, and readers. */
final class CheckInterleavings {

  private CheckInterleavings() {}

  /** Checks that say 1 when nothing cuts them, and 2 instead when something does. */
  abstract static class WithChecks extends EngineScenario {
    final ExploredTasks tasks = new ExploredTasks();
    final Verdicts verdicts =
        new Verdicts(tasks, new Timers(tasks), tasks::tryExecute, Duration.ofSeconds(5));
    final Function<CheckRun.Cut, Integer> instead = cut -> 2;
    volatile int unheardOf;
    final Consumer<Integer> unheard = late -> unheardOf += late;
    volatile int runs;
    volatile int inside;
    int result;
    private boolean interruptedLater;

    int check(CheckRun<Integer> run) {
      inside++;
      runs++;
      inside--;
      return 1;
    }

    /** What a worker of a pool does next is not interrupted. */
    void work(CheckRun<Integer> run) {
      run.run(this::check);
      interruptedLater |= Thread.currentThread().isInterrupted();
    }

    @Override
    void look() {
      assertFalse(interruptedLater, "an interrupt outlives the checks");
      assertTrue(result == 1 || result == 2, () -> "the result is " + result);
      assertEquals(0, inside);
      assertEquals(result == 1 ? 0 : runs, unheardOf);
    }
  }

  /** The time is over while they run: they say one thing, and are interrupted then only. */
  static final class CutBesideRun extends WithChecks {
    private final CheckRun<Integer> run = new CheckRun<>(instead, unheard);
    private volatile boolean cut;

    @Override
    int check(CheckRun<Integer> running) {
      boolean wasCut = cut;
      if (running.begins("one more", null) && wasCut) {
        Points.fail("it goes on although it is cut");
      }
      return super.check(running);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> work(run),
          () -> {
            run.cut("late");
            cut = true;
          },
          () -> result = run.await());
    }

    @Override
    void look() {
      super.look();
      assertEquals(result, run.await());
      assertTrue(runs == 1 || result == 2, "they neither ran nor were cut");
    }
  }

  /** Cut before they begin, they do not run. */
  static final class CutBeforeRun extends WithChecks {
    private final CheckRun<Integer> run = new CheckRun<>(instead, unheard);

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            run.cut("late");
            work(run);
          },
          () -> result = run.await());
    }

    @Override
    void look() {
      super.look();
      assertEquals(2, result);
      assertEquals(0, runs);
    }
  }

  /** Who closes ends the waiting, whenever that is; the deadline's timer does not stay. */
  static final class CloseBesideChecks extends WithChecks {
    private boolean closed;

    @Override
    public void begin() {
      tasks.hold = "check"; // they never end
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> result = verdicts.of(this::check, instead, unheard),
          () -> {
            verdicts.close();
            closed = true;
          });
    }

    @Override
    void look() {
      super.look();
      assertTrue(closed);
      assertEquals(2, result);
      assertEquals(List.of(), tasks.timers());
      assertEquals(1, tasks.runHeld());
      assertEquals(0, runs, "they run after the end");
    }
  }

  /** Where there is no thread for them, they run on the lane's, once. */
  static final class NoThread extends WithChecks {
    @Override
    public void begin() {
      tasks.refuse = 1;
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> result = verdicts.of(this::check, instead, unheard));
    }

    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    void look() {
      super.look();
      assertEquals(1, result);
      assertEquals(1, runs);
      assertEquals(List.of(), tasks.timers());
    }
  }

  /** While one more value is checked, and refused, the one in use stays the object that it is. */
  static final class ReadBesideChecks extends EngineScenario {
    private final Declaration declaration =
        new Declaration(new Declaration.Key(ConfigPath.of("n"), Object.class), true);
    private final Node[] nodes = {
      Scalar.string("a"), Scalar.string("b"), Scalar.string("c"), Scalar.string("d")
    };
    private final Object[] objects = {"A", "B", "C", "D"};
    private volatile int inUse;

    @Override
    public void begin() {
      declaration.keep(nodes[0], objects[0], null);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            declaration.keep(nodes[1], objects[1], nodes[0]);
            declaration.keep(nodes[2], objects[2], nodes[0]); // what came before was refused
            inUse = 2;
            declaration.keep(nodes[3], objects[3], nodes[2]);
          },
          this::read,
          this::read);
    }

    /** A handle reads the snapshot first. It may be late by one change, not by two. */
    private void read() {
      int now = inUse;
      Object made = declaration.made(nodes[now]);
      if (now == inUse && made != objects[now]) {
        Points.fail("the object in use is " + made + " for " + now);
      }
    }

    @Override
    void look() {
      assertSame(objects[3], declaration.made(nodes[3]));
      assertSame(objects[2], declaration.made(nodes[2]));
      assertEquals(null, declaration.made(nodes[0]));
    }
  }
}
