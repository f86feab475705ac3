package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.KeyReport;
import dev.gimbal.Origin;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Watcher;
import dev.gimbal.bind.Default;
import dev.gimbal.bind.Key;
import dev.gimbal.source.EnvironmentSource;
import dev.gimbal.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a Config tells of its keys: which are known, who sets them, which nobody reads. */
class KeyReportTest {

  record Replica(String host, Optional<Replica> next) {}

  record Pool(
      @Default("1") int maxSize,
      @Key("max.wait") Duration longest,
      List<Replica> replicas,
      Map<String, List<Integer>> weights,
      Map<String, Object> free) {}

  private static MemorySource memory() {
    MemorySource memory = new MemorySource("memory");
    memory.replace(
        Map.of(
            "pool",
            Map.of(
                "max-size",
                5,
                "max.wait",
                "3s",
                "replicas",
                List.of(Map.of("host", "a"), Map.of("host", "b", "next", Map.of("host", "c"))),
                "weights",
                Map.of("x", List.of(1, 2)),
                "free",
                Map.of("any", "thing"),
                "maxSiz",
                7),
            "other",
            Map.of("a", 1, "b", 2),
            "port",
            80));
    return memory;
  }

  @Test
  void everyKeyIsListed_withItsPlace_andTheVariableThatSetsItOrWould() {
    try (Config config =
        Config.builder()
            .declare("pool", Pool.class)
            .declare("port", int.class)
            .declare("hosts", new TypeRef<List<String>>() {})
            .source(memory())
            .source(new EnvironmentSource("APP_", Map.of("APP_POOL_MAXSIZE", "9")))
            .source(Sources.arguments("--port=81"))
            .build()) {
      assertEquals(
          """
          keys of version 1
            hosts: List<String>, absent, may be set by --hosts, may be set by APP_HOSTS
            pool.free.any: Object, at memory, may be set by --pool.free.any, may be set by APP_POOL_FREE_ANY
            pool.max-size: int, at APP_POOL_MAXSIZE, may be set by --pool.max-size
            pool."max.wait": Duration, at memory, may be set by --pool."max.wait", may be set by APP_POOL_MAX_WAIT
            pool.replicas[0].host: String, at memory, may be set by --pool.replicas[0].host, may be set by APP_POOL_REPLICAS_0_HOST
            pool.replicas[0].next.host: String, absent, may be set by --pool.replicas[0].next.host, may be set by APP_POOL_REPLICAS_0_NEXT_HOST
            pool.replicas[0].next.next: Optional<Replica>, absent, may be set by --pool.replicas[0].next.next, may be set by APP_POOL_REPLICAS_0_NEXT_NEXT
            pool.replicas[1].host: String, at memory, may be set by --pool.replicas[1].host, may be set by APP_POOL_REPLICAS_1_HOST
            pool.replicas[1].next.host: String, at memory, may be set by --pool.replicas[1].next.host, may be set by APP_POOL_REPLICAS_1_NEXT_HOST
            pool.replicas[1].next.next: Optional<Replica>, absent, may be set by --pool.replicas[1].next.next, may be set by APP_POOL_REPLICAS_1_NEXT_NEXT
            pool.weights.x: List<Integer>, at memory, may be set by --pool.weights.x, may be set by APP_POOL_WEIGHTS_X
            port: int, at --port, may be set by APP_PORT
          never read
            other, at memory
            pool.maxSiz, at memory; did you mean pool.maxSize?
          """,
          config.keys().toString());
    }
  }

  @Test
  void namesThatMeanSeveralKeys_areNamed() {
    try (Config config =
        Config.builder()
            .declare("db.max", int.class)
            .declare("dbMax", int.class)
            .source(new EnvironmentSource("", Map.of("PATH", "/bin")))
            .build()) {
      List<ConfigPath> both = List.of(ConfigPath.parse("db.max"), ConfigPath.parse("dbMax"));
      KeyReport.Variable name = new KeyReport.Variable("environment", "DB_MAX", false, both);
      assertEquals(
          List.of(
              new KeyReport.Known(both.get(0), "int", Optional.empty(), List.of(name)),
              new KeyReport.Known(both.get(1), "int", Optional.empty(), List.of(name))),
          config.keys().known());
      assertEquals(true, name.isAmbiguous());
      assertEquals(
          """
          keys of version 1
            db.max: int, absent, DB_MAX is ambiguous: [db.max, dbMax]
            dbMax: int, absent, DB_MAX is ambiguous: [db.max, dbMax]
          """,
          config.keys().toString());
    }
  }

  @Test
  void liveHandles_areKnown_fromWhenTheyAreMade() {
    try (Config config = Config.builder().source(memory()).build()) {
      assertEquals(List.of("other", "pool", "port"), unread(config));
      assertEquals(80, config.live("port", int.class).get());
      assertEquals(List.of("other", "pool"), unread(config));
      assertEquals(1, config.keys().known().size());
    }
  }

  @Test
  void whereReadsAreTracked_whatWasReadIsNotListed() {
    try (Config config = Config.builder().trackReads(true).source(memory()).build()) {
      assertEquals(80, config.get("port").asInt());
      assertEquals("fallback", config.get("absent").asString("fallback"));
      assertEquals(1, config.at("other").get("a").asInt());
      assertEquals(true, config.get("other.b").exists());
      assertEquals(Map.of("any", "thing"), config.snapshot().get("pool").get("free").asMap());
      assertEquals(
          List.of(
              "pool.max-size", "pool.\"max.wait\"", "pool.maxSiz", "pool.replicas", "pool.weights"),
          unread(config));
      assertEquals(Optional.of(Origin.of("memory")), config.keys().unread().get(0).origin());
      assertEquals(3, config.root().asMap().size());
      assertEquals(List.of(), unread(config));
    }
  }

  /** What is known below a key that was read hangs on what it was read as. */
  @Test
  void whereReadsAreTracked_eachReadsWhatItsTypeDoes() throws Exception {
    record Small(int a) {}
    MemorySource source = new MemorySource("memory");
    source.patch(
        p ->
            p.set("bound.a", 1)
                .set("bound.b", 1)
                .set("there.a", 1)
                .set("names.a", 1)
                .set("list", List.of("x"))
                .set("any.a", 1)
                .set("watched.a", 1)
                .set("handle.a", 1)
                .set("handle.b", 1));
    try (Config config = Config.builder().trackReads(true).source(source).build()) {
      assertThrows(
          IllegalArgumentException.class, () -> config.get("there").as(Thread.class)); // no read
      assertEquals(new Small(1), config.get("bound").as(Small.class));
      assertEquals(true, config.get("there").exists());
      assertEquals(List.of("a"), config.get("names").children());
      assertEquals(List.of("x"), config.get("list").asList());
      assertEquals(1, config.get("any").asMap().size());
      assertEquals(new Small(1), config.live("handle", Small.class).get());
      try (Watcher watcher = config.watch("watched")) {
        source.put("watched.a", 2);
        assertEquals(config.snapshot().version(), watcher.next().version());
      }
      assertEquals(List.of("bound.b", "handle.b", "names.a", "there.a", "watched"), unread(config));
    }
  }

  @Test
  void whereReadsAreNotTracked_nothingIsKept() {
    try (Config config = Config.builder().source(memory()).build()) {
      assertEquals(80, config.get("port").asInt());
      assertEquals(List.of("other", "pool", "port"), unread(config));
    }
  }

  private static List<String> unread(Config config) {
    return config.keys().unread().stream().map(key -> key.path().toString()).toList();
  }
}
