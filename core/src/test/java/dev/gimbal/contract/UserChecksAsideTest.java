package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Live;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Converter;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards, validators and converters of users: where they run, and how long. */
@Timeout(60)
class UserChecksAsideTest extends WithUserChecks {

  @Test
  void checks_runOnAWorker_withNothingOfTheCaller() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    Guard where =
        (before, candidate) -> {
          worker.set(Thread.currentThread());
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("where", where))) {
      memory.put("size", 2);
      assertNotSame(Thread.currentThread(), worker.get());
      assertTrue(worker.get().isDaemon());
      assertEquals(2, config.get("size").asInt());
    }
  }

  @Test
  void slowCheck_isARejection_andTheRepairIsTaken() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    AtomicReference<Thread> stuck = new AtomicReference<>();
    Guard slow =
        (before, candidate) -> {
          if (candidate.get("size").asInt() == 13) {
            stuck.set(Thread.currentThread());
            stick(entered);
          }
          return Verdict.accept();
        };
    Config.Builder builder = builder().checkTimeout(Duration.ofMillis(200)).guard("slow", slow);
    try (Config config = open(builder)) {
      ConfigException late = assertThrows(ConfigException.class, () -> memory.put("size", 13));
      assertEquals(
          "the guard \"slow\": it did not finish within 200ms", late.problems().get(0).message());
      assertEquals(ErrorCode.DEADLINE, late.code());
      assertEquals(1, config.snapshot().version());
      assertEquals(2, memory.put("size", 14));
      assertNotNull(stuck.get());
      released.countDown();
      Waiting.until(() -> config.get("size").asInt() == 14);
    }
  }

  @Test
  void slowConversion_isARejection_withItsKeyAndPlace() {
    CountDownLatch entered = new CountDownLatch(1);
    Converter<Size> slow =
        sizes(
            text -> {
              if (text.equals("13")) {
                stick(entered);
              }
            });
    Config.Builder builder = builder().checkTimeout(Duration.ofMillis(200)).converter(slow);
    try (Config config = open(builder)) {
      Live<Size> size = config.live("size", Size.class);
      source.document(Map.of("size", 13), "size", 2, 5);
      assertEquals(
          "GIM-018 size: the conversion to "
              + Size.class.getTypeName()
              + ": it did not finish within 200ms\n        at s.yaml:2:5",
          config.status().source("s").reason().problems().get(0).toString());
      assertEquals(new Size(1), size.get());
    }
  }

  @Test
  void whileACheckRuns_readersAndSourcesAndStatusDoNotWait() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    Guard slow =
        (before, candidate) -> {
          if (candidate.get("size").asInt() == 13) {
            stick(entered);
          }
          return Verdict.accept();
        };
    Config.Builder builder = builder().checkTimeout(Duration.ofSeconds(30)).guard("slow", slow);
    try (Config config = builder.source(source).build()) {
      List<Long> delivered = new CopyOnWriteArrayList<>();
      config.onChange("", change -> delivered.add(change.version()));
      source.document(Map.of("size", 13)); // this thread is free again at once
      assertTrue(entered.await(30, TimeUnit.SECONDS));
      source.document(Map.of("size", 14));
      assertEquals(1, config.get("size").asInt());
      assertEquals(State.OK, config.status().source("s").state());
      Value value = config.get("size");
      config.watch(value).stop();
      config.onChange("size", change -> {}).close();
      assertEquals(1, config.snapshot().version());
      released.countDown();
      Waiting.until(() -> config.get("size").asInt() == 14);
      config.awaitDelivered(config.snapshot().version(), Duration.ofSeconds(30));
      assertEquals(config.snapshot().version(), delivered.get(delivered.size() - 1));
    }
  }

  @Test
  void close_whileACheckIsStuck_doesNotWaitForItsDeadline() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    Guard slow =
        (before, candidate) -> {
          if (candidate.get("size").asInt() == 13) {
            try {
              entered.countDown();
              released.await();
            } catch (InterruptedException e) {
              return Verdict.reject("interrupted");
            }
          }
          return Verdict.accept();
        };
    Config config = open(builder().checkTimeout(Duration.ofHours(1)).guard("slow", slow));
    Waiting.Running writer =
        Waiting.start(
            () -> assertThrows(IllegalStateException.class, () -> memory.put("size", 13)));
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    config.close();
    writer.finish();
    assertEquals(1, config.snapshot().version());
  }

  @Test
  void whatACheckCallsBack_isRefused_butReadingIsNot() {
    List<String> refused = new CopyOnWriteArrayList<>();
    AtomicReference<Config> here = new AtomicReference<>();
    List<Consumer<Config>> calls =
        List.of(
            config -> memory.put("size", 5),
            config -> config.add(Sources.map("more", Map.of())),
            config -> config.remove("s"),
            Config::reload,
            config -> config.live("size", Integer.class));
    Guard calling =
        (before, candidate) -> {
          Config config = here.get();
          if (config != null) {
            for (Consumer<Config> call : calls) {
              try {
                call.accept(config);
              } catch (IllegalStateException e) {
                refused.add(e.getMessage());
              }
            }
            assertEquals(1, config.get("size").asInt());
            assertEquals(2, config.status().sources().size());
            assertEquals(List.of(), config.warnings());
          }
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("calling", calling))) {
      here.set(config);
      assertEquals(2, memory.put("size", 3));
      assertEquals(
          List.of(
              "a write from inside a format or check",
              "adding a source from inside a format or check",
              "removing a source from inside a format or check",
              "a reload from inside a format or check",
              "declaring a key from inside a format or check"),
          refused);
    }
  }

  @Test
  void close_fromInsideACheck_doesNotWait() throws Exception {
    AtomicReference<Config> here = new AtomicReference<>();
    Guard closing =
        (before, candidate) -> {
          Config config = here.get();
          if (config != null) {
            config.close();
          }
          return Verdict.accept();
        };
    Config config = open(builder().guard("closing", closing));
    here.set(config);
    assertThrows(IllegalStateException.class, () -> memory.put("size", 3));
    assertEquals(1, config.snapshot().version());
    assertTrue(config.status().closed());
    config.close();
  }

  @Test
  void interrupt_ofWhoWaitsForACheck_isKept() {
    try (Config config = open(builder().guard("grows", growsOnly()))) {
      Thread.currentThread().interrupt();
      assertEquals(2, memory.put("size", 3));
      assertTrue(Thread.interrupted());
      assertFalse(Thread.currentThread().isInterrupted());
      assertEquals(3, config.get("size").asInt());
    }
  }

  // ---- many

  @Test
  void writersBesideASlowGuard_eachGetTheirOwnAnswer() throws Exception {
    Guard even =
        (before, candidate) ->
            candidate.get("n").asInt(0) % 2 == 0
                ? Verdict.accept()
                : Verdict.reject("n", "it is odd");
    MemorySource[] own = new MemorySource[4];
    Config.Builder builder = builder().guard("even", even);
    for (int i = 0; i < own.length; i++) {
      own[i] = Sources.memory("memory" + i);
      builder.source(own[i]);
    }
    int[] refused = new int[own.length];
    AtomicInteger next = new AtomicInteger();
    try (Config config = builder.build()) {
      Waiting.inThreads(
          own.length,
          () -> {
            int which = next.getAndIncrement();
            for (int n = 1; n <= 100; n++) {
              try {
                long version = own[which].put("n", n);
                assertTrue(version <= config.snapshot().version());
              } catch (ConfigException e) {
                refused[which]++;
              }
            }
          });
      // Lower layers' odd numbers pass while a higher layer hides them; the highest one's never.
      assertEquals(50, refused[own.length - 1], () -> Arrays.toString(refused));
      assertEquals(100, config.get("n").asInt());
    }
  }

  @Test
  void checksBehindOneThatIsLate_areNotAskedAnyMore() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    AtomicReference<Thread> stuck = new AtomicReference<>();
    List<Integer> asked = new CopyOnWriteArrayList<>();
    Config.Builder builder =
        builder()
            .checkTimeout(Duration.ofMillis(200))
            .validator(
                "slow",
                candidate -> {
                  if (candidate.get("size").asInt() == 13) {
                    stuck.set(Thread.currentThread());
                    stick(entered);
                  }
                  return Verdict.accept();
                })
            .validator(
                "counts",
                candidate -> {
                  asked.add(candidate.get("size").asInt());
                  return Verdict.accept();
                });
    try (Config config = open(builder)) {
      assertThrows(ConfigException.class, () -> memory.put("size", 13));
      released.countDown();
      Waiting.until(() -> !stuck.get().getName().equals("gimbal-check"));
      memory.put("size", 14);
      assertEquals(List.of(1, 14), asked);
      assertEquals(14, config.get("size").asInt());
    }
  }
}
