package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Sources;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that were refused, and what lets them through. */
@Timeout(60)
class G07PendingTest {

  private final MemorySource base = Sources.memory("base");
  private final ScriptedSource lower = new ScriptedSource("lower", Map.of());
  private final ScriptedSource upper = new ScriptedSource("upper", Map.of());
  private final ScriptedSource top = new ScriptedSource("top", Map.of());

  private Config open(Source... more) {
    Config.Builder builder = Config.builder().source(base);
    for (Source source : more) {
      builder.source(source);
    }
    Config config = builder.source(lower).source(upper).source(top).build();
    lower.attach(config);
    upper.attach(config);
    top.attach(config);
    return config;
  }

  private List<State> states(Config config) {
    return List.of(
        config.status().source("lower").state(),
        config.status().source("upper").state(),
        config.status().source("top").state());
  }

  @Test
  void ofTwoPendingThatExcludeEachOther_theLowerIsLetThrough_inTheSameSnapshot() {
    try (Config config = open()) {
      lower.document(Map.of("x", "${y}"));
      upper.document(Map.of("y", "${x}"));
      assertEquals(List.of(State.DEGRADED, State.DEGRADED, State.OK), states(config));
      assertEquals(2, base.patch(patch -> patch.set("x", 1).set("y", 2)));
      assertEquals(Map.of("x", 2L, "y", 2L), config.asMap());
      assertEquals(List.of(State.OK, State.DEGRADED, State.OK), states(config));
      assertEquals("lower@2", config.status().source("lower").revision());
      assertEquals("upper@1", config.status().source("upper").revision());
    }
  }

  @Test
  void theOneThatIsLeft_isLetThrough_whenTheOtherGoes() {
    try (Config config = open()) {
      lower.document(Map.of("x", "${y}"));
      upper.document(Map.of("y", "${x}"));
      base.patch(patch -> patch.set("x", 1).set("y", 2));
      lower.document(Map.of());
      assertEquals(Map.of("x", 1L, "y", 1L), config.asMap());
      assertEquals(3, config.snapshot().version());
      assertEquals(List.of(State.OK, State.OK, State.OK), states(config));
    }
  }

  @Test
  void pendingOneThatNeedsAHigherPendingOne_isLetThroughAfterIt_inTheSameSnapshot() {
    try (Config config = open()) {
      lower.document(Map.of("p", "${q}"));
      upper.document(Map.of("q", "${r}"));
      top.document(Map.of("z", "${nowhere}"));
      assertEquals(List.of(State.DEGRADED, State.DEGRADED, State.DEGRADED), states(config));
      assertEquals(2, base.put("r", 5));
      assertEquals(Map.of("p", 5L, "q", 5L, "r", 5L), config.asMap());
      assertEquals(List.of(State.OK, State.OK, State.DEGRADED), states(config));
    }
  }

  @Test
  void refusedChange_letsNothingThrough() {
    try (Config config = open()) {
      lower.document(Map.of("x", "${y}"));
      upper.document(Map.of("y", "${x}"));
      assertThrows(ConfigException.class, () -> base.put("x", "${x}"));
      assertEquals(Map.of(), config.asMap());
      top.document(Map.of("t", "${nowhere}"));
      assertEquals(1, config.snapshot().version());
      assertEquals(List.of(State.DEGRADED, State.DEGRADED, State.DEGRADED), states(config));
    }
  }

  @Test
  void sourceThatIsAdded_letsAPendingOneThrough_inTheSameSnapshot() {
    base.put("p", 1);
    base.put("q", 2);
    try (Config config = open()) {
      lower.document(Map.of("x", "${k}", "p", "${q}"));
      upper.document(Map.of("w", "${k}", "q", "${p}"));
      assertEquals(2, config.add(Sources.map("added", Map.of("k", 3))));
      assertEquals(Map.of("k", 3L, "p", 2L, "q", 2L, "x", 3L), config.asMap());
      assertEquals(List.of(State.OK, State.DEGRADED, State.OK), states(config));
    }
  }

  @Test
  void sourceThatIsRemoved_letsAPendingOneThrough_inTheSameSnapshot() {
    base.patch(p -> p.set("x", 1).set("y", 2).set("w", 3).set("v", 4).set("p", 5).set("q", 6));
    try (Config config = open(Sources.map("blocker", Map.of("y", "${x}", "v", "${w}")))) {
      lower.document(Map.of("x", "${y}", "p", "${q}"));
      upper.document(Map.of("w", "${v}", "q", "${p}"));
      assertEquals(List.of(State.DEGRADED, State.DEGRADED, State.OK), states(config));
      assertEquals(2, config.remove("blocker"));
      assertEquals(
          new TreeMap<>(Map.of("x", 2L, "y", 2L, "w", 3L, "v", 4L, "p", 6L, "q", 6L)),
          new TreeMap<>(config.asMap()));
      assertEquals(List.of(State.OK, State.DEGRADED, State.OK), states(config));
    }
  }

  @Test
  void keyThatIsDeclared_letsAPendingOneThrough_inTheSameSnapshot() {
    base.patch(patch -> patch.set("p", 1).set("q", 2));
    try (Config config = open(new EnvironmentSource("APP_", Map.of("APP_MAX_SIZE", "8")))) {
      lower.document(Map.of("x", "${maxSize}", "p", "${q}"));
      upper.document(Map.of("w", "${maxSize}", "q", "${p}"));
      assertEquals(List.of(State.DEGRADED, State.DEGRADED, State.OK), states(config));
      assertEquals(8, config.live("maxSize", Integer.class).get());
      assertEquals(2, config.snapshot().version());
      assertEquals(8, config.get("x").asInt());
      assertEquals(2, config.get("p").asInt());
      assertEquals(List.of(State.OK, State.DEGRADED, State.OK), states(config));
    }
  }
}
