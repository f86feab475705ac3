package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Live;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.source.MemorySource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class G09ReadsOnlyReadTest {

  private final MemorySource memory = Sources.memory("memory");

  @Test
  @Tag("D50")
  @Tag("class5")
  void getWithADefault_storesNothing() {
    memory.put("a", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Snapshot before = config.snapshot();
      assertEquals(8080, config.get("server.port").asInt(8080));
      assertEquals("x", config.get("server", "name").asString("x"));
      assertFalse(config.get("server.port").exists());
      assertFalse(config.at("server").exists());
      assertSame(before, config.snapshot());
      assertEquals(Map.of("a", 1L), config.asMap());
      assertEquals(9, config.get("server.port").asInt(9));
    }
  }

  @Test
  void getOfAMalformedValue_throwsWithTheOrigin_default_orNot() {
    ScriptedSource source =
        new ScriptedSource("s", s -> s.document(Map.of("port", "80a"), "port", 3, 7));
    try (Config config = source.attach(Config.builder().source(source).build())) {
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("port").asInt(8080));
      assertEquals(ErrorCode.CONVERSION, e.code());
      assertEquals("s.yaml:3:7", e.origin().toString());
    }
  }

  @Test
  void getOfAnAbsentValue_withoutADefault_throws() {
    try (Config config = Config.of(Map.of())) {
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("a").asInt());
      assertEquals(ErrorCode.ABSENT, e.code());
    }
  }

  @Test
  @Tag("D26")
  void read_neitherAsksASourceNorWaitsForTheLane() throws Exception {
    ScriptedSource source = new ScriptedSource("s", Map.of("a", 1));
    try (Config config = Config.builder().source(source).build()) {
      java.util.concurrent.CountDownLatch entered = new java.util.concurrent.CountDownLatch(1);
      java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
      source.atReload =
          s -> {
            entered.countDown();
            Waiting.await(release);
          };
      Waiting.Running reload = Waiting.start(config::reload);
      entered.await();
      assertEquals(1, config.get("a").asInt());
      assertEquals(1, config.snapshot().version());
      release.countDown();
      reload.finish();
    }
  }

  @Test
  void live_answersFromTheCurrentSnapshot_andItsDefaultWhereAbsent() {
    memory.put("a", 1);
    try (Config config = Config.builder().source(memory).build()) {
      Live<Integer> live = config.live("a", Integer.class, 7);
      assertEquals(1, live.get());
      memory.put("a", 2);
      assertEquals(2, live.get());
      memory.remove("a");
      assertEquals(7, live.get());
      assertEquals("a", live.path().toString());
      Live<Integer> strict = config.live("a", Integer.class);
      ConfigException e = assertThrows(ConfigException.class, strict::get);
      assertEquals(ErrorCode.ABSENT, e.code());
    }
  }

  @Test
  void typeThatNothingConverts_isRefused() {
    try (Config config = Config.of(Map.of("a", 1))) {
      assertThrows(IllegalArgumentException.class, () -> config.live("a", Thread.class));
    }
  }
}
