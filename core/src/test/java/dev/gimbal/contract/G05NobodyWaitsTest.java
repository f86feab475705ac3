package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G05NobodyWaitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemorySource memory = Sources.memory("memory");
  private final List<Integer> seen = new CopyOnWriteArrayList<>();

  private Config open() {
    memory.put("n", 0);
    return Config.builder().source(memory).build();
  }

  private void recordTo(Config config) {
    config.onChange("n", change -> seen.add(change.after().asInt()));
  }

  @Test
  @Tag("class16")
  void listenerThatBlocks_delaysOnlyItself() throws Exception {
    try (Config config = open()) {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Subscription blocked =
          config.onChange(
              "n",
              change -> {
                entered.countDown();
                Waiting.await(release);
              });
      memory.put("n", 1);
      entered.await();
      CountDownLatch delivered = new CountDownLatch(1);
      config.onChange("n", change -> delivered.countDown());
      long version = memory.put("n", 2);
      delivered.await();
      assertEquals(2, config.get("n").asInt());
      Assertions.assertThrows(
          TimeoutException.class, () -> config.awaitDelivered(version, Duration.ofMillis(1)));
      release.countDown();
      config.awaitDelivered(version, LONG);
      blocked.close();
    }
  }

  @Test
  void listenerThatThrows_isCounted_andGetsTheNextChange() throws Exception {
    try (Config config = open()) {
      AtomicInteger calls = new AtomicInteger();
      config.onChange(
          "n",
          change -> {
            calls.incrementAndGet();
            throw new java.io.IOException("mine");
          });
      config.onChange(
          "n",
          change -> {
            throw new AssertionError("mine too");
          });
      recordTo(config);
      config.awaitDelivered(memory.put("n", 1), LONG);
      config.awaitDelivered(memory.put("n", 2), LONG);
      assertEquals(2, calls.get());
      assertEquals(List.of(1, 2), seen);
      assertEquals(4, config.status().listenerFailures());
      assertEquals(2, config.status().delivered());
    }
  }

  @Test
  @Tag("class16")
  @Tag("class17")
  void listenerThatReenters_works() throws Exception {
    try (Config config = open()) {
      List<String> inner = new CopyOnWriteArrayList<>();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      AtomicBoolean once = new AtomicBoolean();
      config.onChange(
          "n",
          change -> {
            if (once.compareAndSet(false, true)) {
              try {
                Subscription added = config.onChange("m", c -> inner.add("m " + c.version()));
                long version = memory.patch(p -> p.set("m", 1));
                inner.add("patched " + (config.snapshot().version() >= version));
                config.reload();
                config.awaitVersion(version, LONG);
                config.add(Sources.map("added", java.util.Map.of("x", 1)));
                config.remove("added");
                config.onChange("z", c -> {}).close();
                config.watch("z").stop();
                inner.add(added.name().substring(0, 11));
              } catch (Throwable e) {
                failure.set(e);
              }
            }
          });
      recordTo(config);
      config.awaitDelivered(memory.put("n", 1), LONG);
      config.awaitDelivered(config.snapshot().version(), LONG);
      Assertions.assertNull(failure.get());
      assertEquals(List.of("m 3", "onChange[m]", "patched true"), inner.stream().sorted().toList());
      assertEquals(List.of(1), seen);
      assertEquals(5, config.snapshot().version());
    }
  }

  @Test
  void listenerThatInterruptsItsThread_disturbsNobody_notEvenItsNextCall() throws Exception {
    try (Config config = open()) {
      List<Boolean> interrupted = new CopyOnWriteArrayList<>();
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch second = new CountDownLatch(1);
      config.onChange(
          "n",
          change -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            if (change.after().asInt() == 1) {
              entered.countDown();
              Waiting.await(second);
            }
            Thread.currentThread().interrupt();
          });
      memory.put("n", 1);
      entered.await();
      long version = memory.put("n", 2);
      second.countDown();
      config.awaitDelivered(version, LONG);
      recordTo(config);
      config.awaitDelivered(memory.put("n", 3), LONG);
      assertEquals(List.of(false, false, false), interrupted);
      assertEquals(List.of(3), seen);
    }
  }

  @Test
  void executorThatRunsInTheCaller_isNotCalledByTheWriter() throws Exception {
    memory.put("n", 0);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    try (Config config = Config.builder().source(memory).executor(Runnable::run).build()) {
      config.onChange("n", change -> threads.add(Thread.currentThread()));
      config.awaitDelivered(memory.put("n", 1), LONG);
      assertEquals(1, threads.size());
      assertNotSame(Thread.currentThread(), threads.get(0));
    }
  }

  @Test
  void executorThatRefuses_isCounted_andTriedAgain() throws Exception {
    memory.put("n", 0);
    AtomicInteger refusals = new AtomicInteger();
    try (Config config =
        Config.builder()
            .source(memory)
            .executor(
                task -> {
                  if (refusals.getAndIncrement() == 0) {
                    throw new RejectedExecutionException("full");
                  }
                  task.run();
                })
            .build()) {
      recordTo(config);
      config.awaitDelivered(memory.put("n", 1), LONG);
      assertEquals(List.of(1), seen);
      assertEquals(1, config.status().refusedHandoffs());
    }
  }

  @Test
  void listenerThatRunsTooLong_isCountedOnce() throws Exception {
    memory.put("n", 0);
    CountDownLatch release = new CountDownLatch(1);
    try (Config config =
        Config.builder().source(memory).slowListenerAfter(Duration.ofMillis(20)).build()) {
      config.onChange("n", change -> Waiting.await(release));
      long version = memory.put("n", 1);
      Waiting.until(() -> config.status().slowListeners() > 0);
      Assertions.assertThrows(
          TimeoutException.class, () -> config.awaitDelivered(version, Duration.ofMillis(60)));
      assertEquals(1, config.status().slowListeners());
      release.countDown();
      config.awaitDelivered(version, LONG);
    }
  }

  @Test
  @Tag("class8")
  void oneSubscription_isNeverCalledByTwoThreadsAtOnce() throws Exception {
    try (Config config = open()) {
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      AtomicInteger calls = new AtomicInteger();
      config.onChange(
          "n",
          change -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            calls.incrementAndGet();
            inside.decrementAndGet();
          });
      AtomicInteger next = new AtomicInteger();
      Waiting.inThreads(
          4,
          () -> {
            for (int i = 0; i < 2_000; i++) {
              long version = memory.put("n", next.incrementAndGet());
              if (i % 100 == 0) {
                config.awaitDelivered(version, LONG);
              }
            }
          });
      config.awaitDelivered(config.snapshot().version(), LONG);
      assertEquals(1, most.get());
      assertTrue(calls.get() > 10, "calls: " + calls);
    }
  }

  @Test
  void severalPaths_areOneSubscription_calledOnceForAll() throws Exception {
    try (Config config = open()) {
      List<String> calls = new ArrayList<>();
      config.onChange(
          List.of("db.pool", "db.url"),
          change -> {
            List<String> places = new ArrayList<>();
            change.changes().forEach(entry -> places.add(entry.path().toString()));
            calls.add(change.after().path() + " " + places);
          });
      config.awaitDelivered(
          memory.patch(p -> p.set("db.pool.max", 1).set("db.url", "u").set("db.other", 2)), LONG);
      config.awaitDelivered(memory.put("db.other", 3), LONG);
      assertEquals(List.of("db [db.pool.max, db.url]"), calls);
    }
  }

  @Test
  void statusListenerThatBlocks_getsTheNewestStateOfEachSource_notAllOfThem() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<SourceStatus> told = new CopyOnWriteArrayList<>();
    ScriptedSource one = new ScriptedSource("one", Map.of("a", 1));
    ScriptedSource two = new ScriptedSource("two", Map.of("b", 1));
    try (Config config = Config.builder().source(one).source(two).build()) {
      config.onStatus(
          status -> {
            told.add(status);
            entered.countDown();
            Waiting.await(release);
          });
      one.failed();
      entered.await();
      two.failed();
      for (int i = 0; i < 5_000; i++) {
        one.document(Map.of("a", i));
        one.failed();
      }
      one.document(Map.of("a", "last"));
      release.countDown();
      Waiting.until(() -> told.get(told.size() - 1).state() == SourceStatus.State.OK);
      assertTrue(told.size() < 2_000, "told " + told.size());
      assertEquals(1, told.stream().filter(status -> status.name().equals("two")).count());
    }
  }
}
