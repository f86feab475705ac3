package dev.gimbal.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole Config on one thread. */
class ManualConfigTest {

  private final ManualTasks tasks = new ManualTasks();
  private final ControllableSource source =
      new ControllableSource("test").document(Map.of("server.port", 80));
  private final List<String> log = new ArrayList<>();

  private void listen(Config config, String path) {
    config.onChange(path, change -> log.add(path + "=" + change.after().asString("absent")));
  }

  @Test
  void start_returnsVersion1AndClosesWithTheStatement() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertEquals(1, config.snapshot().version());
      assertEquals(80, config.get("server.port").asInt(0));
      assertTrue(source.isOpen());
    }
    assertTrue(source.isClosed());
  }

  @Test
  void start_sourceWithNothing_throwsWhatBuildThrows() {
    ControllableSource empty = new ControllableSource("empty").absent();
    Config.Builder builder = Config.builder().source(source).source(empty);
    ConfigException e = assertThrows(ConfigException.class, () -> tasks.start(builder));
    assertEquals(ErrorCode.SOURCE_ABSENT, e.code());
    assertEquals("empty", e.origin().source());
  }

  @Test
  void document_publishesAtOnce_listenerIsCalledOnlyWhenTasksRun() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      listen(config, "server.port");
      source.document(Map.of("server.port", 81));
      assertEquals(81, config.get("server.port").asInt(0));
      assertEquals(List.of(), log);
      tasks.runAll();
      assertEquals(List.of("server.port=81"), log);
    }
  }

  @Test
  void document_twiceBeforeTasksRun_listenerSeesTheLastOne() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      listen(config, "server.port");
      source.document(Map.of("server.port", 81));
      source.document(Map.of("server.port", 82));
      tasks.runAll();
      assertEquals(List.of("server.port=82"), log);
      assertEquals(3, config.snapshot().version());
    }
  }

  @Test
  void shuffled_whateverTheOrder_everyListenerSeesTheLastValueOnce() {
    int ran = 0;
    for (long seed = 0; seed < 100; seed++) {
      ManualTasks shuffled = ManualTasks.shuffled(seed);
      ControllableSource own = new ControllableSource("own").document(Map.of("a", 1, "b", 1));
      log.clear();
      try (Config config = shuffled.start(Config.builder().source(own))) {
        listen(config, "a");
        listen(config, "b");
        own.patch(patch -> patch.set("a", 2).set("b", 2));
        ran += shuffled.runAll();
      }
      assertEquals(List.of("a=2", "b=2"), log.stream().sorted().toList());
    }
    assertEquals(300, ran);
  }

  @Test
  void close_whileADeliveryWaits_noCallBegins() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      listen(config, "server.port");
      source.document(Map.of("server.port", 81));
    }
    tasks.runAll();
    assertEquals(List.of(), log);
  }

  @Test
  void reload_runsTheTasksThatItWaitsFor() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      source.prepare(Map.of("server.port", 81));
      assertEquals(80, config.get("server.port").asInt(0));
      assertEquals(2, config.reload());
      assertEquals(81, config.get("server.port").asInt(0));
      assertEquals(1, source.reloads());
      assertEquals(2, config.at("server").reload());
      assertEquals(2, source.reloads());
    }
  }

  @Test
  void reload_ofAFailedSource_throwsWhatTheSourceSaid() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      source.failed("gone");
      ConfigException e = assertThrows(ConfigException.class, config::reload);
      assertEquals(ErrorCode.SOURCE_FAILED, e.code());
      assertEquals("gone", e.problems().get(0).message());
      assertEquals(80, config.get("server.port").asInt(0));
    }
  }

  @Test
  void addAndRemove_runTheTasksThatTheyWaitFor() {
    ControllableSource top = new ControllableSource("top").document(Map.of("server.port", 1));
    try (Config config = tasks.start(Config.builder().source(source))) {
      assertEquals(2, config.add(top));
      assertEquals(1, config.get("server.port").asInt(0));
      assertEquals(3, config.remove("top"));
      assertEquals(80, config.get("server.port").asInt(0));
      tasks.runAll();
      assertTrue(top.isClosed());
    }
  }

  @Test
  void awaitDelivered_runsTheListenersThatItWaitsFor() throws Exception {
    try (Config config = tasks.start(Config.builder().source(source))) {
      listen(config, "server.port");
      source.document(Map.of("server.port", 81));
      config.awaitDelivered(2, Duration.ofMinutes(1));
      assertEquals(List.of("server.port=81"), log);
    }
  }

  @Test
  void awaitDelivered_insideAListener_throwsAsOnRealThreads() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      config.onChange(
          "server.port",
          change -> {
            try {
              config.awaitDelivered(2, Duration.ofMinutes(1));
            } catch (IllegalStateException e) {
              log.add("refused");
            }
          });
      source.document(Map.of("server.port", 81));
      tasks.runAll();
      assertEquals(List.of("refused"), log);
    }
  }

  @Test
  void advance_slowListener_isReportedByTheWatchdogOfTheVirtualClock() {
    try (Config config = tasks.start(Config.builder().source(source))) {
      config.onChange("server.port", change -> tasks.advance(Duration.ofSeconds(11)));
      source.document(Map.of("server.port", 81));
      assertEquals(0, config.status().slowListeners());
      tasks.runAll();
      assertEquals(1, config.status().slowListeners());
    }
  }

  @Test
  void memorySource_worksOnManualTasksToo() {
    var memory = Sources.memory("memory");
    try (Config config = tasks.start(Config.builder().source(source).source(memory))) {
      listen(config, "server.port");
      assertEquals(2, memory.put("server.port", 90));
      assertFalse(tasks.waiting().isEmpty());
      tasks.runAll();
      assertEquals(List.of("server.port=90"), log);
    }
  }

  @Test
  void config_equalsItselfOnly() {
    try (Config config = tasks.start(Config.builder());
        Config other = tasks.start(Config.builder())) {
      assertEquals(config, config);
      assertNotEquals(config, other);
      assertEquals(config.hashCode(), config.hashCode());
    }
  }

  @Test
  void advance_byAnyTime_runsWhatIsDue() {
    List<String> ran = new ArrayList<>();
    tasks.schedule("never", Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("never"));
    tasks.schedule("soon", Duration.ofSeconds(1), () -> ran.add("soon"));
    tasks.advance(Duration.ofSeconds(2));
    assertEquals(List.of("soon"), ran);
  }
}
