package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.ConfigStatus;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.format.Document;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loader whose tasks run when the test says so, with a memory source. */
@Timeout(60)
class MemoryLoaderTest {

  private static final ConfigPath N = ConfigPath.of("n");

  private boolean noThreadForTheLane;
  private final ManualTasks tasks =
      new ManualTasks(
          name -> {
            if (noThreadForTheLane && name.equals("lane")) {
              throw new IllegalStateException("no thread");
            }
            return name.startsWith("open") || name.startsWith("close");
          });
  private final MemorySource memory = Sources.memory("memory");
  private final MemoryLoader loader = Loaders.open(tasks, memory);
  private final ConfigView config = new ConfigView(loader);

  @AfterEach
  void close() {
    loader.close();
  }

  private PullWatcher watcher() {
    return new PullWatcher(loader, SnapshotValue.of(loader.published(), N));
  }

  private PushSubscription subscription() {
    return new PushSubscription(loader, List.of(N), change -> {}, loader.published());
  }

  @Test
  void watchersOfAPath_areToldInTheOrderOfTheirMaking() {
    List<Receiver> made = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      PullWatcher watcher = watcher();
      made.add(watcher);
      assertTrue(loader.watchers().add(N, watcher));
    }
    assertEquals(made, loader.watchers().receivers());
  }

  // ---- status

  @Test
  void status_countsWatchersAndSubscriptionsApart() {
    Watcher one = config.watch("n");
    Watcher other = config.watch("n");
    Subscription push = config.onChange(List.of("n", "m"), change -> {});
    Subscription status = config.onStatus(state -> {});
    assertEquals(List.of(2, 2), counts());
    one.stop();
    status.close();
    assertEquals(List.of(1, 1), counts());
    assertEquals(List.of(), loader.statuses().listeners());
    other.stop();
    push.close();
    assertEquals(List.of(0, 0), counts());
  }

  private List<Integer> counts() {
    ConfigStatus status = config.status();
    return List.of(status.watchers(), status.subscriptions());
  }

  // ---- publish

  @Test
  void writeThatChangesNothing_keepsTheSnapshot() {
    memory.put("n", 1);
    PublishedSnapshot before = loader.published();
    memory.put("n", 1);
    assertSame(before, loader.published());
  }

  @Test
  void stepThatThrows_isLogged_andTheNextRuns() {
    try (Warnings warnings = new Warnings()) {
      loader
          .lane()
          .submit(
              () -> {
                throw new IllegalStateException("a bug");
              });
      memory.put("n", 1);
      assertEquals(
          List.of(
              "WARNING A bug in Gimbal: a step failed; the snapshot stays"
                  + " <- java.lang.IllegalStateException: a bug"),
          warnings.all());
    }
    assertEquals(1, config.get("n").asInt());
  }

  @Test
  void floodOfSteps_withoutAThreadToHandThemTo_runsAtOnce() {
    List<Integer> ran = new ArrayList<>();
    noThreadForTheLane = true;
    loader
        .lane()
        .submit(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                int step = i;
                loader.lane().submit(() -> ran.add(step));
              }
            });
    assertEquals(1_000, ran.size());
  }

  @Test
  void warnings_areThoseOfTheDocumentsInUse() {
    Problem odd = new Problem(ErrorCode.MALFORMED, N, "twice", null, null);
    Document document = new Document(ObjectNode.EMPTY, OriginTable.none(), List.of(odd));
    Source source =
        new Source() {
          @Override
          public String name() {
            return "odd";
          }

          @Override
          public Session open(Sink sink) {
            sink.document(new Revision(1, "1"), document);
            return () -> {};
          }
        };
    assertEquals(List.of(), config.warnings());
    config.add(source);
    assertEquals(List.of(odd), config.warnings());
    config.remove("odd");
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void declaringAKey_fromInsideACheck_isRefused() {
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
    try {
      assertThrows(IllegalStateException.class, () -> config.live("n", Integer.class));
    } finally {
      Callbacks.leave(before);
    }
    memory.put("n", "no integer"); // nothing declares it
  }

  // ---- the watchdog

  @Test
  void watchdog_looksOnceASecond_andReportsWhoRunsForLongerThanTheLimit() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    tasks.advance(1_000_000);
    Subscription push =
        config.onChange(
            "n",
            change -> {
              entered.countDown();
              release.await();
            });
    tasks.advance(999);
    assertEquals(List.of("watchdog"), tasks.names());
    memory.put("n", 1);
    FutureTask<Void> delivering = new FutureTask<>(tasks::run, null);
    Thread thread = Threads.start(delivering);
    entered.await();
    try (Warnings warnings = new Warnings()) {
      assertEquals(List.of("watchdog"), tasks.names());
      for (int second = 0; second < 30; second++) {
        tasks.advance(1_000);
        assertEquals(0, config.status().slowListeners(), "after second " + second);
      }
      tasks.advance(1_000);
      assertEquals(1, config.status().slowListeners());
      assertEquals(
          List.of(
              "WARNING Listener of " + push.name() + " has been running for over 30s on " + thread),
          warnings.all());
    }
    release.countDown();
    delivering.get();
  }

  // ---- delivered

  @Test
  void versionBeforeTheOneInTheListener_isDelivered() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    config.onChange(
        "n",
        change -> {
          if (change.after().asInt() == 2) {
            entered.countDown();
            release.await();
          }
        });
    long first = memory.put("n", 1);
    tasks.run();
    memory.put("n", 2);
    FutureTask<Void> delivering = new FutureTask<>(tasks::run, null);
    Threads.start(delivering);
    entered.await();
    config.awaitDelivered(first, Duration.ofSeconds(30));
    release.countDown();
    delivering.get();
  }

  // ---- pull

  @Test
  void nextWithATimeout_waitsForTheValue() throws Exception {
    Watcher watcher = config.watch("n");
    FutureTask<Integer> next =
        new FutureTask<>(() -> watcher.next(Duration.ofSeconds(60)).orElseThrow().asInt());
    Threads.awaitParked(Threads.start(next));
    memory.put("n", 7);
    assertEquals(7, next.get());
  }

  @Test
  void nextWithATimeout_endsWhateverWakesIt() throws Exception {
    Watcher watcher = config.watch("n");
    FutureTask<Boolean> next =
        new FutureTask<>(() -> watcher.next(Duration.ofMillis(100)).isPresent());
    Thread thread = Threads.start(next);
    while (thread.isAlive()) {
      LockSupport.unpark(thread);
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertFalse(next.get());
  }

  @Test
  void nextBehindAnother_endsWithItsTimeout_andThrowsOnceStopped() throws Exception {
    Watcher watcher = config.watch("n");
    FutureTask<?> first = new FutureTask<>(watcher::next);
    Threads.awaitParked(Threads.start(first));
    assertTrue(watcher.next(Duration.ofMillis(1)).isEmpty());
    watcher.stop();
    assertThrows(WatcherStoppedException.class, () -> watcher.next(Duration.ofMillis(1)));
    assertThrows(Exception.class, first::get);
    assertEquals("watch[n]", watcher.toString());
  }

  @Test
  void nextBehindOneThatHasNotLeftYet_throwsOnceStopped() throws Exception {
    PullWatcher watcher = watcher();
    Field field = PullWatcher.class.getDeclaredField("consumers");
    field.setAccessible(true);
    Lock consumers = (Lock) field.get(watcher);
    FutureTask<?> next = new FutureTask<>(() -> watcher.next(Duration.ZERO));
    consumers.lock();
    try {
      watcher.stop();
      Threads.start(next);
      Throwable thrown = assertThrows(ExecutionException.class, next::get).getCause();
      assertEquals(WatcherStoppedException.class, thrown.getClass());
    } finally {
      consumers.unlock();
    }
  }

  // ---- closed

  @Test
  void registeringAfterTheEnd_isRefused_andEndsWhatWasToBeRegistered() {
    PullWatcher open = watcher();
    loader.register(open, List.of(N));
    assertFalse(loader.isClosed());
    assertFalse(open.isStopped());
    loader.close();
    assertTrue(loader.isClosed());
    assertTrue(open.isStopped());
    PullWatcher watcher = watcher();
    assertThrows(IllegalStateException.class, () -> loader.register(watcher, List.of(N)));
    assertTrue(watcher.isStopped());
    PushSubscription push = subscription();
    assertThrows(IllegalStateException.class, () -> loader.register(push, List.of(N)));
    assertTrue(push.isClosed());
    assertEquals(0, loader.deliveries().size());
  }
}
