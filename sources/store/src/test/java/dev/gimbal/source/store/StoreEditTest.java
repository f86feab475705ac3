package dev.gimbal.source.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceEdit;
import dev.gimbal.format.Edit;
import dev.gimbal.format.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StoreEditTest {

  private static HeldStore tree(String... entries) {
    return new HeldStore(StoreKeys.tree("/app", '/'), entries);
  }

  private static void edit(HeldStore store, Consumer<SourceEdit> changes) {
    try (Config config = Config.builder().source(store).build()) {
      config.edit("held", changes);
    }
  }

  private static String refused(HeldStore store, Consumer<SourceEdit> changes) {
    Map<String, String> before = store.texts();
    ConfigException refused = assertThrows(ConfigException.class, () -> edit(store, changes));
    assertEquals(before, store.texts());
    return refused.getMessage();
  }

  @Test
  void set_putsTheKeyAndIsRead() {
    HeldStore store = tree("/app/db/url", "x", "/app/port", "1", "/application", "y");
    try (Config config = Config.builder().source(store).build()) {
      config.edit("held", e -> e.set("port", 2));
      assertEquals(2, config.get("port").asInt(0));
      config.edit("held", e -> e.set("new.pool", Map.of("max", 5, "min", 1)));
      assertEquals(5, config.get("new.pool.max").asInt(0));
    }
    assertEquals(
        Map.of(
            "/app/db/url", "x",
            "/app/port", "2",
            "/application", "y",
            "/app/new/pool/max", "5",
            "/app/new/pool/min", "1"),
        store.texts());
  }

  @Test
  void set_replacesWhatStandsBelow() {
    HeldStore store = tree("/app/a", "1", "/app/a/b", "2", "/app/a/b/c", "3", "/app/ab", "4");
    edit(store, e -> e.set("a", "5"));
    assertEquals(Map.of("/app/a", "5", "/app/ab", "4"), store.texts());
  }

  @Test
  void unset_takesAllBelow() {
    HeldStore store = tree("/app/a", "1", "/app/a/b", "2", "/app/c", "3");
    edit(store, e -> e.unset("a"));
    assertEquals(Map.of("/app/c", "3"), store.texts());
  }

  @Test
  void lists_areKeysFromZero() {
    HeldStore store = tree("/app/hosts/0", "a", "/app/hosts/1", "b", "/app/hosts/2", "c");
    edit(store, e -> e.set("hosts[3]", "d"));
    assertEquals("d", store.texts().get("/app/hosts/3"));
    edit(store, e -> e.unset("hosts[1]"));
    assertEquals(
        Map.of("/app/hosts/0", "a", "/app/hosts/1", "c", "/app/hosts/2", "d"), store.texts());
    edit(store, e -> e.set("hosts", List.of("z")));
    assertEquals(Map.of("/app/hosts/0", "z"), store.texts());
    assertTrue(refused(store, e -> e.set("hosts[5]", "x")).contains("GIM-028"));
  }

  @Test
  void whatKeysCannotSay_isRefused() {
    HeldStore store = tree("/app/a", "1");
    assertTrue(refused(store, e -> e.set("a", null)).contains("GIM-019"));
    assertTrue(refused(store, e -> e.set("a", List.of())).contains("GIM-019"));
    assertTrue(refused(store, e -> e.set("\"b/c\"", 1)).contains("GIM-028"));
  }

  @Test
  void encryptedValue_isNotReplacedByAPlainOne() {
    StoreKeys keys = StoreKeys.tree("/app", '/');
    StoreValues values = new StoreValues(keys, "held", "memory", ReadOptions.DEFAULT);
    byte[] encrypted = "ENC[aes-256-gcm,k1,AAAA]".getBytes(StandardCharsets.UTF_8);
    EditPlan plan = new EditPlan(keys, values, null); // which a refusal does not ask
    Edit edit = Edit.builder().set("a", "plain").build();
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> plan.of(edit, Map.of("/app/a", encrypted), document -> {}));
    assertTrue(refused.getMessage().contains("an encrypted value stands"), refused.getMessage());
  }

  @Test
  void conflict_beginsAnew() {
    HeldStore store = tree("/app/a", "1", "/app/b", "1");
    AtomicInteger writes = new AtomicInteger();
    store.beforeWrite =
        () -> {
          if (writes.incrementAndGet() == 1) {
            store.put("/app/a", "7");
          }
        };
    edit(store, e -> e.set("a", 2));
    assertEquals("2", store.texts().get("/app/a"));
    assertEquals(2, writes.get());
  }

  @Test
  void conflict_withWhatIsExpected_isTold() {
    HeldStore store = tree("/app/a", "1");
    try (Config config = Config.builder().source(store).build()) {
      store.beforeWrite = () -> store.put("/app/a", "7");
      ConfigException conflict =
          assertThrows(
              ConfigException.class,
              () -> config.edit("held", e -> e.set("a", 2, config.snapshot().version())));
      assertTrue(conflict.getMessage().startsWith("GIM-029"), conflict.getMessage());
    }
    assertEquals("7", store.texts().get("/app/a"));
  }

  @Test
  void conflict_tenTimesInARow_isTold() {
    HeldStore store = tree("/app/a", "1");
    AtomicInteger writes = new AtomicInteger();
    store.beforeWrite = () -> store.put("/app/a", "x" + writes.incrementAndGet());
    try (Config config = Config.builder().source(store).build()) {
      ConfigException conflict =
          assertThrows(ConfigException.class, () -> config.edit("held", e -> e.set("a", 2)));
      assertTrue(conflict.getMessage().contains("10 times"), conflict.getMessage());
    }
  }

  @Test
  void refusedByACheck_isNotWritten() {
    HeldStore store = tree("/app/port", "1");
    try (Config config = Config.builder().source(store).build()) {
      config.liveInt("port", 0);
      assertThrows(ConfigException.class, () -> config.edit("held", e -> e.set("port", "many")));
    }
    assertEquals("1", store.texts().get("/app/port"));
  }

  @Test
  void document_isEditedAsAFileIs() {
    HeldStore store =
        new HeldStore(
            StoreKeys.document("config.properties", null),
            "config.properties",
            "# c\na = 1\nb=2\n");
    edit(store, e -> e.set("a", 3));
    assertEquals("# c\na = 3\nb=2\n", store.texts().get("config.properties"));
  }
}
