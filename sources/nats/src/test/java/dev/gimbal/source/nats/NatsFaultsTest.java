package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/**
 * What happens to servers and networks. Other people's client writes to the server, past the proxy
 * that the source connects through. How long it took is published, and nothing is expected of it.
 */
class NatsFaultsTest {

  /** The name of the source, which its threads carry. */
  private static final String NAME = "nats-under-fault";

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /** The sources of a test, whose tasks end with it. */
  private final Queue<CountedSource> counted = new ConcurrentLinkedQueue<>();

  private TcpProxy proxy;
  private Bucketful bucket;

  @BeforeEach
  void create() throws Exception {
    proxy = TcpProxy.to(NATS.server().address());
    bucket = Bucketful.create(NATS.server().address());
    bucket.put("a", "1");
  }

  /** After each test nothing is left of the source. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    bucket.close();
    Awaiting.equal(List.of(), NatsFaultsTest::threads);
    Awaiting.equal(0, proxy::open);
    proxy.close();
    for (CountedSource each : counted) {
      Awaiting.equal(0, each::running);
      assertTrue(each.begun() > 0, "no tasks are counted");
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(NAME))
        .toList();
  }

  private NatsSource tree() {
    return NatsSource.tree("127.0.0.1:" + proxy.port(), bucket.name(), "").name(NAME);
  }

  private Config config(Source source) {
    CountedSource made = new CountedSource(source);
    counted.add(made);
    return Config.builder().source(made).build();
  }

  private static State state(Config config) {
    return config.status().sources().get(0).state();
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static void published(TestReporter reporter, String what, long millis) {
    reporter.publishEntry(what, millis + " ms");
  }

  // ---- the server

  @Test
  @Tag("G6")
  @Tag("G7")
  void server_thatIsKilled_andComesBack(TestReporter reporter) throws Exception {
    bucket.put("doc", "{\"d\":1}");
    NatsSource document =
        NatsSource.document("127.0.0.1:" + proxy.port(), bucket.name(), "doc", "json").name(NAME);
    try (Config config = config(tree());
        Config documents = config(document)) {
      for (int round = 2; round < 5; round++) {
        String next = Integer.toString(round);
        NATS.server().kill();
        Awaiting.equal(State.DEGRADED, () -> state(config));
        Awaiting.equal(State.DEGRADED, () -> state(documents));
        assertEquals(Integer.toString(round - 1), config.get("a").asString());
        assertEquals(Integer.toString(round - 1), documents.get("d").asString());
        NATS.server().start();
        long begin = System.nanoTime();
        bucket.putSurely("a", next);
        bucket.putSurely("doc", "{\"d\":" + next + "}");
        Awaiting.equal(next, () -> config.get("a").asString());
        published(reporter, "newest key after the server's return", millisSince(begin));
        Awaiting.value(documents, "d", next);
        Awaiting.equal(State.OK, () -> state(config));
      }
    }
  }

  /** The client library's own watch is silent for about 26 s then. */
  @Test
  void server_thatComesBack_isNotSeenByWhoTrustsTheClient() throws Exception {
    SeededKvSource source =
        new SeededKvSource(
            SeededKvSource.Bug.TRUSTS_THE_CLIENT, proxy.address(), bucket.name(), "a");
    try (Config config = config(source)) {
      bucket.put("a", "2");
      Awaiting.value(config, "a", "2");
      NATS.server().kill();
      NATS.server().start();
      bucket.putSurely("a", "3");
      assertThrows(
          AssertionFailedError.class,
          () -> Awaiting.value(config, "a", "3", Duration.ofSeconds(4)));
    }
  }

  @Test
  void server_thatIsNotThereAtTheStart_joins() throws Exception {
    proxy.refuse();
    CompletableFuture<Config> required = CompletableFuture.supplyAsync(() -> config(tree()));
    try (Config config = config(tree().optional())) {
      assertEquals(State.DOWN, state(config));
      proxy.heal();
      Awaiting.value(config, "a", "1");
      required.join().close();
    }
  }

