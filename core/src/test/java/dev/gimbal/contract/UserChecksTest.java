package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Guard;
import dev.gimbal.Live;
import dev.gimbal.Problem;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.Validator;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards, validators and converters of users: what they decide, where they run, how long. */
@Timeout(60)
class UserChecksTest {

  /** A type that only a user's converter makes. */
  private record Size(int number) {}

  private final ScriptedSource source = new ScriptedSource("s", Map.of("size", 1));
  private final MemorySource memory = Sources.memory("memory");

  /** What stuck checks wait for. */
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void releaseWhatIsStuck() {
    released.countDown();
  }

  private static Config.Builder builder() {
    return Config.builder().closeTimeout(Duration.ofSeconds(5));
  }

  private Config open(Config.Builder builder) {
    return source.attach(builder.source(source).source(memory).build());
  }

  private void stick(CountDownLatch entered) {
    entered.countDown();
    Waiting.awaitStubbornly(released);
  }

  private static Converter<Size> sizes(Consumer<String> first) {
    return new Converter<>() {
      @Override
      public Class<Size> type() {
        return Size.class;
      }

      @Override
      public String expected() {
        return "a size";
      }

      @Override
      public Size convert(String text) {
        first.accept(text);
        return new Size(Integer.parseInt(text));
      }
    };
  }

  private static Guard growsOnly() {
    return (before, candidate) ->
        candidate.get("size").asInt(0) >= before.get("size").asInt(0)
            ? Verdict.accept()
            : Verdict.reject("size", "it only grows");
  }

  // ---- what they decide

  @Test
  void guard_thatRefuses_keepsTheSnapshot_andTellsWhyAndWhere() {
    try (Config config = open(builder().guard("grows", growsOnly()))) {
      source.document(Map.of("size", 5));
      Snapshot before = config.snapshot();
      source.document(Map.of("size", 4, "x", 1), "size", 3, 7);
      assertSame(before, config.snapshot());
      Problem problem = config.status().source("s").reason().problems().get(0);
      assertEquals(
          """
          GIM-024 size: refused by the guard "grows": it only grows
                  at s.yaml:3:7""",
          problem.toString());
      source.document(Map.of("size", 6));
      assertEquals(6, config.get("size").asInt());
      assertEquals(State.OK, config.status().source("s").state());
    }
  }

