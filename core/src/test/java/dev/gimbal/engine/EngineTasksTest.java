package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.Tasks;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTasksTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final EngineTasks tasks = new EngineTasks();

  @AfterEach
  void end() {
    tasks.close(LONG);
  }

  @Test
  void task_runsOnADaemonOfItsName_whichIsIdleAfterwards() throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    tasks.execute(
        "read s",
        () -> {
          name.complete(Thread.currentThread().getName());
          ran.complete(Thread.currentThread());
        });
    Thread thread = ran.get();
    assertEquals("gimbal-read s", name.get());
    assertTrue(thread.isDaemon());
    assertNotSame(Thread.currentThread(), thread);
    while (!thread.getName().equals("gimbal-idle")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void tasksThatBlock_haveAThreadEach() throws Exception {
    CountDownLatch all = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      tasks.execute(
          "t",
          () -> {
            all.countDown();
            await(all);
          });
    }
    all.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks whatever interrupts come. */
  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void taskThatThrows_isLogged() {
    try (Warnings warnings = new Warnings()) {
      tasks.execute(
          "t",
          () -> {
            throw new IllegalStateException("mine");
          });
      while (warnings.all().isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(
          List.of(
              "WARNING The task t failed"
                  + " <- java.lang.Exception: java.lang.IllegalStateException"),
          warnings.all());
    }
  }

  @Test
  void timer_runsOnAThreadOfItsTask_onceAndNotBeforeItsTime() throws Exception {
    AtomicInteger never = new AtomicInteger();
    tasks.schedule("never", NEVER, never::incrementAndGet);
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<String> name = new CompletableFuture<>();
    long begin = System.nanoTime();
    tasks.schedule(
        "soon",
        Duration.ofMillis(30),
        () -> {
          name.complete(Thread.currentThread().getName());
          ran.complete(Thread.currentThread());
        });
    assertTrue(ran.get().isDaemon());
    assertEquals("gimbal-soon", name.get());
    assertTrue(System.nanoTime() - begin >= 30_000_000);
    assertEquals(0, never.get());
    assertTrue(named("gimbal-timer").isDaemon());
  }

  private static Thread named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void cancelledTimer_doesNotRun_andIsForgotten() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    Tasks.Cancellable twice = tasks.schedule("t", Duration.ofMillis(20), ran::incrementAndGet);
    twice.cancel();
    twice.cancel();
    WeakReference<Object> task = cancelled();
    CountDownLatch later = new CountDownLatch(1);
    tasks.schedule("later", Duration.ofMillis(60), later::countDown);
    later.await();
    assertEquals(0, ran.get());
    while (task.get() != null) {
      System.gc();
    }
    assertEquals(0, ((ScheduledThreadPoolExecutor) field("timer")).getQueue().size());
  }

  private Object field(String name) throws ReflectiveOperationException {
    Field field = EngineTasks.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(tasks);
  }

  /** What close waits for is each thread that lives; on virtual threads there is but the timer. */
  @Test
  void threadsThatEnded_areForgotten_othersAreNot() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Runnable task =
        () -> {
          threads.add(Thread.currentThread());
          await(release);
        };
    tasks.execute("lives", task);
    tasks.execute("dies", this::endThisThread);
    while (threads.isEmpty() || dying.get() == null || dying.get().isAlive()) {
      Thread.onSpinWait();
    }
    tasks.execute("another", task);
    tasks.execute("another", task);
    while (threads.size() < 3) {
      Thread.onSpinWait();
    }
    Set<Thread> live = new HashSet<>(Thread.getAllStackTraces().keySet());
    live.retainAll(threads);
    Collection<?> made = (Collection<?>) field("made");
    assertTrue(made.containsAll(live), made.toString());
    for (Object thread : made) {
      assertNotSame(Thread.State.TERMINATED, ((Thread) thread).getState());
    }
    release.countDown();
  }

  private final AtomicReference<Thread> dying = new AtomicReference<>();

  /** Throws what a task cannot throw: its thread ends with it. */
  private void endThisThread() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
    dying.set(Thread.currentThread());
    EngineTasksTest.<RuntimeException>sneak(new Exception("the end"));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }

  private WeakReference<Object> cancelled() {
    Object held = new Object();
    tasks.schedule("t", NEVER, held::hashCode).cancel();
    return new WeakReference<>(held);
  }

  @Test
  void clocks_areTheSystems() {
    long nanos = System.nanoTime();
    assertTrue(tasks.nanoTime() - nanos >= 0);
    assertTrue(tasks.nanoTime() - System.nanoTime() <= 0);
    Instant now = Instant.now();
    assertFalse(tasks.now().isBefore(now));
    assertFalse(tasks.now().isAfter(Instant.now()));
  }

  @Test
  void close_interruptsAndEndsEveryThread_andNothingBeginsAfterwards() throws Exception {
    CompletableFuture<Thread> working = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    tasks.execute(
        "t",
        () -> {
          working.complete(Thread.currentThread());
          await(new CountDownLatch(1));
          interrupted.complete(Thread.currentThread().isInterrupted());
        });
    AtomicInteger ran = new AtomicInteger();
    tasks.schedule("never", NEVER, ran::incrementAndGet);
    Thread thread = working.get();
    Thread timer = named("gimbal-timer");
    try (Warnings warnings = new Warnings()) {
      tasks.close(LONG);
      assertEquals(List.of(), warnings.all());
    }
    assertFalse(livesOnThePlatform(thread));
    assertFalse(timer.isAlive());
    assertTrue(interrupted.get());
    assertFalse(tasks.tryExecute("t", ran::incrementAndGet));
    tasks.execute("t", ran::incrementAndGet);
    tasks.schedule("t", Duration.ZERO, ran::incrementAndGet).cancel();
    assertEquals(0, ran.get());
    assertFalse(Thread.interrupted());
  }

  @Test
  void tryExecute_isTrueWhereTheTaskRuns() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    assertTrue(tasks.tryExecute("t", ran::countDown));
    ran.await();
  }

  @Test
  void close_whileForeignCodeIsStuck_isBounded_andNamesIt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    tasks.execute(
        "stuck",
        () -> {
          entered.countDown();
          awaitStubbornly(release);
        });
    entered.await();
    try (Warnings warnings = new Warnings()) {
      tasks.close(Duration.ZERO);
      assertEquals(
          List.of("WARNING Closed, but still running in foreign code: [stuck]"), warnings.all());
    }
    release.countDown();
  }

  @Test
  void close_byAnInterruptedThread_waitsAllTheSame_andKeepsTheInterrupt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Thread> working = new CompletableFuture<>();
    AtomicBoolean over = new AtomicBoolean();
    tasks.execute(
        "t",
        () -> {
          working.complete(Thread.currentThread());
          entered.countDown();
          awaitStubbornly(release);
          over.set(true);
        });
    entered.await();
    CompletableFuture<Boolean> kept = new CompletableFuture<>();
    Thread closer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              tasks.close(LONG);
              kept.complete(
                  over.get() && !livesOnThePlatform(working.join()) && Thread.interrupted());
            });
    closer.start();
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
    assertTrue(kept.get());
  }

  /** A virtual thread counts as ended for its executor a moment before it is no longer alive. */
  private static boolean livesOnThePlatform(Thread thread) {
    return thread.getClass() == Thread.class && thread.isAlive();
  }
}
