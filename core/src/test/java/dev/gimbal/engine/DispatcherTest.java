package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-offs on tasks that run when the test says so. */
class DispatcherTest {

  private final ManualTasks manual = new ManualTasks();
  private final Counters counters = new Counters(false);
  private final MemoryLoader loader = Loaders.open(manual);
  private final List<String> ran = new ArrayList<>();

  /** A delivery that tells that it ran. */
  private final class Told extends Delivery {
    private final String name;
    private boolean closed;

    Told(String name) {
      this(name, loader);
    }

    Told(String name, MemoryLoader loader) {
      super(loader);
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    boolean deliverNext() {
      ran.add(name());
      return false;
    }

    @Override
    boolean hasNext() {
      return false;
    }

    @Override
    boolean isClosed() {
      return closed;
    }

    @Override
    void closeAndRemove() {
      closed = true;
    }
  }

  /** The manual tasks, but some throw. */
  record Refusing(Tasks tasks, Predicate<String> executes, Predicate<String> schedules)
      implements Tasks {
    @Override
    public void execute(String name, Runnable task) {
      if (executes.test(name)) {
        throw new OutOfMemoryError("no thread for " + name);
      }
      tasks.execute(name, task);
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      if (schedules.test(name)) {
        throw new IllegalStateException("no timer for " + name);
      }
      return tasks.schedule(name, delay, task);
    }

    @Override
    public long nanoTime() {
      return tasks.nanoTime();
    }

    @Override
    public Instant now() {
      return tasks.now();
    }
  }

  private Dispatcher dispatcher(Executor executor) {
    return dispatcher(manual, executor);
  }

  private Dispatcher dispatcher(Tasks tasks, Executor executor) {
    return new Dispatcher(tasks, new Timers(tasks), executor, counters);
  }

  @Test
  void deliveriesThatWait_areOneDispatch_andThenATaskEach() {
    Dispatcher dispatcher = dispatcher(null);
    dispatcher.submit(new Told("one"));
    dispatcher.submit(new Told("two"));
    assertEquals(List.of("dispatch"), manual.names());
    manual.run();
    assertEquals(List.of("one", "two"), ran);
    dispatcher.submit(new Told("three"));
    assertEquals(List.of("dispatch"), manual.names());
    manual.run();
    assertEquals(List.of("one", "two", "three"), ran);
    assertEquals(0, counters.refusedHandoffs.sum());
  }

  @Test
  void taskOfADelivery_isNamedAfterIt() {
    List<String> names = new ArrayList<>();
    Tasks naming =
        new Refusing(
            manual,
            name -> {
              names.add(name);
              return false;
            },
            name -> false);
    dispatcher(naming, null).submit(new Told("one"));
    manual.run();
    assertEquals(List.of("dispatch", "listener one"), names);
  }

  @Test
  void deliveryThatComesDuringADispatch_isTakenAlong() {
    Dispatcher[] dispatcher = new Dispatcher[1];
    Told late = new Told("late");
    List<String> dispatches = new ArrayList<>();
    Tasks tasks =
        new Refusing(
            manual,
            name -> {
              if (name.equals("dispatch")) {
                dispatches.add(name);
              } else if (name.equals("listener one")) {
                dispatcher[0].submit(late);
              }
              return false;
            },
            name -> false);
    dispatcher[0] = dispatcher(tasks, null);
    dispatcher[0].submit(new Told("one"));
    manual.run();
    assertEquals(List.of("one", "late"), ran);
    assertEquals(List.of("dispatch"), dispatches);
  }

  @Test
  void taskThatIsRefused_isCounted_andTriedAgainAfterAWhile() {
    List<String> refusedOnce = new ArrayList<>(List.of("dispatch", "listener one"));
    Dispatcher dispatcher =
        dispatcher(new Refusing(manual, refusedOnce::remove, name -> false), null);
    dispatcher.submit(new Told("one"));
    assertEquals(1, counters.refusedHandoffs.sum());
    manual.advance(99);
    assertEquals(List.of("dispatch"), manual.names());
    manual.advance(1);
    assertEquals(2, counters.refusedHandoffs.sum());
    assertEquals(List.of("listener one"), manual.names());
    manual.advance(99);
    assertEquals(List.of(), ran);
    manual.advance(1);
    assertEquals(List.of("one"), ran);
    assertEquals(2, counters.refusedHandoffs.sum());
  }

