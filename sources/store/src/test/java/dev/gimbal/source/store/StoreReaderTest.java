package dev.gimbal.source.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.source.OnMissing;
import dev.gimbal.testing.ManualTasks;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoreReaderTest {

  private final ManualTasks tasks = new ManualTasks();
  private HeldStore store;

  private Config start(StoreKeys keys, String... entries) {
    store = new HeldStore(keys, entries);
    return tasks.start(Config.builder().source(store));
  }

  private void put(String... entries) {
    store.put(entries);
    tasks.runAll();
  }

  private static SourceStatus status(Config config) {
    return config.status().sources().get(0);
  }

  private static StoreKeys tree() {
    return StoreKeys.tree("/app", '/');
  }

  @Tag("D52")
  @Tag("D54")
  @Test
  void tree_hasWhatIsBelowThePrefixOnly() {
    try (Config config =
        start(tree(), "/app", "0", "/app/a", "1", "/app/b.c/d", "2", "/application/x", "3")) {
      assertEquals(Map.of("a", "1", "b.c", Map.of("d", "2")), config.snapshot().get("").asMap());
      put("/application/x", "4", "/app", "5");
      assertEquals(1, config.snapshot().version());
      put("/app/b.c/d", "6");
      assertEquals("6", config.get("b.c", "d").asString());
    }
  }

  @Test
  void tree_thatIsEmpty_failsTheStart() {
    ConfigException absent = assertThrows(ConfigException.class, () -> start(tree()).close());
    assertTrue(absent.getMessage().contains("there are no keys below /app/"), absent.getMessage());
  }

  @Tag("D54")
  @Test
  void tree_whoseKeysAreAllGone_isEmpty() {
    try (Config config = start(tree(), "/app/a", "1")) {
      put("/app/a", null);
      assertEquals("none", config.get("a").asString("none"));
      put("/app/a", "2");
      assertEquals("2", config.get("a").asString());
    }
  }

  @Test
  void tree_whoseKeysAreAllGone_staysIfItIsToldTo() {
    try (Config config = start(tree().onMissing(OnMissing.KEEP), "/app/a", "1", "/app/b", "1")) {
      put("/app/a", null, "/app/b", null);
      assertEquals("1", config.get("b").asString("none"));
      put("/app/b", "2");
      assertEquals("2", config.get("b").asString());
      assertEquals("none", config.get("a").asString("none"));
    }
  }

  @Tag("D53")
  @Test
  void tree_withAValueThatIsNotUtf8_keepsTheLayer() {
    try (Config config = start(tree(), "/app/a", "1", "/app/b", "1")) {
      store.put("/app/a", new byte[] {(byte) 0xFF});
      tasks.runAll();
      assertEquals("1", config.get("a").asString());
      assertTrue(
          status(config).toString().contains("/app/a is not UTF-8"), status(config)::toString);
      put("/app/b", "2");
      assertEquals("1", config.get("b").asString());
      put("/app/a", "3");
      assertEquals("3", config.get("a").asString());
      assertEquals("2", config.get("b").asString());
    }
  }

  @Test
  @Tag("G6")
  void tree_thatIsMendedWhileItIsRead_isRead() {
    try (Config config = start(tree(), "/app/a", "1", "/app/b", "1")) {
      store.put("/app/a", new byte[] {(byte) 0xFF});
      store.duringRead =
          () -> {
            store.duringRead = () -> {};
            store.put("/app/b", new byte[] {(byte) 0xFF});
            store.put("/app/b", "2", "/app/a", "2");
          };
      tasks.runAll();
      assertEquals("2", config.get("a").asString());
      assertEquals("2", config.get("b").asString());
    }
  }

  @Test
  void tree_withTooManyKeys_keepsTheLayer() {
    StoreKeys few = tree().reading(o -> o.withLimits(o.limits().withMaxNodes(2)));
    try (Config config = start(few, "/app/a", "1", "/app/b", "1")) {
      put("/app/a", "2");
      assertEquals("2", config.get("a").asString());
      put("/app/c", "3");
      assertEquals("none", config.get("c").asString("none"));
      assertEquals(ErrorCode.LIMIT, status(config).reason().code());
      put("/app/b", null);
      assertEquals("3", config.get("c").asString("none"));
    }
  }

  @Test
  void tree_withTooManyBytesOrParts_keepsTheLayer() {
    StoreKeys few = tree().reading(o -> o.withLimits(o.limits().withMaxBytes(5).withMaxDepth(300)));
    try (Config config = start(few, "/app/a", "123")) {
      put("/app/b", "123");
      assertEquals(ErrorCode.LIMIT, status(config).reason().code());
      put("/app/b", "12");
      assertEquals("12", config.get("b").asString());
      String deep = "/x".repeat(299);
      put("/app/b", null, "/app/c" + deep, "1");
      assertEquals(SourceStatus.State.OK, status(config).state());
      put("/app/c" + deep + "/x", "1");
      assertEquals(ErrorCode.LIMIT, status(config).reason().code());
    }
  }

  @Test
  void tree_thatCameByChanges_staysIfItIsToldTo() {
    store = new HeldStore(tree().onMissing(OnMissing.KEEP));
    try (Config config = tasks.start(Config.builder().source(store.optional()))) {
      put("/app/a", "1");
      put("/app/a", null);
      assertEquals("1", config.get("a").asString("none"));
    }
  }

  @Test
  @Tag("G6")
  void document_thatWasReadAsTheConnectionWasLost_isReadAgain() {
    try (Config config = start(StoreKeys.document("conf", "properties"), "conf", "a=1\n")) {
      store.afterRead =
          () -> {
            store.afterRead = () -> {};
            store.cut();
          };
      put("conf", "a=2\n");
      tasks.advance(Duration.ofSeconds(1));
      assertEquals("2", config.get("a").asString());
    }
  }

  @Tag("D38")
  @Test
  void document_isReadAgain() {
    StoreKeys keys = StoreKeys.document("conf", "properties");
    try (Config config = start(keys, "conf", "a=1\n", "other", "x")) {
      assertEquals("1", config.get("a").asString());
      put("conf", "a=2\n");
      assertEquals("2", config.get("a").asString());
      put("conf", null);
      assertEquals("2", config.get("a").asString());
      put("conf", "a=3\n");
      assertEquals("3", config.get("a").asString());
    }
  }

  @Test
  void document_thatIsTheSame_isNotToldAgain() {
    StoreKeys keys = StoreKeys.document("conf", "properties");
    try (Config config = start(keys, "conf", "a=1\n")) {
      put("conf", "a=1\n");
      assertEquals(1, status(config).accepted());
      put("conf", "\\u00");
      assertEquals(SourceStatus.State.DEGRADED, status(config).state());
      put("conf", "a=1\n");
      assertEquals(SourceStatus.State.OK, status(config).state());
      put("conf", null, "other", "x");
      put("conf", "a=1\n");
      assertEquals(SourceStatus.State.OK, status(config).state());
      put("conf", "a=2\n");
      assertEquals("2", config.get("a").asString());
    }
  }

  @Test
  void placeholders_seeNothingOfTheProcess() {
    try (Config config = start(tree(), "/app/a", "${b} ${b}", "/app/b", "1")) {
      assertEquals("1 1", config.get("a").asString());
      put("/app/a", "${env:HOME:none}");
      assertEquals("1 1", config.get("a").asString());
      assertTrue(status(config).toString().contains("GIM-008"), status(config)::toString);
    }
  }
}
