package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartTest {

  private static List<ErrorCode> codes(ConfigException e) {
    return e.problems().stream().map(Problem::code).toList();
  }

  private static ConfigException refused(Source... sources) {
    Config.Builder builder = Config.builder();
    for (Source source : sources) {
      builder.source(source);
    }
    return assertThrows(ConfigException.class, builder::build);
  }

  @Test
  void versionOne_holdsAllFirstAnswers() {
    ScriptedSource low = new ScriptedSource("low", Map.of("a", 1, "b", 1));
    ScriptedSource high = new ScriptedSource("high", Map.of("b", 2));
    try (Config config = Config.builder().source(low).source(high).build()) {
      assertEquals(1, config.snapshot().version());
      assertEquals(Map.of("a", 1L, "b", 2L), config.asMap());
      assertEquals(State.OK, config.status().source("low").state());
      assertEquals("low@1", config.status().source("low").revision());
    }
  }

  @Test
  void requiredSources_absentAndMalformed_failAtOnceWithAllProblems() {
    ConfigException e =
        refused(
            new ScriptedSource("one", ScriptedSource::absent),
            new ScriptedSource("two", Map.of("a", 1)),
            new ScriptedSource("three", ScriptedSource::malformed),
            new ScriptedSource("four", ScriptedSource::absent));
    assertEquals(
        List.of(ErrorCode.SOURCE_ABSENT, ErrorCode.MALFORMED, ErrorCode.SOURCE_ABSENT), codes(e));
    assertEquals("one", e.origin().source());
  }

  @Test
  void requiredSourceThatIsAbsent_doesNotWaitForOneThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    ConfigException e =
        refused(
            new ScriptedSource("hanging", s -> Waiting.await(never)),
            new ScriptedSource("absent", ScriptedSource::absent));
    assertEquals(List.of(ErrorCode.SOURCE_ABSENT), codes(e));
  }

  @Test
  void optionalSourceThatIsAbsent_joinsLater() throws Exception {
    ScriptedSource source = new ScriptedSource("s", ScriptedSource::absent);
    try (Config config = source.attach(Config.builder().source(source.optional()).build())) {
      assertEquals(1, config.snapshot().version());
      assertFalse(config.exists() && !config.asMap().isEmpty());
      assertEquals(State.DOWN, config.status().source("s").state());
      assertEquals(ErrorCode.SOURCE_ABSENT, config.status().source("s").reason().code());
      source.document(Map.of("a", 1));
      assertEquals(1, config.get("a").asInt());
      assertEquals(2, config.snapshot().version());
      assertEquals(State.OK, config.status().source("s").state());
      source.failed();
      assertEquals(State.DEGRADED, config.status().source("s").state());
      assertEquals(1, config.get("a").asInt());
    }
  }

  @Test
  @Tag("D15")
  void optionalSourceThatFails_joinsLater() {
    ScriptedSource source = new ScriptedSource("s", ScriptedSource::failed);
    try (Config config = source.attach(Config.builder().source(source.optional()).build())) {
      assertEquals(State.DOWN, config.status().source("s").state());
      source.document(Map.of("a", 1));
      assertEquals(1, config.get("a").asInt());
    }
  }

  @Test
  void optionalSourceThatIsMalformed_failsTheStart() {
    ConfigException e = refused(new ScriptedSource("s", ScriptedSource::malformed).optional());
    assertEquals(List.of(ErrorCode.MALFORMED), codes(e));
  }

  @Test
  @Tag("D15")
  void requiredSourceThatFails_isWaitedFor() {
    ScriptedSource source = new ScriptedSource("s", ScriptedSource::failed);
    Waiting.Running later =
        Waiting.start(
            () -> {
              source.opened.await();
              source.document(Map.of("a", 1));
            });
    try (Config config = source.attach(Config.builder().source(source).build())) {
      assertEquals(1, config.get("a").asInt());
      assertEquals(1, config.snapshot().version());
      later.finish();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void startTimeout_endsTheWait_andSaysWhatWasWrong() {
    ScriptedSource source = new ScriptedSource("s", ScriptedSource::failed);
    Config.Builder builder = Config.builder().source(source).startTimeout(Duration.ofMillis(50));
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    assertEquals(List.of(ErrorCode.SOURCE_TIMEOUT), codes(e));
    assertEquals(
        "the source did not answer well within 50ms: it cannot be reached",
        e.problems().get(0).message());
  }

  @Test
  void sourceThatThrowsInOpen_withoutWatching_isAProblem() {
    ScriptedSource source =
        new ScriptedSource(
            "s",
            s -> {
              throw new IllegalArgumentException("mine");
            });
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> Config.builder().source(source).watching(false).build());
    assertEquals(List.of(ErrorCode.SOURCE_FAILED), codes(e));
  }

  @Test
  void sourceThatOpensNothing_isAProblem() {
    Source source =
        new Source() {
          @Override
          public String name() {
            return "s";
          }

          @Override
          @SuppressWarnings("NullAway") // as foreign code does
          public Session open(Sink sink) {
            return null;
          }
        };
    assertEquals(
        "the source failed to open: java.lang.NullPointerException: open gave null",
        refused(source).problems().get(0).message());
  }

  @Test
  void twoSourcesOfOneName_areRefused() {
    ConfigException e =
        refused(new ScriptedSource("s", Map.of()), new ScriptedSource("s", Map.of()));
    assertEquals(List.of(ErrorCode.DUPLICATE_SOURCE), codes(e));
  }

  @Test
  @Tag("D20")
  void memorySourceInTwoConfigs_isRefused() {
    dev.gimbal.source.MemorySource memory = Sources.memory("memory");
    try (Config config = Config.builder().source(memory).build()) {
      assertThrows(
          IllegalStateException.class, () -> Config.builder().source(memory).build().close());
      memory.put("a", 1);
      assertEquals(1, config.get("a").asInt());
    }
  }

  @Test
  void unresolvedPlaceholder_failsTheStart() {
    ConfigException e = refused(Sources.map("map", Map.of("a", "${nowhere}")));
    assertEquals(List.of(ErrorCode.PLACEHOLDER), codes(e));
    assertEquals("a", e.problems().get(0).path().toString());
    ScriptedSource placed =
        new ScriptedSource("s", s -> s.document(Map.of("port", "${absent}"), "port", 3, 7));
    assertEquals("s.yaml:3:7", refused(placed).origin().toString());
  }

  @Test
  void mapConfig_answers() {
    try (Config config = Config.of(Map.of("a.b", 1, "c", List.of("x", "y")))) {
      assertEquals(1, config.get("a.b").asInt());
      assertEquals("y", config.get("c[1]").asString());
    }
  }

  @Test
  void absence_afterTheFirstDocument_countsBeforeTheOthersHaveAnswered() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    ScriptedSource early =
        new ScriptedSource(
            "early",
            self -> {
              self.document(Map.of("a", 1));
              said.countDown();
            });
    ScriptedSource late = new ScriptedSource("late", self -> {});
    Waiting.Running starter =
        Waiting.start(
            () -> {
              said.await();
              late.opened.await();
              early.absent();
              late.document(Map.of("b", 2));
            });
    try (Config config = Config.builder().source(early).source(late).build()) {
      starter.finish();
      assertEquals(Map.of("b", 2L), config.asMap());
      assertEquals(State.DEGRADED, config.status().source("early").state());
    }
  }

  @Test
  void firstPatchThatDoesNotFit_failsTheStart() {
    ConfigException e =
        refused(new ScriptedSource("s", self -> self.patch(p -> p.set("list[3]", 1))));
    assertEquals(List.of(ErrorCode.PATCH), codes(e));
  }

  @Test
  @Tag("D38")
  void requiredSourceThatThrowsInOpen_failsTheStartAtOnce_withItsCause() {
    UnsupportedOperationException thrown = new UnsupportedOperationException("mine");
    ConfigException e =
        refused(
            new ScriptedSource(
                "s",
                self -> {
                  throw thrown;
                }));
    assertEquals(
        "the source failed to open: java.lang.UnsupportedOperationException: mine",
        e.problems().get(0).message());
    assertSame(thrown, e.getCause());
  }

  @Test
  @Tag("D38")
  void optionalSourceThatThrowsInOpen_isOpenedAgain_andJoins() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    ScriptedSource source =
        new ScriptedSource(
            "s",
            self -> {
              if (opens.incrementAndGet() < 3) {
                throw new UnsupportedOperationException("not yet");
              }
              self.document(Map.of("a", 1));
            });
    try (Config config = Config.builder().source(source.optional()).build()) {
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(Map.of("a", 1L), config.asMap());
      assertEquals(3, opens.get());
      assertEquals(2, config.status().source("s").failures());
    }
  }

  @Test
  void optionalSourceThatSaysIllegalState_afterTheStart_isOpenedAgain_andJoins() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    ScriptedSource source =
        new ScriptedSource(
            "s",
            self -> {
              switch (opens.incrementAndGet()) {
                case 1 -> throw new UnsupportedOperationException("not yet");
                case 2 -> throw new IllegalStateException("not yet, too");
                default -> self.document(Map.of("a", 1));
              }
            });
    try (Config config = Config.builder().source(source.optional()).build()) {
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(Map.of("a", 1L), config.asMap());
      assertEquals(2, config.status().source("s").failures());
    }
  }

  @Test
  void interruptedStart_isAFailedStart_alsoOfOptionalSources() throws Exception {
    ScriptedSource silent = new ScriptedSource("s", self -> {});
    Thread.currentThread().interrupt();
    ConfigException e = refused(silent.optional());
    assertEquals(true, Thread.interrupted());
    assertEquals("GIM-013 interrupted while waiting for sources", e.getMessage());
  }

  @Test
  void goodAnswerFromInsideAnOpenThatThenThrows_isNone() {
    ConfigException e =
        refused(
            new ScriptedSource(
                "s",
                self -> {
                  self.document(Map.of("a", 1));
                  throw new ConfigException(ErrorCode.MALFORMED, "after all");
                }));
    assertEquals(List.of(ErrorCode.MALFORMED), codes(e));
  }

  @Test
  void optionalSourceThatSaysNothing_isDown_andItsStatusSaysWhy() {
    ScriptedSource silent = new ScriptedSource("s", self -> {});
    try (Config config =
        Config.builder().source(silent.optional()).startTimeout(Duration.ofMillis(20)).build()) {
      assertEquals(State.DOWN, config.status().source("s").state());
      assertEquals(
          "GIM-013 the source did not answer well within 20ms\n        at s",
          config.status().source("s").reason().getMessage());
    }
  }

  @Test
  void optionalSourceThatWasAbsentFirst_isOk_onceItHasAnsweredBeforeTheOthers() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    ScriptedSource early =
        new ScriptedSource(
            "early",
            self -> {
              self.absent();
              self.document(Map.of("a", 1));
              said.countDown();
            });
    ScriptedSource late = new ScriptedSource("late", self -> {});
    Waiting.Running starter =
        Waiting.start(
            () -> {
              said.await();
              late.opened.await();
              late.document(Map.of("b", 2));
            });
    try (Config config = Config.builder().source(early.optional()).source(late).build()) {
      starter.finish();
      assertEquals(Map.of("a", 1L, "b", 2L), config.asMap());
      assertEquals(State.OK, config.status().source("early").state());
    }
  }
}
