package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Live;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import dev.gimbal.testing.ControllableSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GS3, GS6, GS7, A3, V1 and V2: what readers see beside reloads and writes. Every way of reading
 * shows the same state, whole and resolved; a read changes nothing.
 */
@Timeout(300)
@Tag("experiments")
class ReadsBesideReloadsTest {

  private static final int CHANGES = 1_000;
  private static final int RELOADS = 1_000;
  private static final int RACES = 4_000;
  private static final int BAD_VALUES = 20;
  private static final int TWIN_ROUNDS = 1_000;

  // ---- GS3: ways of reading

  @Test
  @Tag("class3")
  void everyWayOfReading_showsTheNewValue() throws Exception {
    int rounds = Experiment.scaled(CHANGES);
    MemorySource source = Sources.memory("s");
    source.put("a.k", -1);
    int stale = 0;
    try (Config config = Config.builder().source(source).build()) {
      Live<Integer> live = config.live("a.k", Integer.class, -2);
      Config view = config.at("a");
      for (int round = 0; round < rounds; round++) {
        source.put("a.k", round);
        boolean all =
            config.get("a.k").asInt() == round
                && config.snapshot().get("a.k").asInt() == round
                && config.root().get("a.k").asInt() == round
                && view.get("k").asInt() == round
                && view.asMap().equals(Map.of("k", (long) round))
                && live.get() == round;
        stale += all ? 0 : 1;
      }
    }
    Experiment.sound("GS3", "", stale, rounds);
  }

  /** It keeps what each way of reading found, and forgets one of the two. */
  private static final class TwinOfTwoCaches {
    private final Map<String, Integer> values = new ConcurrentHashMap<>();
    private final Map<String, Integer> found = new ConcurrentHashMap<>();
    private final Map<String, Integer> results = new ConcurrentHashMap<>();

    void reload(int value) {
      values.put("k", value);
      found.clear();
    }

    int get() {
      return found.computeIfAbsent("k", values::get);
    }

    int result() {
      return results.computeIfAbsent("k", values::get);
    }
  }

  @Test
  void oneWayOfReading_showsTheOldValueOfTheTwin() {
    TwinOfTwoCaches twin = new TwinOfTwoCaches();
    int stale = 0;
    for (int round = 0; round < TWIN_ROUNDS; round++) {
      twin.reload(round);
      stale += twin.get() == round && twin.result() == round ? 0 : 1;
    }
    Experiment.caught("GS3", "", stale, TWIN_ROUNDS);
  }

  // ---- GS6: placeholders

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("class2")
  void placeholder_besideReloads_isNeverSeenAsItIsWritten(boolean changes) throws Exception {
    int rounds = Experiment.scaled(RELOADS);
    ControllableSource source = new ControllableSource("s").document(addresses(0));
    try (Config config = Config.builder().source(source).build()) {
      int raw =
          Rounds.beside(
              rounds,
              round -> {
                source.prepare(addresses(changes ? round : 0));
                config.reload();
              },
              () -> !isResolved(config.snapshot()));
      Experiment.sound("GS6", changes ? "changed" : "unchanged", raw, rounds);
    }
  }

  private static Map<String, Object> addresses(int round) {
    return Map.of("host", "h" + round, "url", "http://${host}/");
  }

  private static boolean isResolved(Snapshot snapshot) {
    String host = snapshot.get("host").asString();
    return snapshot.get("url").asString().equals("http://" + host + "/");
  }

  /** It shows the tree, then resolves what stands in it. */
  private static final class TwinOfTwoSteps {
    private volatile String url = "http://h/";

    void reload() {
      url = "http://${host}/";
      Experiment.gap();
      url = url.replace("${host}", "h");
    }
  }

  @Test
  void placeholder_besideReloads_isSeenInTheTwin() throws Exception {
    TwinOfTwoSteps twin = new TwinOfTwoSteps();
    int raw = Rounds.beside(RELOADS, round -> twin.reload(), () -> twin.url.contains("${"));
    Experiment.caught("GS6", "", raw, RELOADS);
  }

  // ---- GS7: present values

  @Test
  @Tag("class4")
  void presentValue_besideReloads_isNeverAbsent() throws Exception {
    int rounds = Experiment.scaled(RELOADS);
    ControllableSource source = new ControllableSource("s").document(Map.of("k", 1));
    try (Config config = Config.builder().source(source).build()) {
      Live<Integer> live = config.live("k", Integer.class, 0);
      int absent =
          Rounds.beside(
              rounds, round -> config.reload(), () -> !config.get("k").exists() || live.get() != 1);
      Experiment.sound("GS7", "", absent, rounds);
    }
  }

  /** It looks whether something is cached, and takes it when it may be gone. */
  private static final class TwinOfTwoLooks {
    private final Map<String, Integer> cache = new ConcurrentHashMap<>();

    void reload() {
      cache.put("k", 1);
      Experiment.gap();
      cache.clear();
    }

    boolean isAbsent() {
      if (cache.get("k") == null) {
        return false; // it asks the sources
      }
      Experiment.gap();
      return cache.get("k") == null;
    }
  }

