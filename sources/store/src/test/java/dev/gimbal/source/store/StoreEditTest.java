package dev.gimbal.source.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceEdit;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Tag("D27")
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

  /** What is planned for a tree of keys that nobody decrypts. */
  private static StoreEdit plan(Edit.Builder edit, String... entries) {
    StoreKeys keys = StoreKeys.tree("/app", '/');
    StoreValues values = new StoreValues(keys, "held", "memory", ReadOptions.DEFAULT);
    Map<String, byte[]> all = new HashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      all.put(entries[i], entries[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    Sink sink = new ForwardingSink(null) { // it is asked for nothing else
          @Override
          public Document decrypt(Document document) {
            return document;
          }
        };
    return new EditPlan(keys, values, sink).of(edit.build(), all, document -> {});
  }

  @ParameterizedTest
  @CsvSource({"a, /app/a", "db, /app/db/pin"})
  void encryptedValue_isNotReplacedByAPlainOne(String path, String key) {
    Edit.Builder edit = Edit.builder().set(path, Map.of("x", "plain"));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> plan(edit, key, "ENC[aes-256-gcm,k1,AAAA]"));
    assertEquals(
        "GIM-028 "
            + path
            + ": encrypted values stand here; set ones that are encrypted too, or unset them"
            + " before\n        at memory",
        refused.getMessage());
  }

  @Test
  void edit_reliesOnWhatStandsThereAndBelow_andOnAllOfAList() {
    assertEquals(
        new StoreEdit(Map.of(), Set.of(), Set.of("/app/a/b"), Set.of("/app/a/b/"), Set.of()),
        plan(Edit.builder().unset("a.b")));
    StoreEdit list = plan(Edit.builder().unset("l[0]"), "/app/l/0", "x", "/app/l/1", "y");
    assertEquals(Set.of("/app/l/"), list.reliedBelow());
    assertEquals(Set.of("/app/l", "/app/l/0", "/app/l/1"), list.relied());
  }

  /** A single value there would refuse it, and so would a list. */
  @Test
  void set_reliesOnTheKeysOnTheWay_andOnThatNothingIsThere() {
    StoreEdit beside = plan(Edit.builder().set("a.b.c", 1), "/app/a/b/d", "x", "/app/a/e", "y");
    assertEquals(Set.of("/app/a", "/app/a/b", "/app/a/b/c"), beside.relied());
    assertEquals(Set.of("/app/a/b/c/"), beside.reliedBelow());
    assertEquals(Set.of("/app/a/b/d"), beside.present());
    StoreEdit first = plan(Edit.builder().set("a.b.c", 1), "/app/e", "y");
    assertEquals(Set.of("/app/a", "/app/a/b/c"), first.relied());
    assertEquals(Set.of("/app/a/"), first.reliedBelow());
  }

  @Test
  void keyThatJoinsWhereNothingWas_isAConflict() {
    HeldStore store = tree("/app/x", "1");
    store.beforeWrite =
        () -> {
          if (!store.texts().containsKey("/app/m/0")) {
            store.put("/app/m/0", "1");
          }
        };
    try (Config config = Config.builder().source(store).build()) {
      ConfigException refused =
          assertThrows(ConfigException.class, () -> config.edit("held", e -> e.set("m.k", "2")));
      assertTrue(refused.getMessage().contains("a list stands at m"), refused.getMessage());
    }
    assertEquals(Map.of("/app/x", "1", "/app/m/0", "1"), store.texts());
  }

  @ParameterizedTest
  @CsvSource({"a.k, /app/a", "a.b.k, /app/a/b", "a.\"1\", /app/a"})
  void objectThatBecomesAListMeanwhile_refusesWhatIsSetInIt(String path, String object) {
    HeldStore store = tree(object + "/x", "1");
    store.beforeWrite = () -> store.put(object + "/x", null, object + "/0", "2");
    assertTrue(refusedMeanwhile(store, path).contains("a list stands at "));
    assertEquals(Map.of(object + "/0", "2"), store.texts());
  }

  /** Other keys of it may come and go. */
  @Test
  void objectThatStaysOneMeanwhile_isNoConflict() {
    HeldStore store = tree("/app/a/0", "0", "/app/a/x", "1", "/app/a/y", "1");
    AtomicInteger writes = new AtomicInteger();
    store.beforeWrite =
        () -> {
          writes.incrementAndGet();
          store.put("/app/a/0", null, "/app/a/x", "2", "/app/a/y", null, "/app/a/z", "1");
        };
    edit(store, e -> e.set("a.k", "3"));
    assertEquals(Map.of("/app/a/x", "2", "/app/a/z", "1", "/app/a/k", "3"), store.texts());
    assertEquals(1, writes.get());
  }

  /** They are a list as soon as one joins that fills the gap, or the larger ones go. */
  @Test
  void objectOfNumbers_reliesOnItsGap_andOnAKeyBehindIt() {
    StoreEdit numbers =
        plan(Edit.builder().set("a.k", 1), "/app/a/0", "x", "/app/a/2/u", "y", "/app/a/10/u", "z");
    assertEquals(Set.of("/app/a", "/app/a/k", "/app/a/1"), numbers.relied());
    assertEquals(Set.of("/app/a/1/", "/app/a/k/"), numbers.reliedBelow());
    assertEquals(Set.of("/app/a/10/u"), numbers.present());
  }

  @Test
  void objectOfNumbers_thatBecomesAListMeanwhile_refusesWhatIsSetInIt() {
    HeldStore store = tree("/app/a/0", "0", "/app/a/2", "2");
    store.beforeWrite = () -> store.put("/app/a/1", "1");
    assertTrue(refusedMeanwhile(store, "a.k").contains("a list stands at a"));
    HeldStore other = tree("/app/a/0", "0", "/app/a/2", "2");
    other.beforeWrite = () -> other.put("/app/a/2", null);
    assertTrue(refusedMeanwhile(other, "a.k").contains("a list stands at a"));
  }

  /** The edit fills the gap, and what was behind it is the only thing left to rely on. */
  @Test
  void objectOfNumbers_whoseGapIsFilledByTheEdit_reliesOnTheNextGap() {
    StoreEdit filled =
        plan(Edit.builder().set("a.\"0\".u", 1), "/app/a/1/u", "x", "/app/a/5/u", "y");
    assertEquals(Set.of("/app/a/2/", "/app/a/0/"), filled.reliedBelow());
    assertEquals(Set.of("/app/a/5/u"), filled.present());
  }

  /** What an edit takes itself says nothing. */
  @Test
  void objectThatLosesAKeyByTheEdit_isOneByAnother() {
    Edit.Builder edit = Edit.builder().unset("a.x").set("a.k", 1);
    StoreEdit moved = plan(edit, "/app/a/x", "1", "/app/a/y", "2");
    assertEquals(Set.of("/app/a/y"), moved.present());
    assertEquals(Set.of("/app/a/x/", "/app/a/k/"), moved.reliedBelow());
  }

  private static String refusedMeanwhile(HeldStore store, String path) {
    try (Config config = Config.builder().source(store).build()) {
      return assertThrows(ConfigException.class, () -> config.edit("held", e -> e.set(path, "3")))
          .getMessage();
    }
  }

  @Test
  void unset_ofWhatIsNotThere_takesNothing() {
    HeldStore store =
        tree("/app/a", "1", "/app/a/b", "2", "/app/l/0", "x", "/app/m/0", "y", "/app/m/5", "z");
    Map<String, String> before = store.texts();
    edit(store, e -> e.unset("l.\"0\"").unset("m[0]").unset("none").unset("l[7]"));
    assertEquals(before, store.texts());
    edit(store, e -> e.unset("a.\"\""));
    assertEquals("2", store.texts().get("/app/a/b"));
    assertEquals(null, store.texts().get("/app/a"));
  }

  @Test
  void set_thatWouldChangeWhatIsAround_isRefused() {
    HeldStore store = tree("/app/a", "1", "/app/l/0", "x", "/app/o/k", "y");
    assertTrue(refused(store, e -> e.set("a.b", 1)).contains("a single value stands at a"));
    assertTrue(refused(store, e -> e.set("l.x", 1)).contains("a list stands at l"));
    assertTrue(refused(store, e -> e.set("o[0]", 1)).contains("an object stands at o"));
  }

  @Test
  void keyThatJoinsWhatIsReplaced_isAConflict() {
    HeldStore store = tree("/app/a/x", "1");
    AtomicInteger writes = new AtomicInteger();
    store.beforeWrite =
        () -> {
          if (writes.incrementAndGet() == 1) {
            store.put("/app/a/y", "2");
          }
        };
    edit(store, e -> e.set("a", 5));
    assertEquals(Map.of("/app/a", "5"), store.texts());
    assertEquals(2, writes.get());
  }

  @Test
  void twoEditsOfOneList_leaveAList() {
    HeldStore store = tree("/app/l/0", "a", "/app/l/1", "b");
    AtomicInteger writes = new AtomicInteger();
    store.beforeWrite =
        () -> {
          if (writes.incrementAndGet() == 1) {
            store.put("/app/l/2", "c");
          }
        };
    edit(store, e -> e.unset("l[0]"));
    assertEquals(Map.of("/app/l/0", "b", "/app/l/1", "c"), store.texts());
  }

  @Test
  void unset_ofADocumentThatIsNotThere_makesNone() {
    HeldStore store = new HeldStore(StoreKeys.document("a.properties", null), "other", "x");
    try (Config config = Config.builder().source(store.optional()).build()) {
      config.edit("held", e -> e.unset("a"));
      assertEquals(Map.of("other", "x"), store.texts());
      config.edit("held", e -> e.set("a", 1));
      assertEquals("a=1\n", store.texts().get("a.properties"));
    }
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

  /** Only who fails while it writes may have written, in the first attempt and in later ones. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readingThatFails_leavesNoDoubt(boolean afterAConflict) {
    HeldStore store = tree("/app/a", "1");
    if (afterAConflict) {
      store.beforeWrite =
          () -> {
            store.put("/app/a", "7");
            store.readFailure = new IOException("gone");
          };
    } else {
      store.readFailure = new IOException("gone");
    }
    ConfigException failed =
        assertThrows(ConfigException.class, () -> edit(store, e -> e.set("a", 2)));
    assertEquals("it cannot be reached: gone", failed.problems().get(0).message());
    assertEquals(afterAConflict ? "7" : "1", store.texts().get("/app/a"));
  }

  @Test
  void writingThatFails_isInDoubt() {
    HeldStore store = tree("/app/a", "1");
    store.writeFailure = new IOException("gone");
    assertTrue(
        refused(store, e -> e.set("a", 2))
            .contains("it cannot be reached: gone; it may be written or not"));
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
