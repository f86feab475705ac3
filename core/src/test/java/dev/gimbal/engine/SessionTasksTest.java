package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTasksTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTasks manual = new ManualTasks();
  private final SessionTasks tasks = new SessionTasks(manual, "s");
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksAndTimers_areNamedAfterTheSource_andRunMarked() {
    tasks.execute("read", () -> ran.add("read " + Callbacks.inside()));
    tasks.schedule("poll", SECOND, () -> ran.add("poll " + Callbacks.inside()));
    assertEquals(List.of("s read", "s poll"), manual.names());
    manual.advance(999);
    assertEquals(List.of("read true"), ran);
    manual.advance(1);
    assertEquals(List.of("read true", "poll true"), ran);
    assertFalse(Callbacks.inside());
  }

  @Test
  void taskThatThrows_leavesItsThreadAsItWas() {
    assertThrows(
        IllegalStateException.class,
        () ->
            tasks.run(
                () -> {
                  throw new IllegalStateException("mine");
                }));
    assertFalse(Callbacks.inside());
    tasks.close();
    assertFalse(Thread.interrupted());
  }

  @Test
  void onceClosed_nothingBegins_norIsSet() {
    tasks.execute("read", () -> ran.add("read"));
    Tasks.Cancellable timer = tasks.schedule("poll", SECOND, () -> ran.add("poll"));
    tasks.close();
    assertEquals(List.of("s read"), manual.names());
    manual.advance(2_000);
    tasks.execute("read", () -> ran.add("read"));
    tasks.schedule("poll", SECOND, () -> ran.add("poll")).cancel();
    tasks.schedule("poll", SECOND, () -> ran.add("poll"));
    assertEquals(List.of(), manual.names());
    timer.cancel();
    tasks.run(() -> ran.add("run"));
    assertEquals(List.of(), ran);
  }

  @Test
  void cancelledTimer_isTakenOut() {
    Tasks.Cancellable timer = tasks.schedule("poll", SECOND, () -> ran.add("poll"));
    timer.cancel();
    assertEquals(List.of(), manual.names());
    manual.advance(1_000);
    assertEquals(List.of(), ran);
  }

  @Test
  void timersThatRanOrWereCancelled_areForgotten() {
    CountingTasks counting = new CountingTasks();
    SessionTasks counted = new SessionTasks(counting, "s");
    counted.schedule("one", SECOND, () -> {});
    counted.schedule("two", SECOND, () -> {}).cancel();
    assertEquals(1, counting.cancels);
    counting.scheduled.get(0).run();
    counted.close();
    assertEquals(1, counting.cancels);
    counted = new SessionTasks(counting, "s");
    counted.schedule("three", SECOND, () -> {});
    counted.close();
    assertEquals(2, counting.cancels);
  }

  /** Tasks that keep what is scheduled, and may close a session meanwhile. */
  private static final class CountingTasks implements Tasks {
    private final List<Runnable> scheduled = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private int cancels;

    @Override
    public void execute(String name, Runnable task) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public Cancellable schedule(String name, Duration delay, Runnable task) {
      scheduled.add(task);
      meanwhile.run();
      return () -> cancels++;
    }

    @Override
    public long nanoTime() {
      return 17;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public double random() {
      return 0.25;
    }
  }

  @Test
  void timerThatIsSetWhileItCloses_isCancelled() {
    CountingTasks counting = new CountingTasks();
    SessionTasks closing = new SessionTasks(counting, "s");
    counting.meanwhile = closing::close;
    closing.schedule("poll", SECOND, () -> ran.add("poll"));
    assertEquals(1, counting.cancels);
    counting.scheduled.get(0).run();
    assertEquals(List.of(), ran);
  }

  @Test
  void clockAndChance_areThoseBelow() {
    SessionTasks below = new SessionTasks(new CountingTasks(), "s");
    assertEquals(17, below.nanoTime());
    assertEquals(Instant.EPOCH, below.now());
    assertEquals(0.25, below.random());
  }

  @Test
  void close_interruptsTheTasksUnderWay_butNotItself_norWhoHasGoneOn() throws Exception {
    CountDownLatch goneOn = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean interruptedLater = new AtomicBoolean();
    Thread gone =
        new Thread(
            () -> {
              tasks.run(() -> {});
              goneOn.countDown();
              interruptedLater.set(!awaits(end));
            });
    gone.start();
    goneOn.await();
    CountDownLatch entered = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread under =
        new Thread(
            () ->
                tasks.run(
                    () -> {
                      entered.countDown();
                      interrupted.set(!awaits(new CountDownLatch(1)));
                    }));
    under.start();
    entered.await();
    tasks.run(
        () -> {
          tasks.close();
          ran.add("self " + Thread.interrupted());
        });
    under.join();
    assertTrue(interrupted.get());
    end.countDown();
    gone.join();
    assertFalse(interruptedLater.get());
    assertEquals(List.of("self false"), ran);
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
