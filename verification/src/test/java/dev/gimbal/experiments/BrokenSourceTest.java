package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Watcher;
import dev.gimbal.testing.ControllableSource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Experiment F: sources that cannot be reached, or hand over what cannot be read. Readers keep the
 * last good state, the other sources go on, and the next good state is taken, however soon.
 */
@Timeout(300)
@Tag("experiments")
class BrokenSourceTest {

  private static final int RUNS = 10;

  private final ControllableSource a = new ControllableSource("a").document(Map.of("a", 1));
  private final ControllableSource z = new ControllableSource("z").document(Map.of("z", 1));

  // ---- a failing source between two good ones

  @Test
  @Tag("D15")
  void start_withAnOptionalSourceThatFails_showsTheOthers_andItJoins() throws Exception {
    ControllableSource bad = new ControllableSource("bad").failed("it cannot be reached");
    try (Config config = Config.builder().source(a).source(bad.optional()).source(z).build()) {
      assertEquals(Map.of("a", 1L, "z", 1L), config.asMap());
      Experiment.sound("F-1", "", 0, 2);
      assertEquals(State.DOWN, config.status().source("bad").state());
      bad.document(Map.of("b", 1));
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(Map.of("a", 1L, "b", 1L, "z", 1L), config.asMap());
      assertEquals(State.OK, config.status().source("bad").state());
    }
  }

  @Test
  void add_ofASourceThatFails_throws_andTheOthersGoOn() {
    ControllableSource bad = new ControllableSource("bad").failed("it cannot be reached");
    try (Config config =
        Config.builder().source(a).source(z).startTimeout(Duration.ofMillis(100)).build()) {
      assertThrows(ConfigException.class, () -> config.add(bad));
      a.document(Map.of("a", 2));
      config.status();
      assertEquals(Map.of("a", 2L, "z", 1L), config.asMap());
      assertEquals(2, config.status().sources().size());
    }
  }

  @Test
  void load_withASourceThatFails_showsNothingOfTheTwins() {
    TwinSubject twin = new TwinSubject();
    try {
      TwinSource bad = new TwinSource(Map.of());
      bad.prepare("b", 1, true);
      List<TwinSource> sources =
          List.of(new TwinSource(Map.of("a", 1L)), bad, new TwinSource(Map.of("z", 1L)));
      assertThrows(IllegalStateException.class, () -> twin.load(sources));
      assertEquals(Subject.ABSENT, twin.get("a"));
      assertEquals(Subject.ABSENT, twin.get("z"));
      assertEquals(Map.of("a", 1L, "z", 1L), twin.loader().values());
      Experiment.caught("F-1", "", 2, 2);
    } finally {
      twin.abandon();
    }
  }

