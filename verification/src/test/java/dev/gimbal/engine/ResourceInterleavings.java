package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.Resource;
import dev.gimbal.VetoException;
import dev.gimbal.interleavings.Points;
import dev.gimbal.tree.Scalar;
import java.time.Duration;
import java.util.List;

/** Resources that prepare, beside the end of the Config. */
final class ResourceInterleavings {

  private ResourceInterleavings() {}

  /** Two resources of one key, the second of which may veto. */
  abstract static class WithResources extends EngineScenario {
    final ExploredTasks tasks = new ExploredTasks();
    final Verdicts verdicts =
        new Verdicts(tasks, new Timers(tasks), tasks::tryExecute, Duration.ofSeconds(5));
    private final Declaration declaration =
        new Declaration(new Declaration.Key(ConfigPath.of("n"), Object.class), true);
    private final Converted converted = new Converted(declaration, Scalar.string("a"), null, "A");
    volatile int prepared;
    volatile int commits;
    volatile int aborts;
    volatile boolean passed;
    boolean vetoes;

    private final Resources resources =
        new Resources(
            List.of(
                new Resources.Entry(declaration.key(), this::prepare),
                new Resources.Entry(declaration.key(), this::prepareOrVeto)),
            verdicts,
            tasks);

    private Resource.Prepared prepare(Object next) {
      prepared++;
      return new Resource.Prepared() {
        @Override
        public void commit() {
          commits++;
        }

        @Override
        public void abort() {
          aborts++;
        }
      };
    }

    private Resource.Prepared prepareOrVeto(Object next) throws VetoException {
      if (vetoes) {
        throw new VetoException("no");
      }
      return prepare(next);
    }

    /** What the lane does. */
    void step() {
      Resources.Outcome outcome = resources.prepare(List.of(converted), List.of());
      if (outcome.problems().isEmpty()) {
        passed = true;
        beforeCommit();
        resources.commit(outcome.ready());
        if (commits != 2) {
          Points.fail("it goes on before all have committed");
        }
      } else if (!outcome.ready().isEmpty()) {
        Points.fail("it is refused, and something waits for its end");
      }
    }

    void beforeCommit() {}

    @Override
    void look() {
      assertEquals(prepared, commits + aborts);
      assertEquals(passed ? 2 : 0, commits);
      assertEquals(List.of(), tasks.timers());
    }
  }

  /** Who closes cuts the preparing, or does not; nothing that was prepared is left. */
  static final class CloseBesidePrepare extends WithResources {
    @Override
    public List<Act> acts() {
      return List.of(this::step, verdicts::close);
    }
  }

  /** One vetoes; the other is aborted, on whatever thread, once. */
  static final class CloseBesideVeto extends WithResources {
    @Override
    public void begin() {
      vetoes = true;
    }

    @Override
    public List<Act> acts() {
      return List.of(this::step, verdicts::close);
    }

    @Override
    void look() {
      super.look();
      assertEquals(prepared, aborts);
    }
  }

  /** Where there is no thread for what was decided, it is done on the lane's, once. */
  static final class NoThreadToCommit extends WithResources {
    @Override
    public List<Act> acts() {
      return List.of(this::step);
    }

    @Override
    void beforeCommit() {
      tasks.refuse = 1;
    }

    @Override
    public boolean timePasses() {
      return true;
    }

    @Override
    void look() {
      super.look();
      assertTrue(passed);
    }
  }

  /** Who is late is not overtaken: what was decided first is done first. */
  static final class CommitBesideCommit extends EngineScenario {
    private final ExploredTasks tasks = new ExploredTasks();
    private final Verdicts verdicts =
        new Verdicts(tasks, new Timers(tasks), tasks::tryExecute, Duration.ZERO);
    private volatile int done;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            verdicts.finish("the first", () -> done = done == 0 ? 1 : 9);
            verdicts.finish("the second", () -> done = done == 1 ? 2 : 9);
          });
    }

    @Override
    public void end() {
      assertEquals(2, done); // and the log may say that nobody waited
    }
  }
}