  @Test
  void guard_thatRefusesAWrite_makesItThrow() {
    try (Config config = open(builder().guard("grows", growsOnly()))) {
      assertEquals(2, memory.put("size", 9));
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 8));
      assertEquals(ErrorCode.REFUSED, refused.code());
      assertEquals(9, config.get("size").asInt());
      assertEquals(3, memory.put("size", 10));
    }
  }

  @Test
  void guard_seesWhatIsThere_andWhatWouldBe_withTheirVersions() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Guard looks =
        (before, candidate) -> {
          seen.add(
              before.version()
                  + ":"
                  + before.get("size").asInt(0)
                  + " "
                  + candidate.version()
                  + ":"
                  + candidate.get("size").asInt(0));
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("looks", looks))) {
      memory.put("size", 2);
      memory.put("size", 2);
      memory.put("size", 3);
      assertEquals(3, config.snapshot().version());
    }
    assertEquals(List.of("0:0 1:1", "1:1 2:2", "2:2 3:3"), seen);
  }

  @Test
  void guard_isNotAskedAboutWhatFailsOtherwise_butValidatorsAre() {
    AtomicInteger guards = new AtomicInteger();
    Config.Builder builder =
        builder()
            .guard(
                "counts",
                (before, candidate) -> {
                  guards.incrementAndGet();
                  return Verdict.accept();
                })
            .validator(
                "odd",
                candidate ->
                    candidate.get("size").asString("").endsWith("x")
                        ? Verdict.reject("size", "it ends with x")
                        : Verdict.accept());
    try (Config config = open(builder)) {
      config.live("size", Integer.class);
      assertEquals(1, guards.get());
      ConfigException both = assertThrows(ConfigException.class, () -> memory.put("size", "7x"));
      assertEquals(
          List.of(ErrorCode.CONVERSION, ErrorCode.REFUSED),
          both.problems().stream().map(Problem::code).toList());
      assertEquals(1, guards.get());
    }
  }

  @Test
  void start_thatIsRefused_tellsEverythingAtOnce() {
    Validator two =
        candidate -> Verdict.reject("size", "too small").and(Verdict.reject("no owner"));
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> builder().source(source).validator("a", two).validator("b", two).build());
    assertEquals(
        List.of(
            "refused by the validator \"a\": too small",
            "refused by the validator \"a\": no owner",
            "refused by the validator \"b\": too small",
            "refused by the validator \"b\": no owner"),
        refused.problems().stream().map(Problem::message).toList());
  }

  @Test
  void emptyConfig_isValidatedToo() {
    Validator required = candidate -> Verdict.reject("there is nothing");
    assertThrows(ConfigException.class, () -> builder().validator("required", required).build());
  }

  @Test
  void checkThatFails_isARejection_whichShowsNothingOfTheValue() {
    Guard fails =
        (before, candidate) -> {
          if (candidate.get("size").asInt() > 1) {
            throw new IllegalStateException("the password is hunter2");
          }
          return Verdict.accept();
        };
    try (Config config = open(builder().guard("fails", fails))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 2));
      assertEquals(
          "refused by the guard \"fails\": it failed: java.lang.IllegalStateException",
          refused.problems().get(0).message());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void checkThatGivesNull_isARejection() {
    @SuppressWarnings("NullAway")
    Guard nothing = (before, candidate) -> before.version() == 0 ? Verdict.accept() : null;
    try (Config config = open(builder().guard("nothing", nothing))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> memory.put("size", 2));
      assertEquals(
          "refused by the guard \"nothing\": it gave null", refused.problems().get(0).message());
      assertEquals(1, config.snapshot().version());
    }
  }

  @Test
  void guardThatReadsAMalformedValue_isThatValuesProblem() {
    try (Config config = open(builder().guard("reads", growsOnly()))) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("size", "big"));
      assertEquals(ErrorCode.CONVERSION, refused.code());
      assertEquals(1, config.snapshot().version());
    }
  }

  /** A type whose constructor runs no check. */
  public record Pool(int maxSize, String password) {}

  @Test
  void objectValidator_isAskedAboutDeclaredObjects_atTheKeysOfTheirMembers() {
    List<Object> asked = new CopyOnWriteArrayList<>();
    Config.Builder builder =
        builder()
            .objectValidator(
                "limits",
                object -> {
                  asked.add(object);
                  return object instanceof Pool pool && pool.maxSize() > 9
                      ? Verdict.reject("maxSize", "too many")
                          .and(Verdict.reject("password", "hunter2 is weak"))
                          .and(Verdict.reject("no pool"))
                      : Verdict.accept();
                });
    try (Config config = open(builder)) {
      memory.patch(p -> p.set("pool.max-size", 1).set("pool.password", "hunter2"));
      assertEquals(List.of(), asked);
      Live<Pool> pool = config.live("pool", Pool.class);
      assertEquals(List.of(pool.get()), asked);
      ConfigException refused =
          assertThrows(ConfigException.class, () -> memory.put("pool.max-size", 10));
      assertEquals(
          List.of(
              "pool.max-size: refused by the validator \"limits\": too many",
              "pool.password: refused by the validator \"limits\": it is not valid",
              "pool: refused by the validator \"limits\": no pool"),
          refused.problems().stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .toList());
      assertEquals("memory", refused.problems().get(0).origin().toString());
      assertEquals(1, pool.get().maxSize());
      config.live("size", Integer.class);
      assertEquals(3, asked.size());
    }
  }

  // ---- one object

  @Test
  void liveHandles_giveTheOneObjectThatWasChecked() {
    AtomicInteger conversions = new AtomicInteger();
    try (Config config = open(builder().converter(sizes(text -> conversions.incrementAndGet())))) {
      Live<Size> first = config.live("size", Size.class);
      Live<Size> second = config.live("size", Size.class);
      Size one = first.get();
      assertSame(one, second.get());
      assertEquals(1, conversions.get());
      memory.put("other", 1);
      assertSame(one, first.get());
      memory.put("size", 2);
      Size two = second.get();
      assertEquals(new Size(2), two);
      assertSame(two, first.get());
      assertEquals(2, conversions.get());
      assertThrows(ConfigException.class, () -> memory.put("size", "x"));
      assertSame(two, first.get());
      Live<Size> third = config.live("size", Size.class);
      assertSame(two, third.get());
      memory.put("size", 1);
      assertNotSame(one, third.get());
    }
  }

  // ---- where they run, and how long

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
}