  @Test
  void whereThereIsNeitherThreadNorTimer_thatIsLogged() {
    Dispatcher dispatcher = dispatcher(new Refusing(manual, name -> true, name -> true), null);
    try (Warnings warnings = new Warnings()) {
      dispatcher.submit(new Told("one"));
      assertEquals(
          List.of(
              "WARNING There is neither thread nor timer for dispatch"
                  + " <- java.lang.IllegalStateException: no timer for dispatch"),
          warnings.all());
    }
    assertEquals(1, counters.refusedHandoffs.sum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dispatch", "listener one"})
  void whereThereWasNeitherThreadNorTimer_theNextWakeAsksAgain(String refused) {
    boolean[] refuses = {true};
    Predicate<String> refusal = name -> refuses[0] && name.equals(refused);
    MemoryLoader failing = Loaders.open(new Refusing(manual, refusal, refusal));
    Told told = new Told("one", failing);
    told.wake();
    manual.run();
    assertTrue(told.isIdle());
    assertEquals(List.of(), ran);
    assertEquals(1, failing.counters().refusedHandoffs.sum());
    refuses[0] = false;
    told.wake();
    manual.run();
    assertEquals(List.of("one"), ran);
  }

  /** As an executor of timers does whose thread cannot be begun. */
  @Test
  void timerThatThrows_andComesAllTheSame_runsNothing() {
    List<Runnable> kept = new ArrayList<>();
    Tasks keeping =
        new Tasks() {
          @Override
          public void execute(String name, Runnable task) {
            throw new OutOfMemoryError("no thread");
          }

          @Override
          public Cancellable schedule(String name, Duration delay, Runnable task) {
            kept.add(task);
            throw new OutOfMemoryError("no thread for timers");
          }

          @Override
          public long nanoTime() {
            return manual.nanoTime();
          }

          @Override
          public Instant now() {
            return manual.now();
          }
        };
    dispatcher(keeping, null).submit(new Told("one"));
    kept.forEach(Runnable::run);
    assertEquals(1, kept.size());
    assertEquals(List.of(), ran);
  }

  @Test
  void suppliedExecutor_isGivenWhatRunsTheDeliveryOnce() {
    List<Runnable> given = new ArrayList<>();
    dispatcher(given::add).submit(new Told("one"));
    manual.run();
    assertEquals(List.of(), ran);
    given.get(0).run();
    given.get(0).run();
    assertEquals(List.of("one"), ran);
    assertEquals(List.of(), manual.names());
    assertEquals(0, counters.refusedHandoffs.sum());
  }

  @Test
  void executorThatRefuses_isAskedAgain_withoutAWordInTheLog() {
    List<Runnable> given = new ArrayList<>();
    try (Warnings warnings = new Warnings()) {
      dispatcher(refusingOnce(given, new RejectedExecutionException("full")))
          .submit(new Told("one"));
      manual.run();
      assertEquals(1, counters.refusedHandoffs.sum());
      assertEquals(List.of("listener one"), manual.names());
      manual.advance(99);
      assertEquals(1, given.size());
      manual.advance(1);
      assertEquals(2, given.size());
      assertEquals(List.of(), warnings.all());
    }
    given.get(0).run(); // it was taken back
    assertEquals(List.of(), ran);
    given.get(1).run();
    assertEquals(List.of("one"), ran);
    assertEquals(1, counters.refusedHandoffs.sum());
  }

  private static Executor refusingOnce(List<Runnable> given, RuntimeException refusal) {
    return task -> {
      given.add(task);
      if (given.size() == 1) {
        throw refusal;
      }
    };
  }

  @Test
  void executorThatFailsOtherwise_isLogged_andAskedAgain() {
    List<Runnable> given = new ArrayList<>();
    try (Warnings warnings = new Warnings()) {
      dispatcher(refusingOnce(given, new IllegalStateException("mine"))).submit(new Told("one"));
      manual.advance(100);
      assertEquals(
          List.of(
              "WARNING The executor failed for one; it is tried again"
                  + " <- java.lang.IllegalStateException: mine"),
          warnings.all());
    }
    assertEquals(2, given.size());
    assertEquals(1, counters.refusedHandoffs.sum());
  }

  @Test
  void executorThatRanItAndThenFails_isNotAskedAgain() {
    dispatcher(
            task -> {
              task.run();
              throw new RejectedExecutionException("after all");
            })
        .submit(new Told("one"));
    manual.advance(100);
    assertEquals(List.of("one"), ran);
    assertEquals(List.of(), manual.names());
    assertEquals(1, counters.refusedHandoffs.sum());
  }

  @Test
  void executorThatRefusesAClosedDelivery_isNotAskedAgain() {
    Told closed = new Told("one");
    dispatcher(
            task -> {
              closed.closeAndRemove();
              throw new RejectedExecutionException("full");
            })
        .submit(closed);
    manual.run();
    assertEquals(List.of(), manual.names());
    assertEquals(1, counters.refusedHandoffs.sum());
  }
}