  @Test
  void start_withARequiredSourceThatIsAbsent_throws_andLeavesNothing() throws Exception {
    Set<Thread> before = Experiment.threads("gimbal-");
    ControllableSource bad = new ControllableSource("bad").absent();
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> Config.builder().source(a).source(bad).source(z).build());
    assertEquals(ErrorCode.SOURCE_ABSENT, e.code());
    assertTrue(a.isClosed() && bad.isClosed() && z.isClosed());
    Experiment.until(() -> Experiment.threads("gimbal-", before).isEmpty());
    Experiment.sound("F-2", "", 0, 3);
  }

  @Test
  void start_ofTheTwinWithASourceThatFails_leavesThreads() {
    Set<Thread> before = Experiment.threads("twin-source");
    TwinSubject twin = new TwinSubject();
    TwinSource bad = new TwinSource(Map.of());
    bad.prepare("b", 1, true);
    List<TwinSource> sources =
        List.of(new TwinSource(Map.of("a", 1L)), bad, new TwinSource(Map.of("z", 1L)));
    assertThrows(IllegalStateException.class, () -> twin.load(sources));
    twin.close();
    int left = Experiment.threads("twin-source", before).size();
    assertEquals(2, left);
    Experiment.caught("F-2", "", left, 3);
    twin.abandon();
  }

  // ---- reading again while one is down

  @Test
  @Tag("D13")
  void reload_whileASourceIsDown_keepsItsKeys_andTakesTheOthers() throws Exception {
    try (Config config = Config.builder().source(a).source(z).build();
        Watcher watcher = config.watch("z")) {
      a.prepare(Map.of("a", 2));
      z.failed("it cannot be reached");
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.SOURCE_FAILED, e.code());
      assertEquals(Map.of("a", 2L, "z", 1L), config.asMap());
      assertEquals(Optional.empty(), watcher.next(Duration.ZERO));
      assertEquals(State.DEGRADED, config.status().source("z").state());
      Experiment.sound("F-3", "", 0, 1);
    }
  }

  @Test
  void sync_ofTheTwinWhileASourceIsDown_dropsItsKeys() throws Exception {
    TwinSubject twin = new TwinSubject(Map.of("a", 1L));
    try {
      int source = twin.load(Map.of("z", 1L));
      twin.settle();
      Subject.Watch watch = twin.watch("z");
      twin.loader().source(source).prepare("z", 1, true);
      assertThrows(IllegalStateException.class, () -> twin.loader().sync());
      twin.settle();
      assertEquals(Subject.ABSENT, twin.get("z"));
      assertEquals(Subject.ABSENT, watch.next(Duration.ZERO).orElseThrow().value());
      Experiment.caught("F-3", "", 1, 1);
    } finally {
      twin.abandon();
    }
  }

  // ---- broken, and good again

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 300, 900, 1_100, 2_500})
  @Tag("D41")
  void goodAfterBroken_isTaken_howeverSoon(int millis) throws Exception {
    List<Boolean> recovered =
        Experiment.runs(
            RUNS,
            RUNS,
            number -> {
              TextSource source = new TextSource("s", "{\"a\": 1}");
              try (Config config = Config.builder().source(source).build()) {
                source.text("{\"a\":");
                SourceStatus status = config.status().source("s");
                assertEquals(State.DEGRADED, status.state());
                assertEquals(ErrorCode.MALFORMED, status.reason().code());
                assertEquals("s.json:1:6", status.reason().origin().toString());
                assertEquals(1, config.get("a").asInt());
                Experiment.pause(millis * 1_000L);
                source.text("{\"a\": 2}");
                return config.status().source("s").state() == State.OK
                    && config.get("a").asInt() == 2;
              }
            });
    Experiment.sound("F-4", millis, Collections.frequency(recovered, false), RUNS);
  }

  @Test
  void goodRightAfterBroken_isLostByTheTwin() throws Exception {
    List<Boolean> recovered =
        Experiment.runs(
            RUNS,
            RUNS,
            number -> {
              TwinSubject twin = new TwinSubject(Map.of("a", 1L));
              try {
                twin.settle();
                twin.loader().source(0).breakUp();
                twin.put(0, "a", 2);
                twin.settle();
                return twin.get("a") == 2;
              } finally {
                twin.abandon();
              }
            });
    Experiment.caught("F-4", 0, Collections.frequency(recovered, false), RUNS);
  }

  @Test
  @Tag("D16")
  void otherSource_goesOn_whileOneIsBroken() {
    TextSource source = new TextSource("s", "{\"a\": 1}");
    try (Config config = Config.builder().source(source).source(z).build()) {
      source.text("{\"a\":");
      z.document(Map.of("z", 2));
      config.status();
      assertEquals(Map.of("a", 1L, "z", 2L), config.asMap());
      ConfigException e = assertThrows(ConfigException.class, config::reload); // the same text
      assertEquals(ErrorCode.MALFORMED, e.code());
      assertEquals(Map.of("a", 1L, "z", 2L), config.asMap());
      source.text("{\"a\": 3}");
      config.status();
      assertEquals(Map.of("a", 3L, "z", 2L), config.asMap());
      Experiment.sound("F-5", "changes", 0, 1);
    }
  }

  @Test
  void otherSource_ofTheTwin_isNotSeenWhileOneIsBroken() throws Exception {
    TwinSubject twin = new TwinSubject(Map.of("a", 1L));
    try {
      int other = twin.load(Map.of("z", 1L));
      twin.settle();
      twin.loader().source(0).breakUp();
      twin.settle();
      twin.put(other, "z", 2);
      twin.settle();
      assertEquals(1, twin.get("z"));
      Experiment.caught("F-5", "changes", 1, 1);
    } finally {
      twin.abandon();
    }
  }

  @Test
  @Tag("D17")
  void add_ofABrokenDocument_throws_andTheOthersGoOn() throws Exception {
    try (Config config = Config.builder().source(a).build()) {
      ConfigException e =
          assertThrows(ConfigException.class, () -> config.add(new TextSource("s", "{\"b\":")));
      assertEquals(ErrorCode.MALFORMED, e.code());
      a.document(Map.of("a", 2));
      config.awaitVersion(2, Duration.ofSeconds(60)); // the failed source may still have the lane
      assertEquals(Map.of("a", 2L), config.asMap());
      Experiment.sound("F-5", "added", 0, 1);
    }
  }

  @Test
  void load_ofABrokenDocument_stopsTheTwin() throws Exception {
    TwinSubject twin = new TwinSubject(Map.of("a", 1L));
    try {
      twin.settle();
      TwinSource broken = new TwinSource(Map.of());
      broken.breakUp();
      assertThrows(IllegalStateException.class, () -> twin.load(List.of(broken)));
      twin.put(0, "a", 2);
      twin.settle();
      assertEquals(1, twin.get("a"));
      Experiment.caught("F-5", "added", 1, 1);
    } finally {
      twin.abandon();
    }
  }

  // ---- documents that are no object

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1,2]", "\"s\"", "5", "true"})
  void rootThatIsNoObject_isRefused_andTheLastGoodStateStays(String text) {
    TextSource source = new TextSource("s", "{\"a\": 1}");
    try (Config config = Config.builder().source(source).build()) {
      source.text(text);
      assertEquals(ErrorCode.ROOT, config.status().source("s").reason().code());
      assertEquals(1, config.get("a").asInt());
      Experiment.sound("F-6", text, 0, 1);
    }
  }

  /** A document that says so is empty; a file of 0 bytes is another thing. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", " "})
  void documentThatIsEmpty_isAnEmptyLayer(String text) {
    TextSource source = new TextSource("s", "{\"a\": 1}");
    try (Config config = Config.builder().source(source).build()) {
      source.text(text);
      assertEquals(State.OK, config.status().source("s").state());
      assertEquals(Map.of(), config.asMap());
      Experiment.sound("F-6", "'" + text + "'", 0, 1);
    }
  }
}
