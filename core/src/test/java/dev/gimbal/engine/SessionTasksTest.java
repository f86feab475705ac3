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
  void clockAndChance_areThoseBelow() {
    SessionTasks below = new SessionTasks(new TimersTest.CountingTasks(), "s");
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