  @Test
  void server_thatNeverComes_isLeftAtTheEnd() {
    proxy.refuse();
    try (Config config = config(tree().optional())) {
      assertEquals(State.DOWN, state(config));
    }
  }

  // ---- the network

  @Test
  @Tag("G7")
  void connection_thatIsHalfOpen_isFound(TestReporter reporter) throws Exception {
    try (Config config = config(tree())) {
      proxy.halfOpen();
      bucket.put("a", "2");
      long found = Awaiting.equal(State.DEGRADED, () -> state(config));
      published(reporter, "half-open connection found", found);
      assertEquals("1", config.get("a").asString());
      proxy.heal();
      published(
          reporter,
          "newest key after the network's return",
          Awaiting.equal("2", () -> config.get("a").asString()));
    }
  }

  @Test
  @Tag("G8")
  void connection_thatIsHalfOpen_canBeClosed(TestReporter reporter) throws Exception {
    long begin;
    try (Config config = config(tree())) {
      proxy.halfOpen();
      assertEquals("1", config.get("a").asString());
      begin = System.nanoTime();
    }
    published(reporter, "closed", millisSince(begin));
    proxy.heal();
  }

  @Test
  @Tag("G8")
  void server_thatSaysNothing_canBeLeft() throws Exception {
    proxy.halfOpen();
    try (Config config = config(tree().connectTimeout(Duration.ofSeconds(2)).optional())) {
      assertEquals(State.DOWN, state(config));
      long before = proxy.connections();
      Awaiting.equal(true, () -> proxy.connections() > before); // and it waits for the server
    }
    Awaiting.equal(List.of(), NatsFaultsTest::threads);
    proxy.heal();
  }

  @Test
  void connection_thatIsCutAgainAndAgain() throws Exception {
    try (Config config = config(tree())) {
      for (int i = 2; i < 20; i++) {
        String next = Integer.toString(i);
        proxy.cut();
        bucket.put("a", next);
        Awaiting.value(config, "a", next);
      }
    }
  }

  @Test
  void firstReading_thatIsCut_isDoneAgain() throws Exception {
    Map<String, Object> expected = new TreeMap<>(Map.of("a", "1"));
    String value = "x".repeat(200);
    for (int i = 0; i < 2000; i++) {
      bucket.putLater("k" + i, value);
      expected.put("k" + i, value);
    }
    bucket.awaitPuts();
    proxy.throttle(300_000);
    CompletableFuture<Config> opened = CompletableFuture.supplyAsync(() -> config(tree()));
    Awaiting.equal(true, () -> proxy.bytes(Direction.TO_CLIENT) > 100_000);
    proxy.cut();
    proxy.heal();
    try (Config config = opened.join()) {
      assertEquals(expected, config.asMap());
    }
  }

  @Test
  void network_thatIsSlow_bringsTheLast() throws Exception {
    try (Config config = config(tree())) {
      proxy.delay(Duration.ofMillis(100));
      for (int i = 0; i < 500; i++) {
        bucket.putLater("a", "v" + i);
      }
      bucket.awaitPuts();
      Awaiting.value(config, "a", "v499");
    }
  }

  // ---- what is gone while nobody looks

  /** Waits until the source knows that it is away; what it had is still there. */
  private static void awaitAway(Config config, Map<String, Object> had) throws Exception {
    Awaiting.equal(State.DEGRADED, () -> state(config));
    assertEquals(had, config.asMap());
  }

  private void awaitBack(Config config, Map<String, Object> now, TestReporter reporter)
      throws Exception {
    proxy.heal();
    published(reporter, "current after the network's return", Awaiting.equal(now, config::asMap));
    Awaiting.equal(State.OK, () -> state(config));
  }

