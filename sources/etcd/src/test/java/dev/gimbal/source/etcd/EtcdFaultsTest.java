package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.Subscription;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults of the server and of the network. Each time readers keep the last good layer, status
 * tells, the newest state arrives, and nothing is left. Another client makes the changes, past the
 * proxy.
 */
class EtcdFaultsTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  /** How long a source with a bug is given to show that it has none. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The sources of a test, whose tasks end with it. */
  private final Queue<CountedSource> counted = new ConcurrentLinkedQueue<>();

  private TcpProxy proxy;
  private OtherClient client;

  @BeforeEach
  void begin() {
    proxy = TcpProxy.to(ETCD.server().address());
    client = OtherClient.of(ETCD.server());
    client.clear("/app/");
    client.putTogether(Map.of("/app/x", "0", "/app/y", "0"));
  }

  @AfterEach
  void end() throws InterruptedException {
    client.close();
    Waiting.until(0, proxy::open);
    proxy.close();
    Waiting.until(Set.of(), Waiting::threads);
    for (CountedSource each : counted) {
      Waiting.until(0, each::running);
      assertTrue(each.begun() > 0, "no tasks are counted");
    }
  }

  /** Calls have a short time, so that a server that is silent is found soon. */
  private EtcdSource source() {
    return EtcdSource.tree("/app", "127.0.0.1:" + proxy.port())
        .connectTimeout(Duration.ofSeconds(2))
        .timeout(Duration.ofSeconds(2));
  }

  private Config config(Source source) {
    CountedSource made = new CountedSource(source);
    counted.add(made);
    return Config.builder().source(made).build();
  }

  private static SourceStatus.State state(Config config) {
    return config.status().sources().get(0).state();
  }

  private static void awaitDown(Config config) throws InterruptedException {
    Waiting.until(SourceStatus.State.DEGRADED, () -> state(config));
    assertEquals("0", config.get("x").asString());
  }

  private static void awaitUp(Config config, String x) throws InterruptedException {
    Waiting.until(x, () -> config.get("x").asString(""));
    Waiting.until(SourceStatus.State.OK, () -> state(config));
  }

  // ---- the server

  @Test
  @Tag("G7")
  void server_killedAndRestarted_isFollowedAgain() throws InterruptedException {
    try (Config config = config(source())) {
      for (int i = 1; i <= 2; i++) {
        ETCD.server().kill();
        Waiting.until(SourceStatus.State.DEGRADED, () -> state(config));
        assertEquals(Integer.toString(i - 1), config.get("x").asString());
        ETCD.server().start();
        client.putSurely("/app/x", Integer.toString(i));
        awaitUp(config, Integer.toString(i));
      }
    }
  }

  @Test
  @Tag("G7")
  void server_refusingAtTheStart_joinsLater() throws InterruptedException {
    proxy.refuse();
    try (Config config = config(source().optional())) {
      assertEquals(SourceStatus.State.DOWN, state(config));
      proxy.heal();
      awaitUp(config, "0");
    }
  }

  @Test
  @Tag("G7")
  void start_thatIsRefused_waits_andIsWellLater() throws Exception {
    proxy.refuse();
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source()));
    try (Config later = config(source().optional())) {
      assertEquals(SourceStatus.State.DOWN, state(later));
      assertFalse(starting.isDone());
      proxy.heal();
      awaitUp(later, "0");
    }
    try (Config started = starting.get(60, TimeUnit.SECONDS)) {
      assertEquals("0", started.get("x").asString());
    }
  }

  @Test
  @Tag("G6")
  void server_ofAnotherClusterWithLowerRevisions_isReadAnew() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      client.put("/app/x", "0");
    }
    try (EtcdServer other = EtcdServer.single();
        Config config = config(source())) {
      other.start();
      try (OtherClient there = OtherClient.of(other)) {
        there.put("/app/x", "there");
        proxy.retarget(other.address());
        proxy.cut();
        awaitUp(config, "there");
        assertEquals(Map.of("x", "there"), config.asMap());
        there.put("/app/x", "still there");
        awaitUp(config, "still there");
        there.put("/app/z", "1");
        Waiting.until("1", () -> config.get("z").asString(""));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "NEVER_READS_AGAIN"})
  @Tag("G6")
  void history_thatIsGoneWhenTheServerIsBack_isReadAgain(BuggySource.Bug bug)
      throws InterruptedException {
    try (Config config = config(new BuggySource(source(), bug))) {
      proxy.refuse();
      awaitDown(config);
      client.delete("/app/y");
      long revision = client.put("/app/z", "new");
      client.put("/other", "1");
      client.compact(revision);
      proxy.heal();
      Map<String, String> wanted = Map.of("x", "0", "z", "new");
      if (bug == BuggySource.Bug.NONE) {
        Waiting.until(wanted, config::asMap);
        Waiting.until(SourceStatus.State.OK, () -> state(config));
      } else {
        assertThrows(AssertionError.class, () -> Waiting.until(wanted, config::asMap, GRACE));
      }
    }
  }

  @Test
  @Tag("G7")
  void lease_thatEndedWhileTheServerWasAway_isFollowedByAnother() throws InterruptedException {
    try (Config config = config(source().lease(Duration.ofMinutes(5)))) {
      config.edit(source().name(), edit -> edit.set("mine", "1"));
      proxy.refuse();
      awaitDown(config);
      ETCD.server().ctl("lease", "revoke", lease());
      assertEquals("1", config.get("mine").asString());
      proxy.heal();
      Waiting.until(false, () -> config.get("mine").exists());
      Waiting.until(SourceStatus.State.OK, () -> state(config));
      config.edit(source().name(), edit -> edit.set("mine", "2"));
      assertEquals("2", config.get("mine").asString());
      assertEquals(Map.of("x", "0", "y", "0", "mine", "2"), client.read("/app/"));
      lease();
    }
    assertEquals(Map.of("x", "0", "y", "0"), client.read("/app/"));
  }

  /** The only one that there is. */
  private static String lease() {
    String listed = ETCD.server().ctl("lease", "list");
    assertTrue(listed.startsWith("found 1 leases"), listed);
    return listed.lines().skip(1).findFirst().orElseThrow();
  }

  // ---- the network

  /** What the source asks comes through, where only answers do not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("G7")
  void connection_halfOpen_isFound_andMadeAgain(boolean onlyAnswers) throws InterruptedException {
    try (Config config = config(source())) {
      if (onlyAnswers) {
        proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
      } else {
        proxy.halfOpen();
      }
      client.put("/app/x", "1");
      Waiting.until(SourceStatus.State.DEGRADED, () -> state(config));
      assertEquals("0", config.get("x").asString());
      proxy.heal();
      awaitUp(config, "1");
    }
  }

  @Test
  void connection_thatIsQuiet_isNotTakenForLost() throws InterruptedException {
    try (Config config = config(source())) {
      long before = proxy.connections();
      long heard = proxy.bytes(TcpProxy.Direction.TO_CLIENT);
      Waiting.until(true, () -> proxy.bytes(TcpProxy.Direction.TO_CLIENT) > heard + 100);
      Thread.sleep(2500); // longer than the server may be silent
      assertEquals(before, proxy.connections());
      client.put("/app/x", "1");
      awaitUp(config, "1");
    }
  }

  @Test
  @Tag("G2")
  void network_thatIsSlow_isFollowed() throws InterruptedException {
    try (Config config = config(source())) {
      proxy.delay(Duration.ofMillis(100));
      client.put("/app/x", "1");
      awaitUp(config, "1");
      proxy.delay(Duration.ZERO);
      proxy.throttle(2_000);
      for (int i = 2; i <= 20; i++) { // more than comes through in a second
        client.put("/app/x", "v".repeat(200) + i);
      }
      awaitUp(config, "v".repeat(200) + 20);
    }
  }

  @Test
  @Tag("G7")
  void connection_cutDuringTheFirstRead_isMadeAgain() throws InterruptedException {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put("/app/k" + i, "v".repeat(1000));
    }
    client.putTogether(many);
    proxy.throttle(20_000);
    Thread cutting = new Thread(this::cutOnceSomeHasCome);
    cutting.start();
    try (Config config = config(source())) {
      assertEquals(102, config.asMap().size());
    }
    cutting.join();
    assertTrue(proxy.connections() > 1, "not cut");
  }

  private void cutOnceSomeHasCome() {
    try {
      Waiting.until(true, () -> proxy.bytes(TcpProxy.Direction.TO_CLIENT) > 10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    proxy.cut();
    proxy.heal();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "WATCHES_LATE"})
  @Tag("G6")
  void change_inEveryGapOfTheHandshake_isNotMissed(BuggySource.Bug bug) throws Exception {
    proxy.delay(TcpProxy.Direction.TO_CLIENT, Duration.ofMillis(20));
    int missed = 0;
    try (Config config = config(new BuggySource(source(), bug))) {
      // One that is missed is enough.
      for (int round = 0; round < 12 && missed == 0; round++) {
        // So that it must read, as at a start:
        proxy.refuse();
        Waiting.until(SourceStatus.State.DEGRADED, () -> state(config));
        client.compact(client.put("/other", "x"));
        proxy.heal();
        long before = proxy.connections();
        Waiting.until(true, () -> proxy.connections() > before);
        String last = "";
        for (int i = 0; i < 10; i++) {
          Thread.sleep(2 * round); // to meet another gap each time
          last = round + "-" + i;
          client.put("/app/x", last);
        }
        String wanted = last;
        Duration safety = bug == BuggySource.Bug.NONE ? Waiting.SAFETY : Duration.ofMillis(700);
        try {
          Waiting.until(wanted, () -> config.get("x").asString(), safety);
          Waiting.until(SourceStatus.State.OK, () -> state(config));
        } catch (AssertionError e) {
          if (bug == BuggySource.Bug.NONE) {
            throw e;
          }
          missed++;
        }
      }
    }
    assertEquals(bug != BuggySource.Bug.NONE, missed > 0, "missed " + missed);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "SPLITS_TRANSACTIONS"})
  @Tag("G1")
  void transaction_isNeverSeenInParts(BuggySource.Bug bug) throws Exception {
    AtomicInteger parts = new AtomicInteger();
    AtomicReference<String> last = new AtomicReference<>("");
    BuggySource source = new BuggySource(source(), bug);
    try (Config config = config(source)) {
      Subscription subscription =
          config.onChange(
              "",
              change -> {
                String x = change.after().get("x").asString();
                String y = change.after().get("y").asString();
                parts.addAndGet(x.equals(y) ? 0 : 1);
                last.set(y);
              });
      try (subscription) {
        for (int i = 1; i <= 300; i++) {
          String value = Integer.toString(i);
          client.putTogether(Map.of("/app/x", value, "/app/y", value));
          if (i % 50 == 0) {
            proxy.cut();
          }
        }
        if (bug == BuggySource.Bug.NONE) {
          Waiting.until("300", last::get);
          assertTrue(proxy.connections() > 1, "not cut");
          assertTrue(source.hasReadOnce(), "taken for another store");
        } else {
          Waiting.until(true, () -> parts.get() > 0);
        }
      }
    }
    assertEquals(bug != BuggySource.Bug.NONE, parts.get() > 0, "seen in parts " + parts);
  }

  // ---- much

  @Test
  void manyKeys_areReadAndFollowed() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      Map<String, String> some = new HashMap<>();
      for (int j = 0; j < 100; j++) {
        some.put("/app/many/k" + i + "/l" + j, "v");
      }
      client.putTogether(some);
    }
    try (Config config = config(source())) {
      assertEquals(100, config.get("many").asMap().size());
      client.put("/app/many/k99/l99", "w");
      Waiting.until("w", () -> config.get("many.k99.l99").asString());
    }
  }

  @Test
  @Tag("G2")
  void manyChanges_endWithTheLast() throws InterruptedException {
    int wanted = 3000;
    try (Config config = config(source())) {
      AtomicInteger heard = new AtomicInteger();
      config.onChange("x", change -> heard.incrementAndGet());
      long revision = client.put("/app/x", "0");
      long last = revision;
      long begin = System.nanoTime();
      for (int i = 1; i <= wanted; i++) {
        last = client.put("/app/x", Integer.toString(i));
        long ahead = begin + TimeUnit.MILLISECONDS.toNanos(i) - System.nanoTime();
        if (ahead > 0) {
          TimeUnit.NANOSECONDS.sleep(ahead); // no more than a thousand a second
        }
      }
      long took = System.nanoTime() - begin;
      assertEquals(wanted, last - revision);
      awaitUp(config, "3000");
      System.out.printf(
          "%d changes were written, %d a second; %d were told%n",
          wanted, TimeUnit.SECONDS.toNanos(wanted) / took, heard.get());
    }
  }

  @Test
  @Tag("G2")
  void historyOfManyLargeChanges_isFollowedBehindTheLastRevision() throws InterruptedException {
    try (Config config = config(source())) {
      proxy.refuse();
      awaitDown(config);
      String large = "v".repeat(100_000);
      for (int i = 1; i <= 300; i++) { // more than a message of 4 MiB, the default, takes
        client.put("/app/large", large + i);
      }
      client.put("/app/x", "1");
      proxy.heal();
      awaitUp(config, "1");
      assertEquals(large + 300, config.get("large").asString());
    }
  }

  // ---- the end

  @Test
  @Tag("G8")
  void close_whileItConnectsReadsOrWaits_leavesNothing() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      if (i % 3 == 1) {
        proxy.refuse();
      } else if (i % 3 == 2) {
        proxy.halfOpen();
      }
      Source connecting = source().connectTimeout(Duration.ofMillis(300)).optional();
      Config config = config(i % 3 == 0 ? source() : connecting);
      Thread.sleep(20 * i); // to close at another moment each time
      config.close();
      proxy.heal();
      Waiting.until(0, proxy::open);
    }
    Waiting.until(Set.of(), Waiting::threads);
  }

  @Test
  @Tag("G8")
  void task_thatDoesNotEnd_isFound() {
    CountDownLatch released = new CountDownLatch(1);
    EtcdSource inner = source();
    Source leaving =
        new Source() {
          @Override
          public String name() {
            return inner.name();
          }

          @Override
          public Session open(Sink sink) {
            sink.tasks().execute("left", () -> awaitWhateverComes(released));
            return inner.open(sink);
          }
        };
    config(leaving).close();
    assertThrows(AssertionError.class, () -> Waiting.until(0, counted.element()::running, GRACE));
    released.countDown();
  }

  /** As a task that swallows its interrupt. */
  private static void awaitWhateverComes(CountDownLatch released) {
    boolean over = false;
    while (!over) {
      try {
        over = released.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        over = false;
      }
    }
  }

  @Test
  @Tag("G8")
  void connections_thatAreNotClosed_areFound() throws InterruptedException {
    BuggySource source = new BuggySource(source(), BuggySource.Bug.KEEPS_CONNECTIONS);
    config(source).close();
    Supplier<Boolean> either = () -> proxy.open() == 0 || Waiting.threads().isEmpty();
    assertThrows(AssertionError.class, () -> Waiting.until(true, either, GRACE));
    source.closeKept();
  }
}
