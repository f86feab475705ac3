package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Tests that wait for what the source looks for every 2 s do it at the same time. */
class NatsSourceTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  private Bucketful bucket;

  @BeforeEach
  void create() throws Exception {
    bucket = Bucketful.create(NATS.server().address());
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
  }

  private String servers() {
    return "127.0.0.1:" + NATS.server().address().getPort();
  }

  private NatsSource tree(String prefix) {
    return NatsSource.tree(servers(), bucket.name(), prefix).name("nats");
  }

  private NatsSource document() {
    return NatsSource.document(servers(), bucket.name(), "doc", "json").name("nats");
  }

  private static Config config(Source source) {
    return Config.builder().source(source).build();
  }

  private static SourceStatus.State state(Config config) {
    return config.status().source("nats").state();
  }

  private static String reason(Config config) {
    ConfigException why = config.status().source("nats").reason();
    return why == null ? "" : why.problems().get(0).message();
  }

  // ---- what is read

  @Test
  void tree_isRead_andFollowed() throws Exception {
    bucket.put("app.db.url", "one");
    bucket.put("app.hosts.0", "a");
    bucket.put("application.db.url", "not this");
    bucket.put("app", "nor this");
    try (Config config = config(tree("app"))) {
      assertEquals("one", config.get("db.url").asString());
      assertEquals("a", config.get("hosts[0]").asString());
      assertEquals(List.of("db", "hosts"), config.children());
      bucket.put("app.db.url", "two");
      Awaiting.value(config, "db.url", "two");
      bucket.put("app.db.user", "me");
      Awaiting.value(config, "db.user", "me");
      bucket.keys().delete("app.db.url");
      Awaiting.value(config, "db.url", "none");
      bucket.keys().purge("app.db.user");
      Awaiting.value(config, "db.user", "none");
    }
  }

  @Test
  void tree_ofAllKeys_withSlashes_andADot() throws Exception {
    bucket.put("app/db/url", "one");
    bucket.put("app/db.x/url", "two");
    bucket.put("apps/db/url", "not this");
    NatsSource source = NatsSource.tree(servers(), bucket.name(), "app", '/');
    try (Config config = config(source)) {
      assertEquals("one", config.get("db", "url").asString());
      assertEquals("two", config.get("db.x", "url").asString());
      assertEquals(List.of("db", "db.x"), config.children());
      bucket.put("app/db/url", "three");
      Awaiting.value(config, "db.url", "three");
    }
  }

  @Test
  void tree_withoutAPrefix_isTheWholeBucket() throws Exception {
    bucket.put("a", "1");
    bucket.put("b.c", "");
    try (Config config = config(tree(""))) {
      assertEquals(Map.of("a", "1", "b", Map.of("c", "")), config.asMap());
    }
  }

  @Test
  void revision_isTheSequenceOfTheStream() throws Exception {
    bucket.put("a", "1");
    try (Config config = config(tree(""))) {
      assertEquals("1", config.status().source("nats").revision());
      long revision = bucket.keys().put("a", "2");
      Awaiting.value(config, "a", "2");
      assertEquals(Long.toString(revision), config.status().source("nats").revision());
    }
  }

  @Test
  void tree_thatBecomesEmpty_isEmpty_orStays() throws Exception {
    bucket.put("a", "1");
    try (Config cleared = config(tree(""));
        Config kept = config(tree("").onMissing(OnMissing.KEEP))) {
      bucket.keys().delete("a");
      Awaiting.value(cleared, "a", "none");
      Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(kept));
      assertEquals("1", kept.get("a").asString());
      bucket.put("a", "2");
      Awaiting.value(cleared, "a", "2");
      Awaiting.value(kept, "a", "2");
    }
  }

  @Test
  @Tag("G7")
  void aValueThatIsNoText_leavesTheLayer() throws Exception {
    bucket.put("a", "1");
    try (Config config = config(tree(""))) {
      bucket.keys().put("b", new byte[] {(byte) 0xff});
      Awaiting.equal("the value of the key b is not UTF-8", () -> reason(config));
      bucket.put("a", "2");
      bucket.keys().delete("b");
      Awaiting.value(config, "a", "2");
      Awaiting.equal(SourceStatus.State.OK, () -> state(config));
    }
  }

  @Test
  void document_isFollowed_andStaysWhenItIsDeleted() throws Exception {
    bucket.put("doc", "{\"a\":1,\"b\":{\"c\":\"x\"}}");
    try (Config config = config(document())) {
      assertEquals(1, config.get("a").asInt());
      bucket.put("doc", "{\"a\":2}");
      Awaiting.value(config, "a", "2");
      bucket.put("doc", "{\"a\":");
      Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(config));
      assertEquals("2", config.get("a").asString());
      bucket.keys().delete("doc");
      Awaiting.equal("there is no key doc any more; the last content stays", () -> reason(config));
      bucket.put("doc", "{\"a\":3}");
      Awaiting.value(config, "a", "3");
    }
  }

  @Test
  void document_ofGoMicro_isTheDefault() throws Exception {
    bucket.put("micro_config", "{\"a\":1}");
    String uri = "nats://" + servers() + "/" + bucket.name() + "?as=document";
    try (Config config = Config.builder().source(uri).build()) {
      assertEquals(1, config.get("a").asInt());
    }
  }

  // ---- buckets

  @Test
  @Execution(CONCURRENT)
  void noBucket_isAbsent_andJoinsLater() throws Exception {
    String name = bucket.name() + "later";
    NatsSource source = NatsSource.tree(servers(), name, "").name("nats");
    assertEquals(
        "there is no bucket " + name,
        assertThrows(ConfigException.class, () -> config(source)).problems().get(0).message());
    NatsSource another = NatsSource.tree(servers(), name, "").name("nats");
    try (Config config = config(another.optional())) {
      assertEquals("there is no bucket " + name, reason(config));
      try (Bucketful made = Bucketful.named(NATS.server().address(), name)) {
        made.put("a", "1");
        Awaiting.value(config, "a", "1");
        made.put("a", "2");
        Awaiting.value(config, "a", "2");
      }
    }
  }

  @Test
  @Tag("G6")
  @Execution(CONCURRENT)
  void bucket_thatIsMadeAnew_beginsAnew() throws Exception {
    for (int i = 0; i < 20; i++) {
      bucket.put("a", "old" + i);
    }
    bucket.put("b", "old");
    try (Config config = config(tree(""))) {
      bucket.delete();
      bucket.create();
      bucket.put("a", "new"); // its revision is less than those before
      Awaiting.value(config, "a", "new");
      Awaiting.value(config, "b", "none");
      bucket.put("a", "newer");
      Awaiting.value(config, "a", "newer");
      bucket.delete();
      Awaiting.value(config, "a", "none");
      Awaiting.equal("there is no bucket " + bucket.name(), () -> reason(config));
    }
  }

  @Test
  @Execution(CONCURRENT)
  void document_inABucketThatIsMadeAnew_beginsAnew() throws Exception {
    for (int i = 0; i < 20; i++) {
      bucket.put("doc", "{\"a\":" + i + "}");
    }
    try (Config config = config(document())) {
      bucket.delete();
      Awaiting.equal(SourceStatus.State.DEGRADED, () -> state(config));
      assertEquals("19", config.get("a").asString());
      bucket.create();
      bucket.put("doc", "{\"a\":100}");
      Awaiting.value(config, "a", "100");
      bucket.put("doc", "{\"a\":101}");
      Awaiting.value(config, "a", "101");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void purgeOfTheStream_ofWhichNoWatchTells_isFound() throws Exception {
    bucket.put("a", "1");
    bucket.put("b", "1");
    try (Config config = config(tree(""))) {
      bucket.streams().purgeStream(bucket.stream());
      bucket.put("c", "1");
      bucket.put("d", "1");
      Awaiting.equal(Map.of("c", "1", "d", "1"), config::asMap);
      bucket.streams().purgeStream(bucket.stream());
      Awaiting.equal(Map.of(), config::asMap);
      bucket.put("c", "2");
      Awaiting.equal(Map.of("c", "2"), config::asMap);
    }
  }

  @Test
  @Execution(CONCURRENT)
  void keysThatGoByAge_go() throws Exception {
    bucket.delete();
    bucket.createFor(Duration.ofSeconds(1));
    bucket.put("a", "1");
    try (Config config = config(tree("").optional())) {
      Awaiting.value(config, "a", "none");
      bucket.put("a", "2");
      Awaiting.value(config, "a", "2");
      Awaiting.value(config, "a", "none");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void aKeyThatGoesByAge_whileMoreAndMoreAreWritten_goes() throws Exception {
    bucket.delete();
    bucket.createFor(Duration.ofSeconds(3));
    bucket.put("a", "1");
    try (Config config = config(tree("").optional())) {
      long begin = System.nanoTime();
      for (int round = 0; config.get("a").exists(); round++) {
        assertTrue(System.nanoTime() - begin < Awaiting.PATIENCE.toNanos());
        for (int i = 0; i < round; i++) { // so that there are always more than before
          bucket.putLater("c" + round + "." + i, "1");
        }
        bucket.awaitPuts();
        Thread.sleep(50); // the time that a key has is real
      }
    }
  }

  @Test
  void manyKeys_areRead() throws Exception {
    int count = 10_000;
    Map<String, Object> expected = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      bucket.putLater("k" + i, "v" + i);
      expected.put("k" + i, "v" + i);
    }
    bucket.awaitPuts();
    try (Config config = config(tree(""))) {
      assertEquals(expected, config.asMap());
      bucket.put("k5000", "x");
      Awaiting.value(config, "k5000", "x");
    }
  }

  @Test
  @Tag("G2")
  void manyChanges_endWithTheLast() throws Exception {
    bucket.put("a.n", "0");
    try (Config config = config(tree("a"))) {
      long begin = System.nanoTime();
      int last = 2000;
      for (int i = 1; i <= last; i++) {
        while (System.nanoTime() - begin < i * 1_000_000L) {
          Thread.onSpinWait(); // 1,000 a second
        }
        bucket.putLater("a.n", Integer.toString(i));
      }
      bucket.awaitPuts();
      Awaiting.value(config, "n", Integer.toString(last));
    }
  }

  @Test
  @Tag("G2")
  void manyChangesOfADocument_endWithTheLast() throws Exception {
    bucket.put("doc", "{\"n\":0}");
    try (Config config = config(document())) {
      int last = 2000;
      for (int i = 1; i <= last; i++) {
        bucket.putLater("doc", "{\"n\":" + i + "}");
      }
      bucket.awaitPuts();
      Awaiting.value(config, "n", Integer.toString(last));
    }
  }

  // ---- edits

  private String value(String key) throws Exception {
    return bucket.keys().get(key).getValueAsString();
  }

  @Test
  void edit_writesOneKey_andTheValueIsThereThen() throws Exception {
    bucket.put("app.a", "1");
    bucket.put("app.c", "1");
    try (Config config = config(tree("app"))) {
      config.edit("nats", edit -> edit.set("a", 2));
      assertEquals("2", config.get("a").asString());
      assertEquals("2", value("app.a"));
      config.edit("nats", edit -> edit.set("b.c", "new"));
      assertEquals("new", config.get("b.c").asString());
      assertEquals("new", value("app.b.c"));
      config.edit("nats", edit -> edit.unset("b.c"));
      assertNull(bucket.keys().get("app.b.c"));
      config.edit("nats", edit -> edit.set("b.c", "again"));
      assertEquals("again", value("app.b.c"));
    }
  }

  @Test
  void edit_ofSeveralKeys_isRefused() throws Exception {
    bucket.put("a", "1");
    bucket.put("b", "1");
    try (Config config = config(tree(""))) {
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> config.edit("nats", edit -> edit.set("a", 2).set("b", 2)));
      assertEquals("GIM-028", refused.problems().get(0).code().id());
      assertEquals(
          "NATS writes one key at a time, and this is about a, b",
          refused.problems().get(0).message());
      assertEquals("1", value("a"));
    }
  }

  @Test
  void edit_ofAKeyThatCannotBe_isRefused() throws Exception {
    bucket.put("a", "1");
    try (Config config = config(tree(""))) {
      ConfigException refused =
          assertThrows(
              ConfigException.class, () -> config.edit("nats", edit -> edit.set("b ü", 2)));
      assertEquals(
          "the key b ü cannot be: NATS has letters, digits and -/_=. in keys",
          refused.problems().get(0).message());
    }
  }

  @Test
  void edit_ofADocument_keepsWhatIsBesideIt() throws Exception {
    bucket.put("doc", "{\"a\": 1, \"b\": [1, 2]}");
    try (Config config = config(document())) {
      config.edit("nats", edit -> edit.set("a", 2));
      assertEquals("{\"a\": 2, \"b\": [1, 2]}", value("doc"));
      assertEquals(2, config.get("a").asInt());
    }
  }

  @Test
  void edit_ofWhatOthersChangedSince_isAConflict() throws Exception {
    bucket.put("a", "1");
    try (Config config = config(tree(""))) {
      long version = config.snapshot().version();
      bucket.put("a", "2");
      ConfigException refused =
          assertThrows(
              ConfigException.class, () -> config.edit("nats", edit -> edit.set("a", 3, version)));
      assertEquals("GIM-029", refused.problems().get(0).code().id());
      assertEquals("2", value("a"));
    }
  }

  @Test
  void edit_byManyAtOnce_losesNone() throws Exception {
    bucket.put("doc", "{}");
    try (Config one = config(document());
        Config two = config(document())) {
      Thread other = new Thread(() -> setAll(two, "two"));
      other.start();
      setAll(one, "one");
      other.join();
      one.reload();
      assertEquals(10, one.get("one").asMap().size());
      assertEquals(10, one.get("two").asMap().size());
    }
  }

  private static void setAll(Config config, String name) {
    for (int i = 0; i < 10; i++) {
      String path = name + ".k" + i;
      config.edit("nats", edit -> edit.set(path, "x"));
    }
  }
}