  @Test
  @Tag("G7")
  void bucket_thatIsMadeAnew_whileItIsAway_beginsAnew(TestReporter reporter) throws Exception {
    for (int i = 0; i < 20; i++) {
      bucket.put("b", "old" + i);
    }
    try (Config config = config(tree())) {
      proxy.refuse();
      bucket.delete();
      bucket.create();
      bucket.put("a", "new");
      awaitAway(config, Map.of("a", "1", "b", "old19"));
      awaitBack(config, Map.of("a", "new"), reporter);
      bucket.put("b", "newer");
      Awaiting.value(config, "b", "newer");
    }
  }

  /** Of each key there is the newest message only, and in the end not even a marker. */
  @Test
  @Tag("G7")
  void history_thatIsPurged_whileItIsAway_isGone(TestReporter reporter) throws Exception {
    bucket.put("b", "1");
    bucket.put("c", "1");
    try (Config config = config(tree())) {
      proxy.refuse();
      assertEquals(1, bucket.history());
      bucket.keys().delete("b");
      bucket.keys().purgeDeletes();
      bucket.streams().purgeStream(bucket.stream());
      bucket.put("c", "2");
      awaitAway(config, Map.of("a", "1", "b", "1", "c", "1"));
      awaitBack(config, Map.of("c", "2"), reporter);
    }
  }

  @Test
  @Tag("G7")
  void keys_thatArePurged_whileItIsAway_areGone(TestReporter reporter) throws Exception {
    bucket.put("b", "1");
    bucket.put("c", "1");
    try (Config config = config(tree())) {
      proxy.refuse();
      for (int i = 0; i < 20; i++) {
        bucket.put("c", "old" + i);
      }
      bucket.keys().purge("b");
      bucket.keys().purge("c");
      bucket.put("c", "2");
      awaitAway(config, Map.of("a", "1", "b", "1", "c", "1"));
      awaitBack(config, Map.of("a", "1", "c", "2"), reporter);
    }
  }

  // ---- much at once

  @Test
  @Tag("G7")
  void manyKeys_thatChange_whileItIsAway_areThereThen(TestReporter reporter) throws Exception {
    Map<String, Object> first = new TreeMap<>(Map.of("a", "1"));
    Map<String, Object> second = new TreeMap<>(Map.of("a", "1"));
    for (int i = 0; i < 10_000; i++) {
      bucket.putLater("k" + i, "first");
      first.put("k" + i, "first");
    }
    bucket.awaitPuts();
    try (Config config = config(tree())) {
      assertEquals(first, config.asMap());
      proxy.refuse();
      for (int i = 0; i < 10_000; i++) {
        bucket.putLater("k" + i, "second" + i);
        second.put("k" + i, "second" + i);
      }
      bucket.awaitPuts();
      awaitAway(config, first);
      awaitBack(config, second, reporter);
    }
  }

  @Test
  @Tag("G2")
  void manyChanges_overConnectionsThatAreCut_endWithTheLast() throws Exception {
    try (Config config = config(tree())) {
      long begin = System.nanoTime();
      int last = 1500;
      for (int i = 1; i <= last; i++) {
        while (System.nanoTime() - begin < i * 1_000_000L) {
          Thread.onSpinWait(); // 1,000 a second
        }
        bucket.putLater("a", Integer.toString(i));
        bucket.putLater("k" + i % 50, Integer.toString(i));
        if (i % 300 == 0) {
          proxy.cut();
        }
      }
      bucket.awaitPuts();
      Map<String, Object> expected = new TreeMap<>(Map.of("a", Integer.toString(last)));
      for (int i = last - 49; i <= last; i++) {
        expected.put("k" + i % 50, Integer.toString(i));
      }
      Awaiting.equal(expected, config::asMap);
    }
  }

  // ---- two changes that belong together

