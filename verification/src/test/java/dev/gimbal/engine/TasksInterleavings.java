package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Points;
import dev.gimbal.source.Tasks;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The tasks and timers of a session, and their end. */
final class TasksInterleavings {

  private TasksInterleavings() {}

  /** How many timers it remembers. */
  private static int kept(SessionTasks tasks) {
    try {
      return ((Set<?>) field("set", Timers.class, field("timers", SessionTasks.class, tasks)))
          .size();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object field(String name, Class<?> type, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  /** No task begins after close, and those under way are interrupted. */
  static final class TasksBesideClose extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private volatile boolean closed;
    private volatile int steps;
    private final List<Boolean> interrupts = new ArrayList<>();

    private void task() {
      if (closed && !Thread.currentThread().isInterrupted()) {
        Points.fail("a task begins after close");
      }
      assertTrue(Callbacks.inside());
      steps++;
      boolean closing = closed;
      steps++;
      if (closing && !Thread.currentThread().isInterrupted()) {
        Points.fail("a task under way was not interrupted");
      }
      interrupts.add(Thread.interrupted());
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> tasks.execute("a", this::task),
          () -> {
            tasks.run(this::task);
            boolean ignored = Thread.interrupted();
            steps++;
            steps++;
            assertFalse(Thread.currentThread().isInterrupted(), "interrupted after its task");
          },
          () -> {
            tasks.close();
            closed = true;
          });
    }

    @Override
    void look() {
      tasks.execute("b", this::task);
      tasks.run(this::task);
      assertTrue(interrupts.size() <= 2);
    }
  }

  /** Who closes is not interrupted by it. */
  static final class TaskClosesItself extends EngineScenario {
    private final SessionTasks tasks = new SessionTasks(new ExploredTasks(), "s");

    @Override
    public List<Act> acts() {
      return List.of(
          () ->
              tasks.run(
                  () -> {
                    tasks.close();
                    assertFalse(Thread.currentThread().isInterrupted());
                  }));
    }
  }

  /** No timer is left after close, and none that was cancelled or has run is kept. */
  static final class TimersBesideClose extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private volatile boolean closed;

    private void task() {
      if (closed && !Thread.currentThread().isInterrupted()) {
        Points.fail("a timer's task begins after close");
      }
    }

    private Tasks.Cancellable set() {
      return tasks.schedule("t", Duration.ofSeconds(1), this::task);
    }

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            set();
            set().cancel();
          },
          () -> {
            tasks.close();
            closed = true;
          },
          outer::runTimers);
    }

    @Override
    void look() {
      assertEquals(List.of(), outer.timers(), "timers are left");
      assertEquals(0, kept(tasks), "timers are kept");
      set();
      assertEquals(List.of(), outer.timers(), "set after close");
    }
  }

  /** Timers that run and are cancelled are forgotten. */
  static final class TimersForgotten extends EngineScenario {
    private final ExploredTasks outer = new ExploredTasks();
    private final SessionTasks tasks = new SessionTasks(outer, "s");
    private int ran;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            tasks.schedule("t", Duration.ofSeconds(1), () -> ran++);
            tasks.schedule("t", Duration.ofSeconds(1), () -> ran++).cancel();
          },
          outer::runTimers);
    }

    @Override
    void look() {
      assertEquals(outer.timers().size(), kept(tasks));
    }
  }

  /** Whoever comes first, one has the right. */
  static final class TwoTakeOnce extends EngineScenario {
    private final Once once = new Once();
    private final List<Boolean> taken = new ArrayList<>();

    private void take() {
      taken.add(once.take());
    }

    @Override
    public List<Act> acts() {
      return List.of(this::take, this::take, this::take);
    }

    @Override
    void look() {
      assertEquals(1, Collections.frequency(taken, true), taken::toString);
      assertEquals(3, taken.size());
    }
  }
}
