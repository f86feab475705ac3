package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ManualTasksTest {

  private final ManualTasks tasks = new ManualTasks();
  private final List<String> log = new ArrayList<>();

  private Runnable says(String word) {
    return () -> log.add(word);
  }

  @Test
  void execute_runsNothingByItself() {
    tasks.execute("a", says("a"));
    assertEquals(List.of(), log);
    assertEquals(List.of("a"), tasks.waiting());
  }

  @Test
  void runNext_runsOneTaskInTheOrderTheyCame() {
    tasks.execute("a", says("a"));
    tasks.execute("b", says("b"));
    assertTrue(tasks.runNext());
    assertEquals(List.of("a"), log);
    assertTrue(tasks.runNext());
    assertEquals(List.of("a", "b"), log);
    assertFalse(tasks.runNext());
  }

  @Test
  void runAll_runsWhatComesMeanwhileButNoTimer() {
    tasks.execute(
        "a",
        () -> {
          log.add("a");
          tasks.execute("c", says("c"));
        });
    tasks.execute("b", says("b"));
    tasks.schedule("late", Duration.ofNanos(1), says("late"));
    assertEquals(3, tasks.runAll());
    assertEquals(List.of("a", "b", "c"), log);
    assertEquals(List.of("late"), tasks.waiting());
  }

  @Test
  void runAll_taskThatMakesItselfAgain_fails() {
    tasks.execute("again", this::again);
    AssertionError error = assertThrows(AssertionError.class, tasks::runAll);
    assertEquals("still not idle after 100000 tasks; waiting: [again]", error.getMessage());
  }

  private void again() {
    tasks.execute("again", this::again);
  }

  @Test
  void advance_runsEachTimerAtItsTime() {
    Runnable time = () -> log.add(Duration.ofNanos(tasks.nanoTime()).toString());
    tasks.schedule("b", Duration.ofSeconds(2), time);
    tasks.schedule(
        "a",
        Duration.ofSeconds(1),
        () -> {
          time.run();
          tasks.schedule("again", Duration.ofMillis(500), time);
        });
    tasks.schedule("c", Duration.ofSeconds(4), time);
    tasks.advance(Duration.ofSeconds(3));
    assertEquals(List.of("PT1S", "PT1.5S", "PT2S"), log);
    assertEquals(3_000_000_000L, tasks.nanoTime());
    assertEquals(Instant.parse("2026-01-01T00:00:03Z"), tasks.now());
    tasks.advance(Duration.ofSeconds(1));
    assertEquals(List.of("PT1S", "PT1.5S", "PT2S", "PT4S"), log);
  }

  @Test
  void advance_negative_throws() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> tasks.advance(Duration.ofSeconds(-1)));
    assertEquals("duration: PT-1S (expected: >= 0s)", e.getMessage());
  }

  @Test
  void cancel_beforeItBegan_preventsIt() {
    Tasks.Cancellable timer = tasks.schedule("a", Duration.ofSeconds(1), says("a"));
    tasks.schedule("b", Duration.ofSeconds(1), says("b"));
    timer.cancel();
    timer.cancel();
    tasks.advance(Duration.ofSeconds(1));
    assertEquals(List.of("b"), log);
  }

  @Test
  void runNext_taskThatThrows_throwsItAndGoesOn() {
    tasks.execute(
        "bad",
        () -> {
          throw new IllegalArgumentException("bad");
        });
    tasks.execute("good", says("good"));
    assertEquals("bad", assertThrows(IllegalArgumentException.class, tasks::runNext).getMessage());
    assertEquals(1, tasks.runAll());
    assertEquals(List.of("good"), log);
  }

  @Test
  void runNext_whileAnotherThreadIsInsideATask_throws() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    tasks.execute(
        "slow",
        () -> {
          inside.countDown();
          awaitUninterruptibly(leave);
        });
    Thread other = new Thread(tasks::runNext, "other");
    other.start();
    inside.await();
    IllegalStateException e = assertThrows(IllegalStateException.class, tasks::runNext);
    leave.countDown();
    other.join();
    assertEquals("the thread other is inside a task", e.getMessage());
    assertFalse(tasks.runNext());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shuffled_sameSeed_sameOrder() {
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(order(seed), order(seed));
    }
  }

  @Test
  void shuffled_manySeeds_giveEveryOrder() {
    Set<List<String>> orders = new HashSet<>();
    for (long seed = 0; seed < 1000; seed++) {
      orders.add(order(seed));
    }
    assertEquals(24, orders.size());
  }

  private static List<String> order(long seed) {
    ManualTasks tasks = ManualTasks.shuffled(seed);
    List<String> order = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      tasks.execute(name, () -> order.add(name));
    }
    tasks.schedule("late", Duration.ofNanos(1), () -> order.add("late"));
    assertEquals(4, tasks.runAll());
    assertEquals(4, Set.copyOf(order).size());
    return order;
  }
}