  /** KV has no transactions: what belongs together is a document. */
  @Test
  @Tag("G1")
  void twoValuesOfADocument_areNeverSeenApart() throws Exception {
    bucket.put("doc", "{\"x\":0,\"y\":0}");
    String at = "127.0.0.1:" + proxy.port();
    NatsSource document = NatsSource.document(at, bucket.name(), "doc", "json").name(NAME);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (Config config = config(document);
        Subscription subscription =
            config.onChange(
                "",
                change -> {
                  Value after = change.after();
                  seen.add(after.get("x").asString() + " " + after.get("y").asString());
                })) {
      bucket.put("doc", "{\"x\":1,\"y\":1}");
      Awaiting.equal(true, () -> seen.contains("1 1"));
      for (int i = 2; i <= 300; i++) {
        bucket.put("doc", "{\"x\":" + i + ",\"y\":" + i + "}");
        Thread.sleep(1); // so that some are seen, and not only the last one
        if (i % 100 == 50) {
          proxy.cut();
        }
      }
      Awaiting.equal(true, () -> seen.contains("300 300"));
      subscription.close();
    }
    for (String values : seen) {
      String x = values.substring(0, values.indexOf(' '));
      assertEquals(x + " " + x, values);
    }
    assertTrue(seen.size() > 1, () -> "seen only " + seen);
  }

  @Test
  void twoKeys_areSeenApart() throws Exception {
    bucket.put("b", "1");
    try (Config config = config(tree())) {
      bucket.put("a", "2");
      Awaiting.value(config, "a", "2");
      assertEquals("1", config.get("b").asString());
      bucket.put("b", "2");
      Awaiting.value(config, "b", "2");
    }
  }

  // ---- the gaps of the handshake

  /** Writes once while a Config starts over a slow network, at another moment each time. */
  private void changeWhileItOpens(Function<String, Source> source, Duration patience)
      throws Exception {
    proxy.delay(Duration.ofMillis(5));
    Random random = new Random(1);
    for (int round = 0; round < 40; round++) {
      String key = "gap" + round;
      bucket.put(key, "before");
      CompletableFuture<Config> opened =
          CompletableFuture.supplyAsync(() -> config(source.apply(key)));
      Thread.sleep(random.nextInt(120)); // the moment is what is tried
      bucket.put(key, "after");
      try (Config config = opened.join()) {
        Awaiting.value(config, key, "after", patience);
      }
    }
  }

  /** Each millisecond a key of its own, while connections are made: so one falls into each gap. */
  @Test
  @Tag("G6")
  void change_inEachGapOfTheHandshake_isSeen() throws Exception {
    proxy.delay(Duration.ofMillis(5));
    Map<String, Object> expected = new ConcurrentSkipListMap<>(Map.of("a", "1"));
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> putKeys(expected, ended));
    try (Config config = config(tree())) {
      for (int i = 0; i < 5; i++) {
        long before = proxy.connections();
        proxy.cut();
        Awaiting.equal(true, () -> proxy.connections() > before);
        Awaiting.equal(State.OK, () -> state(config));
      }
      ended.set(true);
      written.join();
      Awaiting.equal(expected, config::asMap);
    } finally {
      ended.set(true);
    }
    assertTrue(expected.size() > 20, () -> "only " + expected.size());
  }

  private void putKeys(Map<String, Object> expected, AtomicBoolean ended) {
    try {
      for (int i = 0; !ended.get(); i++) {
        bucket.putLater("k" + i, "v");
        expected.put("k" + i, "v");
        Thread.sleep(1); // the moments are what is tried
      }
      bucket.awaitPuts();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("G6")
  void change_inAnyGapOfTheHandshake_isSeen() throws Exception {
    changeWhileItOpens(key -> tree(), Awaiting.PATIENCE);
  }

  @Test
  void change_inTheGap_isMissedByWhoWatchesAfterItHasRead() {
    assertThrows(
        AssertionFailedError.class,
        () ->
            changeWhileItOpens(
                key ->
                    new SeededKvSource(
                        SeededKvSource.Bug.WATCHES_AFTER_IT_HAS_READ,
                        proxy.address(),
                        bucket.name(),
                        key),
                Duration.ofSeconds(1)));
  }
}
