package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.SourceStatus;
import dev.gimbal.format.Limits;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.store.StoreEdit;
import dev.gimbal.source.store.StoreKeys;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.EtcdServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trees and documents, and edits of them, beside etcdctl. */
class EtcdSourceTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  @BeforeEach
  void removeAll() {
    ctl("del", "", "--prefix");
  }

  private static String ctl(String... arguments) {
    return ETCD.server().ctl(arguments);
  }

  private static String endpoint() {
    return "127.0.0.1:" + ETCD.server().address().getPort();
  }

  private static EtcdSource tree(String prefix) {
    return EtcdSource.tree(prefix, endpoint()).name("etcd");
  }

  private static Config config(EtcdSource source) {
    return Config.builder().source(source).build();
  }

  // ---- reading

  @Test
  void tree_isReadAndWatched_withinTheExactPrefix() throws InterruptedException {
    ctl("put", "/app/db/url", "here");
    ctl("put", "/app/hosts/0", "a");
    ctl("put", "/app/hosts/1", "b");
    ctl("put", "/app", "not below it");
    ctl("put", "/application/port", "81");
    try (Config config = config(tree("/app"))) {
      assertEquals("here", config.get("db.url").asString());
      assertEquals("b", config.get("hosts[1]").asString());
      ctl("put", "/application/port", "82");
      ctl("put", "/app/port", "8080");
      Waiting.until("8080", () -> config.get("port").asString(""));
      ctl("del", "/app/db/url");
      Waiting.until(false, () -> config.get("db").exists());
      assertEquals(3, config.snapshot().version());
    }
  }

  @Test
  void tree_ofPrefixesOfManyForms_readsWhatIsBelow() {
    ctl("put", "/app/port", "1");
    ctl("put", "app/port", "2");
    ctl("put", "port", "3");
    try (Config config = config(tree("/app/"))) {
      assertEquals("1", config.get("port").asString());
    }
    try (Config config = config(tree("app"))) {
      assertEquals("2", config.get("port").asString());
    }
    try (Config config = config(tree(""))) {
      assertEquals("3", config.get("port").asString());
      assertEquals("2", config.get("app.port").asString());
    }
    try (Config config = config(tree("/"))) {
      assertEquals(Map.of("app", Map.of("port", "1")), config.asMap());
    }
  }

  @Test
  void document_isReadAndWatched_andStaysWhenItIsGone() throws InterruptedException {
    ctl("put", "/app.yaml", "port: 80\n");
    ctl("put", "/app.yaml.old", "port: 79\n");
    try (Config config = config(EtcdSource.document("/app.yaml", endpoint()).name("etcd"))) {
      assertEquals(80, config.get("port").asInt());
      ctl("put", "/app.yaml", "port: 81\n");
      Waiting.until(81, () -> config.get("port").asInt());
      ctl("put", "/app.yaml", "port: [\n");
      Waiting.until(SourceStatus.State.DEGRADED, () -> config.status().source("etcd").state());
      assertEquals(81, config.get("port").asInt());
      ctl("put", "/app.yaml", "port: 82\n");
      Waiting.until(82, () -> config.get("port").asInt());
      ctl("del", "/app.yaml");
      Waiting.until(SourceStatus.State.DEGRADED, () -> config.status().source("etcd").state());
      assertEquals(82, config.get("port").asInt());
    }
  }

  @Test
  void tree_ofWhichAllKeysAreGone_isEmptyOrStays() throws InterruptedException {
    ctl("put", "/app/port", "80");
    EtcdSource keeps = tree("/app").keys(keys -> keys.onMissing(OnMissing.KEEP)).name("keeps");
    try (Config clears = config(tree("/app"));
        Config config = config(keeps)) {
      ctl("del", "/app/port");
      Waiting.until(false, () -> clears.get("port").exists());
      Waiting.until(SourceStatus.State.DEGRADED, () -> config.status().source("keeps").state());
      assertEquals("80", config.get("port").asString());
      ctl("put", "/app/port", "81");
      Waiting.until("81", () -> clears.get("port").asString(""));
      Waiting.until("81", () -> config.get("port").asString());
    }
  }

  @Test
  void read_ofMorePagesThanOne_isAtOneRevision() {
    for (int i = 0; i < 7; i++) {
      ctl("put", "/app/k" + i, "v");
    }
    EtcdSource source = tree("/app");
    EtcdSource paged = new EtcdSource(source.options().withPageSize(2));
    try (Config config = config(paged)) {
      assertEquals(7, config.asMap().size());
    }
  }

  @Test
  void read_ofAPageThatIsTooLargeForAMessage_isDoneInSmallerOnes() {
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      byte[] large = new byte[1 << 20];
      Arrays.fill(large, (byte) 'x');
      for (int i = 0; i < 70; i++) { // a message takes 64 MiB
        client.put("/app/k" + i, large);
      }
      EtcdSource source =
          tree("/app")
              .keys(keys -> keys.reading(read -> read.withLimits(new Limits(100 << 20, 8, 1000))));
      try (Config config = config(source)) {
        assertEquals(70, config.asMap().size());
      }
    }
  }

  @Test
  void keysThatAreNotUtf8_areLeftOut() throws InterruptedException {
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      client.put("/app/port", "80");
      client.putBytes(new byte[] {'/', 'a', 'p', 'p', '/', (byte) 0xff}, "x");
      try (Config config = config(tree("/app"))) {
        assertEquals(Map.of("port", "80"), config.asMap());
        client.putBytes(new byte[] {'/', 'a', 'p', 'p', '/', (byte) 0xfe}, "x");
        client.put("/app/port", "81");
        Waiting.until(Map.of("port", "81"), config::asMap);
      }
    }
  }

  // ---- edits

  @Test
  void edit_writesAllOfItInOneTransaction() {
    ctl("put", "/app/a", "1");
    ctl("put", "/app/b", "2");
    try (Config config = config(tree("/app"))) {
      config.edit("etcd", edit -> edit.set("a", 10).set("db.url", "here").unset("b"));
      assertEquals(Map.of("a", "10", "db", Map.of("url", "here")), config.asMap());
      String found = ctl("get", "/app", "--prefix", "-w", "fields");
      assertEquals(2, found.lines().filter(line -> line.startsWith("\"ModRevision\"")).count());
      assertEquals(
          1, found.lines().filter(line -> line.startsWith("\"ModRevision\"")).distinct().count());
    }
  }

  @Test
  void edit_ofADocument_keepsItsComments() {
    ctl("put", "/app.yaml", "# the port\nport: 80\n");
    try (Config config = config(EtcdSource.document("/app.yaml", endpoint()).name("etcd"))) {
      config.edit("etcd", edit -> edit.set("port", 81));
      assertEquals(81, config.get("port").asInt());
      assertEquals("/app.yaml\n# the port\nport: 81\n\n", ctl("get", "/app.yaml"));
    }
  }

  @Test
  @Tag("G2")
  void edit_byTwoAtOnce_losesNeither() throws Exception {
    ctl("put", "/app/a", "0");
    try (Config one = config(tree("/app"));
        Config other = config(tree("/app"))) {
      AtomicInteger done = new AtomicInteger();
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20; i++) {
                  String path = "other" + i;
                  other.edit("etcd", edit -> edit.set(path, "x"));
                }
                done.incrementAndGet();
              });
      thread.start();
      for (int i = 0; i < 20; i++) {
        String path = "one" + i;
        one.edit("etcd", edit -> edit.set(path, "x"));
      }
      thread.join();
      assertEquals(1, done.get());
      Waiting.until(41, () -> one.asMap().size());
    }
  }

  @Test
  void edit_ofAKeyThatAnotherClientChanged_isAConflict() throws InterruptedException {
    ctl("put", "/app/a", "1");
    try (Config config = config(tree("/app"))) {
      long version = config.snapshot().version();
      ctl("put", "/app/a", "2");
      ConfigException conflict =
          assertThrows(
              ConfigException.class,
              () -> config.edit("etcd", edit -> edit.set("a", "3", version)));
      assertEquals(ErrorCode.CONFLICT, conflict.code());
      assertEquals("/app/a\n2\n", ctl("get", "/app/a"));
    }
  }

  /** Of an object whose keys are numbers it relies on two. */
  @Test
  void edit_inAnObjectOfManyNumbers_isDone() throws Exception {
    try (OtherClient client = OtherClient.of(ETCD.server())) {
      for (int i = 1000; i < 1200; i++) {
        client.put("/app/users/" + i + "/name", "x");
      }
    }
    try (Config config = config(tree("/app"))) {
      config.edit("etcd", edit -> edit.set("users.1007.name", "y").set("users.1300.name", "z"));
      assertEquals("/app/users/1007/name\ny\n", ctl("get", "/app/users/1007/name"));
      assertEquals(201, config.get("users").children().size());
    }
  }

  @Test
  void edit_ofMoreKeysThanATransactionTakes_isRefused_andWritesNothing() {
    ctl("put", "/app/a", "1");
    try (Config config = config(tree("/app"))) {
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () ->
                  config.edit(
                      "etcd",
                      edit -> {
                        for (int i = 0; i < 200; i++) {
                          edit.set("k" + i, "x");
                        }
                      }));
      assertEquals(ErrorCode.NOT_EDITABLE, refused.code());
      assertEquals(Map.of("a", "1"), config.asMap());
    }
  }

  @Test
  void write_thatReliesOnAPrefix_isNotDone_whenAKeyJoinedOrIsGone() throws Exception {
    ctl("put", "/app/l/0", "a");
    ctl("put", "/app/l/1", "b");
    StoreEdit edit =
        new StoreEdit(
            Map.of("/app/x", new byte[] {'1'}),
            Set.of(),
            Set.of("/app/x"),
            Set.of("/app/l/"),
            Set.of());
    assertFalse(written(edit, "put", "/app/l/2", "c"));
    assertFalse(written(edit, "del", "/app/l/0"));
    assertFalse(written(edit, "put", "/app/l/1", "d"));
    assertEquals("", ctl("get", "/app/x"));
    assertTrue(written(edit, "put", "/app/m", "e"));
    assertEquals("/app/x\n1\n", ctl("get", "/app/x"));
  }

  @Test
  void write_whereAKeyMustBeThere_isDoneWhenItChanged_andNotWhenItIsGone() throws Exception {
    ctl("put", "/app/o/x", "a");
    StoreEdit edit =
        new StoreEdit(
            Map.of("/app/o/k", new byte[] {'1'}),
            Set.of(),
            Set.of("/app/o", "/app/o/k"),
            Set.of("/app/o/k/"),
            Set.of("/app/o/x"));
    assertFalse(written(edit, "del", "/app/o/x"));
    assertEquals("", ctl("get", "/app/o/k"));
    ctl("put", "/app/o/x", "b");
    assertTrue(written(edit, "put", "/app/o/x", "c"));
    assertEquals("/app/o/k\n1\n", ctl("get", "/app/o/k"));
  }

  /** Whether it is written, when etcdctl comes in between. */
  private static boolean written(StoreEdit edit, String... between) throws Exception {
    EtcdOptions options = tree("/app").options();
    EtcdThreads threads = new EtcdThreads("etcd", PlainSink.TASKS);
    try (EtcdConnection connection =
        EtcdConnection.open(options, options.endpoints().get(0), threads)) {
      EtcdWriter writer = new EtcdWriter(new EtcdRemote(options, PlainSink.make()), connection);
      writer.read();
      ctl(between);
      return writer.write(edit);
    } finally {
      threads.close();
    }
  }

  @Test
  void read_ofMoreKeysThanMayBe_isRefused_andServesOnceItIsLess() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      ctl("put", "/app/k" + i, "v");
    }
    EtcdSource source =
        tree("/app").keys(keys -> keys.reading(read -> read.withLimits(new Limits(1000, 8, 5))));
    try (Config config = config(source)) {
      ctl("put", "/app/k5", "v");
      Waiting.until(SourceStatus.State.DEGRADED, () -> config.status().source("etcd").state());
      assertEquals(5, config.asMap().size());
      assertEquals(
          ErrorCode.LIMIT, Objects.requireNonNull(config.status().source("etcd").reason()).code());
      ctl("del", "/app/k0");
      Waiting.until("v", () -> config.get("k5").asString(""));
      Waiting.until(SourceStatus.State.OK, () -> config.status().source("etcd").state());
      assertEquals(5, config.asMap().size());
    }
  }

  // ---- leases

  @Test
  void lease_valuesVanishWhenTheSessionCloses() throws InterruptedException {
    ctl("put", "/app/good", "1");
    try (Config watching = config(tree("/app"))) {
      try (Config config = config(tree("/app").lease(Duration.ofSeconds(30)))) {
        config.edit("etcd", edit -> edit.set("temporary", "here"));
        Waiting.until("here", () -> watching.get("temporary").asString(""));
        config.edit("etcd", edit -> edit.set("temporary", "there").set("more", "x"));
        Waiting.until("there", () -> watching.get("temporary").asString(""));
        ConfigException refused =
            assertThrows(
                ConfigException.class, () -> config.edit("etcd", edit -> edit.set("good", "2")));
        assertEquals(ErrorCode.NOT_EDITABLE, refused.code());
        refused =
            assertThrows(
                ConfigException.class, () -> config.edit("etcd", edit -> edit.unset("good")));
        assertEquals(ErrorCode.NOT_EDITABLE, refused.code());
        config.edit("etcd", edit -> edit.unset("more"));
        Waiting.until(false, () -> watching.get("more").exists());
      }
      Waiting.until(Map.of("good", "1"), watching::asMap);
    }
    assertEquals("found 0 leases\n", ctl("lease", "list"));
  }

  @Test
  void edit_ofAnothersTemporaryValue_leavesItTemporary() {
    String granted = ctl("lease", "grant", "300").split(" ")[1];
    ctl("put", "/app/a", "1", "--lease=" + granted);
    try (Config config = config(tree("/app"))) {
      config.edit("etcd", edit -> edit.set("a", "2"));
      ctl("lease", "revoke", granted);
      assertEquals("", ctl("get", "/app/a"));
    }
  }

  // ---- what it says of itself

  @Test
  void name_isTheServersAndThePrefix_byDefault() {
    EtcdSource source =
        EtcdSource.of(StoreKeys.tree("app", '/'), "one", "two:1", "[::1]:2").login("me", "secret");
    assertEquals("etcd://one:2379,two:1,[::1]:2?prefix=app/", source.name());
    assertEquals(source.name(), source.toString());
    assertEquals(-1, source.options().toString().indexOf("secret"));
    assertEquals("etcd://one:2379/app/", EtcdSource.tree("/app", "one").name());
    assertEquals("etcd://one:2379/", EtcdSource.tree("/", "one").name());
    assertEquals("etcd://one:2379?prefix=", EtcdSource.tree("", "one").name());
  }
}