  @Test
  void presentValue_besideReloads_isAbsentInTheTwin() throws Exception {
    TwinOfTwoLooks twin = new TwinOfTwoLooks();
    int absent = Rounds.beside(RELOADS, round -> twin.reload(), twin::isAbsent);
    Experiment.caught("GS7", "", absent, RELOADS);
  }

  // ---- A3: a value that does not convert

  @Test
  @Tag("class2")
  void valueThatDoesNotConvert_leavesTheOldOne() {
    int rounds = Experiment.scaled(BAD_VALUES);
    MemorySource source = Sources.memory("s");
    source.put("k", 5);
    int changed = 0;
    try (Config config = Config.builder().source(source).build()) {
      Live<Integer> live = config.live("k", Integer.class);
      Live<Integer> orElse = config.live("k", Integer.class, 99);
      for (int round = 0; round < rounds; round++) {
        assertThrows(ConfigException.class, () -> source.put("k", "abc"));
        boolean kept = live.get() == 5 && orElse.get() == 5 && config.get("k").asInt() == 5;
        changed += kept ? 0 : 1;
      }
    }
    Experiment.sound("A3", "", changed, rounds);
  }

  /** A value that does not convert is none. */
  private static final class TwinOfNulls {
    private volatile String text = "5";

    int orElse(int other) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        return other;
      }
    }
  }

  @Test
  void valueThatDoesNotConvert_isTheTwinsDefault() {
    TwinOfNulls twin = new TwinOfNulls();
    int changed = 0;
    for (int round = 0; round < BAD_VALUES; round++) {
      twin.text = "abc";
      changed += twin.orElse(99) == 5 ? 0 : 1;
    }
    Experiment.caught("A3", "", changed, BAD_VALUES);
  }

  // ---- V1 and V2: defaults

  @Test
  @Tag("class5")
  void readWithADefault_besideTheFirstWrite_losesNothing() throws Exception {
    int rounds = Experiment.scaled(RACES);
    try (GimbalSubject subject = new GimbalSubject(Map.of())) {
      Config config = subject.config();
      int lost =
          Rounds.race(
              rounds,
              round -> config.get("k" + round).asLong(-1),
              round -> subject.put(0, "k" + round, round),
              round -> config.get("k" + round).asLong(-1) != round);
      Experiment.sound("V1", "", lost, rounds);
    }
  }

  /** Who reads what is not there puts his default there. */
  private static final class TwinOfDefaults {
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    Object get(String key, Object other) {
      Object value = values.get(key);
      if (value == null) {
        Experiment.gap();
        values.put(key, other);
        return other;
      }
      return value;
    }
  }

  @Test
  void readWithADefault_besideTheFirstWrite_losesTheTwins() throws Exception {
    TwinOfDefaults twin = new TwinOfDefaults();
    int lost =
        Rounds.race(
            CHANGES,
            round -> twin.get("k" + round, -1),
            round -> twin.values.put("k" + round, round),
            round -> !Objects.equals(twin.get("k" + round, -1), round));
    Experiment.caught("V1", "", lost, CHANGES);
  }

  private static int secondDefaults(int rounds, Supplier<String> first, Supplier<String> second) {
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
      first.get();
      wrong += second.get().equals("b") ? 0 : 1;
    }
    return wrong;
  }

  @Test
  @Tag("D25")
  void secondDefault_isTheSecondCallers() {
    int rounds = Experiment.scaled(CHANGES);
    try (Config config = Config.of(Map.of())) {
      int wrong =
          secondDefaults(
              rounds, () -> config.get("k").asString("a"), () -> config.get("k").asString("b"));
      Experiment.sound("V2b", "", wrong, rounds);
    }
  }

  @Test
  void secondDefault_ofTheTwin_isTheFirstCallers() {
    TwinOfDefaults twin = new TwinOfDefaults();
    int wrong =
        secondDefaults(
            CHANGES, () -> (String) twin.get("k", "a"), () -> (String) twin.get("k", "b"));
    Experiment.caught("V2b", "", wrong, CHANGES);
  }

  // ---- V2: two values of one write

  @Test
  void twoValuesOfOneWrite_areNeverMixed() throws Exception {
    int rounds = Experiment.scaled(RACES);
    MemorySource source = Sources.memory("s");
    source.replace(Map.of("user", -1, "password", -1));
    try (Config config = Config.builder().source(source).build()) {
      int mixed =
          Rounds.beside(
              rounds,
              round -> source.patch(p -> p.set("user", round).set("password", round)),
              () -> {
                Snapshot now = config.snapshot();
                return now.get("user").asInt() != now.get("password").asInt();
              });
      Experiment.sound("V2a", "", mixed, rounds);
    }
  }

  /** Many values are many writes. */
  @Test
  void twoValuesOfOneWrite_areMixedInTheTwin() throws Exception {
    Map<String, Integer> twin = new ConcurrentHashMap<>();
    twin.putAll(Map.of("user", -1, "password", -1));
    int mixed =
        Rounds.beside(
            RELOADS,
            round -> {
              twin.put("user", round);
              Experiment.gap();
              twin.put("password", round);
            },
            () -> !Objects.equals(twin.get("user"), twin.get("password")));
    Experiment.caught("V2a", "", mixed, RELOADS);
  }
}
