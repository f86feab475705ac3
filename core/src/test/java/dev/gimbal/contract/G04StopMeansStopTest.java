package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G04StopMeansStopTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemorySource memory = Sources.memory("memory");

  private Config open() {
    memory.put("v", 0);
    return Config.builder().source(memory).build();
  }

  @Test
  @Tag("D33")
  void stop_whileNextIsBlocked_wakesIt() throws Exception {
    try (Config config = open()) {
      wakes(config, Watcher::stop);
    }
  }

  @Test
  @Tag("D28")
  void close_whileNextIsBlocked_wakesIt() throws Exception {
    Config config = open();
    wakes(config, watcher -> config.close());
  }

  private static void wakes(Config config, java.util.function.Consumer<Watcher> stop)
      throws Exception {
    Watcher watcher = config.watch("v");
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Waiting.Running consumer =
        Waiting.start(
            () -> ended.set(assertThrows(WatcherStoppedException.class, () -> watcher.next())));
    Waiting.until(() -> Waiting.isParked(consumer));
    stop.accept(watcher);
    consumer.finish();
    assertInstanceOf(WatcherStoppedException.class, ended.get());
  }

  @Test
  void stop_wakesEveryThreadInNext() throws Exception {
    try (Config config = open()) {
      Watcher watcher = config.watch("v");
      AtomicInteger woken = new AtomicInteger();
      Waiting.Running stopper =
          Waiting.start(
              () -> {
                Waiting.Running[] consumers = new Waiting.Running[5];
                for (int i = 0; i < 5; i++) {
                  consumers[i] =
                      Waiting.start(
                          () -> {
                            assertThrows(WatcherStoppedException.class, watcher::next);
                            woken.incrementAndGet();
                          });
                }
                for (Waiting.Running consumer : consumers) {
                  Waiting.until(() -> Waiting.isParked(consumer));
                }
                watcher.stop();
                for (Waiting.Running consumer : consumers) {
                  consumer.finish();
                }
              });
      stopper.finish();
      assertEquals(5, woken.get());
    }
  }

  @Test
  @Tag("D32")
  void next_afterStop_throws_evenWhereAValueWaited() {
    try (Config config = open()) {
      Watcher watcher = config.watch("v");
      memory.put("v", 1);
      watcher.stop();
      assertThrows(WatcherStoppedException.class, watcher::next);
      assertThrows(WatcherStoppedException.class, () -> watcher.next(Duration.ZERO));
      assertEquals(0, watcher.current().asInt());
      watcher.stop();
      watcher.close();
    }
  }

  @Test
  void next_interrupted_leavesTheWatcherUsable() throws Exception {
    try (Config config = open();
        Watcher watcher = config.watch("v")) {
      Waiting.Running consumer =
          Waiting.start(() -> assertThrows(InterruptedException.class, watcher::next));
      Waiting.until(() -> Waiting.isParked(consumer));
      consumer.interrupt();
      consumer.finish();
      memory.put("v", 1);
      assertEquals(1, watcher.next().asInt());
    }
  }

  @Test
  void closeOfASubscription_waitsForItsCallbackOnAnotherThread() throws Exception {
    try (Config config = open()) {
      closeWaits(config, Subscription::close, false);
    }
  }

  @Test
  void closeOfTheConfig_waitsForACallbackOnAnotherThread() throws Exception {
    Config config = open();
    closeWaits(config, subscription -> config.close(), false);
  }

  @Test
  void closeByAnInterruptedThread_waitsAllTheSame_andKeepsTheInterrupt() throws Exception {
    try (Config config = open()) {
      closeWaits(config, Subscription::close, true);
    }
  }

  @Test
  void closeOfTheConfigByAnInterruptedThread_waitsAllTheSame_andKeepsTheInterrupt()
      throws Exception {
    Config config = open();
    closeWaits(config, subscription -> config.close(), true);
  }

  private void closeWaits(
      Config config, java.util.function.Consumer<Subscription> close, boolean interrupted)
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Subscription subscription =
        config.onChange(
            "v",
            change -> {
              entered.countDown();
              Waiting.await(release);
              ended.set(!Thread.currentThread().isInterrupted());
            });
    memory.put("v", 1);
    entered.await();
    Waiting.Running closer =
        Waiting.start(
            () -> {
              if (interrupted) {
                Thread.currentThread().interrupt();
              }
              close.accept(subscription);
              assertTrue(ended.get(), "close returned before the callback");
              assertEquals(interrupted, Thread.interrupted());
            });
    Waiting.until(() -> Waiting.isParked(closer) || !closer.isAlive());
    release.countDown();
    closer.finish();
    assertTrue(ended.get());
  }

  @Test
  @Tag("class17")
  void closeFromInsideACallback_ofItself_ofAnother_ofTheConfig_neverWaits() throws Exception {
    Config config = open();
    CountDownLatch otherEntered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch closedAll = new CountDownLatch(1);
    Subscription other =
        config.onChange(
            "v",
            change -> {
              otherEntered.countDown();
              Waiting.await(release);
            });
    AtomicReference<Subscription> self = new AtomicReference<>();
    self.set(
        config.onChange(
            "w",
            change -> {
              otherEntered.await();
              self.get().close();
              other.close();
              config.close();
              closedAll.countDown();
            }));
    memory.patch(p -> p.set("v", 1).set("w", 1));
    closedAll.await();
    assertTrue(config.status().closed());
    release.countDown();
    config.close();
  }

  @Test
  void close_ofAStuckCallback_endsAfterCloseTimeout() throws Exception {
    memory.put("v", 0);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Config config = Config.builder().source(memory).closeTimeout(Duration.ofMillis(200)).build();
    Subscription subscription =
        config.onChange(
            "v",
            change -> {
              entered.countDown();
              Waiting.awaitStubbornly(release);
            });
    memory.put("v", 1);
    entered.await();
    subscription.close();
    config.close();
    assertEquals(1, release.getCount());
    release.countDown();
  }

  @Test
  @Tag("class9")
  void noCallBeginsAfterClose_underChurn() throws Exception {
    memory.put("v", 0);
    int violations = 0;
    int calls = 0;
    try (Config config = Config.builder().source(memory).build()) {
      AtomicBoolean done = new AtomicBoolean();
      Waiting.Running churn =
          Waiting.start(
              () -> {
                for (int i = 1; !done.get(); i++) {
                  memory.put("v", i);
                }
              });
      for (int round = 0; round < 500; round++) {
        AtomicBoolean closed = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        Subscription subscription =
            config.onChange(
                "v",
                change -> {
                  first.countDown();
                  all.incrementAndGet();
                  late.addAndGet(closed.get() ? 1 : 0);
                  Thread.yield();
                  late.addAndGet(closed.get() ? 1 : 0);
                });
        first.await();
        subscription.close();
        closed.set(true);
        Thread.yield();
        violations += late.get();
        calls += all.get();
      }
      done.set(true);
      churn.finish();
    }
    assertEquals(0, violations);
    assertTrue(calls >= 500, "calls: " + calls);
  }

  /** The seeded bug: a flag that is looked at before the call, and a close that does not wait. */
  private static final class FlagOnly {
    private volatile boolean closed;

    void deliver(Runnable call) {
      if (!closed) {
        call.run();
      }
    }

    void close() {
      closed = true;
    }
  }

  @Test
  void flagBesideTheCall_isCaughtUnderChurn() throws Exception {
    int violations = 0;
    for (int round = 0; round < 2_000 && violations == 0; round++) {
      FlagOnly subscription = new FlagOnly();
      AtomicBoolean closed = new AtomicBoolean();
      AtomicInteger late = new AtomicInteger();
      CountDownLatch first = new CountDownLatch(1);
      Waiting.Running churn =
          Waiting.start(
              () -> {
                for (int i = 0; i < 100; i++) {
                  subscription.deliver(
                      () -> {
                        first.countDown();
                        Thread.yield();
                        late.addAndGet(closed.get() ? 1 : 0);
                      });
                }
              });
      first.await();
      subscription.close();
      closed.set(true);
      churn.finish();
      violations += late.get();
    }
    assertTrue(violations > 0);
  }

  @Test
  @Tag("D32")
  void close_from64ThreadsAtOnce_isIdempotent() throws Exception {
    Config config = open();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger early = new AtomicInteger();
    AtomicInteger closes = new AtomicInteger();
    config.onChange(
        "v",
        change -> {
          entered.countDown();
          Waiting.await(release);
          ended.set(true);
        });
    memory.put("v", 1);
    entered.await();
    CountDownLatch started = new CountDownLatch(64);
    Waiting.Running all =
        Waiting.start(
            () ->
                Waiting.inThreads(
                    64,
                    () -> {
                      started.countDown();
                      config.close();
                      early.addAndGet(ended.get() ? 0 : 1);
                      closes.incrementAndGet();
                    }));
    started.await();
    release.countDown();
    all.finish();
    assertEquals(0, early.get());
    assertEquals(64, closes.get());
  }

  @Test
  void closeOfAView_waitsForTheCallUnderWay() throws Exception {
    try (Config config = open()) {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      AtomicBoolean ended = new AtomicBoolean();
      AtomicBoolean endedBefore = new AtomicBoolean();
      Config view = config.at("");
      view.onChange(
          "v",
          change -> {
            entered.countDown();
            Waiting.await(release);
            ended.set(true);
          });
      memory.put("v", 1);
      entered.await();
      Waiting.Running closer =
          Waiting.start(
              () -> {
                view.close();
                endedBefore.set(ended.get());
              });
      Waiting.until(() -> Waiting.isParked(closer) || !closer.isAlive());
      release.countDown();
      closer.finish();
      assertTrue(endedBefore.get());
    }
  }

  @Test
  void afterClose_readsAnswer_watchingAndWritingThrow() {
    Config config = open();
    memory.put("v", 5);
    Config view = config.at("v");
    dev.gimbal.Live<Integer> live = config.live("v", Integer.class, 1);
    config.close();
    assertEquals(5, config.get("v").asInt());
    assertEquals(5, view.root().asInt());
    assertEquals(5, live.get());
    assertEquals(2, config.snapshot().version());
    assertTrue(config.exists());
    assertTrue(config.status().closed());
    assertThrows(IllegalStateException.class, () -> memory.put("v", 6));
    assertThrows(IllegalStateException.class, () -> config.watch("v"));
    assertThrows(IllegalStateException.class, () -> config.watch(config.get("v")));
    assertThrows(IllegalStateException.class, () -> config.onChange("v", c -> {}));
    assertThrows(IllegalStateException.class, () -> config.onStatus(s -> {}));
    assertThrows(IllegalStateException.class, () -> config.add(Sources.memory("more")));
    assertThrows(IllegalStateException.class, () -> config.remove("memory"));
    assertThrows(IllegalStateException.class, config::reload);
    assertThrows(IllegalStateException.class, () -> config.live("v", Long.class, 1L));
    assertEquals(5, config.get("v").asInt());
    assertEquals(0, config.status().subscriptions());
    assertEquals(0, config.status().watchers());
  }

  @Test
  void onChangeAfterClose_leavesNoSubscription() {
    Config config = open();
    config.onStatus(s -> {});
    config.close();
    assertThrows(IllegalStateException.class, () -> config.onChange("v", c -> {}));
    assertEquals(0, config.status().subscriptions());
  }

  @Test
  @Tag("D34")
  void sourceThatSpeaksAfterClose_isNotHeard() {
    ScriptedSource source = new ScriptedSource("s", java.util.Map.of("v", 1));
    Config config = source.attach(Config.builder().source(source).build());
    config.close();
    source.document(java.util.Map.of("v", 2));
    source.patch(p -> p.set("v", 3));
    source.failed();
    source.reset();
    assertEquals(1, config.get("v").asInt());
    assertEquals(1, config.snapshot().version());
    assertEquals(1, source.closes.get());
    assertFalse(config.status().source("s").reason() != null);
  }

  @Test
  @Tag("D35")
  void subscriptionClosed_hearsNothingMore_othersDo() throws Exception {
    try (Config config = open()) {
      AtomicInteger first = new AtomicInteger();
      AtomicInteger second = new AtomicInteger();
      Subscription closed = config.onChange("v", c -> first.incrementAndGet());
      config.onChange("v", c -> second.incrementAndGet());
      config.awaitDelivered(memory.put("v", 1), LONG);
      closed.close();
      closed.close();
      config.awaitDelivered(memory.put("v", 2), LONG);
      assertEquals(1, first.get());
      assertEquals(2, second.get());
      assertEquals(1, config.status().subscriptions());
    }
  }
}
