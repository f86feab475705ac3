package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.MariaDbServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong between a source and its database. */
class JdbcFaultsTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.shared("mariadb", MariaDbServer::open);

  /** The sources of a test, whose tasks end with it. */
  private final Queue<CountedSource> counted = new ConcurrentLinkedQueue<>();

  private MariaDb db;
  private TcpProxy proxy;
  private JdbcSource source;

  @BeforeEach
  void begin() {
    db = new MariaDb(SERVER.server()).fresh();
    put("a", "1");
    proxy = TcpProxy.to(SERVER.server().address());
    source = db.source(proxy.address()).table(Table.of("config").versionColumn("version"));
  }

  /** Nothing is left, neither here nor at the server. */
  @AfterEach
  void end() throws Exception {
    proxy.heal();
    Await.that(() -> "open: " + proxy.open(), () -> proxy.open() == 0);
    proxy.close();
    String others =
        "SELECT count(*) FROM information_schema.processlist"
            + " WHERE user NOT IN ('system user', 'event_scheduler') AND id <> connection_id()";
    Await.that(() -> "the server has sessions", () -> SERVER.server().sql(others).equals("0\n"));
    Await.that(() -> "threads: " + Thread.getAllStackTraces().keySet(), () -> threads() == 0);
    for (CountedSource each : counted) {
      Await.that(() -> "tasks: " + each.running(), () -> each.running() == 0);
      assertTrue(each.begun() > 0, "no tasks are counted");
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(.*\\W)?db(\\W.*)?"))
        .count();
  }

  private Config config(Source source) {
    CountedSource made = new CountedSource(source);
    counted.add(made);
    return Config.builder().source(made).build();
  }

  private void put(String key, String value) {
    db.run("REPLACE INTO config (`key`, value) VALUES ('" + key + "', '" + value + "')");
  }

  // ---- the server goes and comes

  @Test
  void server_thatIsKilled_leavesTheLayer_andIsReadWhenItIsBack() throws Exception {
    try (Config config = config(source)) {
      SERVER.server().kill();
      Await.state(config, State.DEGRADED);
      assertEquals(Map.of("a", "1"), config.asMap());
      SERVER.server().start();
      put("a", "2");
      Await.map(config, Map.of("a", "2"));
      Await.state(config, State.OK);
    }
  }

  @Test
  void start_thatIsRefused_waits_andIsWellLater() throws Exception {
    proxy.refuse();
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source));
    try (Config later = config(source.optional())) {
      assertEquals(State.DOWN, Await.state(later));
      assertFalse(starting.isDone());
      proxy.heal();
      Await.map(later, Map.of("a", "1"));
    }
    starting.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void credentials_thatAreWrongAndThenRight_letItJoin_andKeepTheLayer() throws Exception {
    db.run(
        "CREATE OR REPLACE USER late@'127.0.0.1' IDENTIFIED BY 'other'",
        "GRANT SELECT ON test.config TO late@'127.0.0.1'");
    Map<String, String> login = Map.of("user", "late", "password", "hunter2", "sslMode", "disable");
    JdbcSource late =
        new JdbcSource(MariaDb.url(proxy.address()), login).name("db").poll(Duration.ofMillis(50));
    try (Config config = config(late.optional())) {
      requireDenied(config);
      db.run("ALTER USER late@'127.0.0.1' IDENTIFIED BY 'hunter2'");
      Await.map(config, Map.of("a", "1"));
      db.run("ALTER USER late@'127.0.0.1' IDENTIFIED BY 'other'");
      proxy.cut();
      Await.state(config, State.DEGRADED);
      Await.that(() -> "" + config.status(), () -> isDenied(config));
      assertEquals(Map.of("a", "1"), config.asMap());
      put("a", "2");
      db.run("ALTER USER late@'127.0.0.1' IDENTIFIED BY 'hunter2'");
      Await.map(config, Map.of("a", "2"));
      Await.state(config, State.OK);
    }
  }

  private static void requireDenied(Config config) {
    assertEquals(State.DOWN, Await.state(config));
    assertTrue(isDenied(config), () -> "" + config.status());
  }

  private static boolean isDenied(Config config) {
    ConfigException why = config.status().source("db").reason();
    String message = why == null ? "" : why.getMessage();
    assertFalse(message.contains("hunter2"), message);
    return message.contains("Access denied");
  }

  // ---- the network

  @Test
  void connection_thatIsCutAndRefused_leavesTheLayer_andIsMadeAnew() throws Exception {
    try (Config config = config(source)) {
      proxy.cut();
      put("a", "2");
      Await.map(config, Map.of("a", "2"));
      proxy.refuse();
      Await.state(config, State.DEGRADED);
      put("a", "3");
      assertEquals(Map.of("a", "2"), config.asMap());
      proxy.heal();
      Await.map(config, Map.of("a", "3"));
      Await.state(config, State.OK);
    }
  }

  @Test
  void connection_thatLeadsNowhere_isFoundAndMadeAnew() throws Exception {
    try (Config config = config(source.timeout(Duration.ofMillis(500)))) {
      proxy.halfOpen();
      put("a", "2");
      Await.state(config, State.DEGRADED);
      assertEquals(Map.of("a", "1"), config.asMap());
      proxy.heal();
      Await.map(config, Map.of("a", "2"));
      proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
      put("a", "3");
      Await.state(config, State.DEGRADED);
      assertEquals(Map.of("a", "2"), config.asMap());
      proxy.heal();
      Await.map(config, Map.of("a", "3"));
      Await.state(config, State.OK);
    }
  }

  @Test
  void network_thatIsSlow_isFollowed() throws Exception {
    try (Config config = config(source)) {
      proxy.delay(Duration.ofMillis(30));
      put("a", "2");
      Await.map(config, Map.of("a", "2"));
      proxy.delay(Duration.ZERO);
      proxy.throttle(3_000);
      put("a", "3");
      Await.map(config, Map.of("a", "3"));
      Await.state(config, State.OK);
    }
  }

  /**
   * To break it off MariaDB's driver connects once more, and then waits for who reads; so it ends
   * when both times are over, though nothing comes through.
   */
  @Test
  void close_whileAReadingLeadsNowhere_endsIt() throws Exception {
    Map<String, String> properties = new HashMap<>(db.login());
    properties.put("connectTimeout", "300");
    JdbcSource patient =
        new JdbcSource(MariaDb.url(proxy.address()), properties)
            .name("db")
            .timeout(Duration.ofMillis(500))
            .poll(Duration.ofDays(1));
    Config config = config(patient);
    long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
    proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
    CompletableFuture<Void> reload = CompletableFuture.runAsync(config::reload);
    Await.that(() -> "no reading", () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > before);
    config.close();
    Await.that(() -> "the reload has not ended", reload::isDone);
    Await.that(() -> "threads: " + Thread.getAllStackTraces().keySet(), () -> threads() == 0);
  }

  // ---- much

  @Test
  void reading_whoseServerIsKilledInTheMiddle_isDoneAgain() throws Exception {
    db.run(
        "INSERT INTO config (`key`, value)"
            + " SELECT CONCAT('k', seq), CONCAT(REPEAT('x', 50), seq) FROM seq_1_to_10000");
    proxy.throttle(100_000);
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source));
    Await.that(() -> "no reading", () -> proxy.bytes(TcpProxy.Direction.TO_CLIENT) > 100_000);
    assertFalse(starting.isDone());
    SERVER.server().kill();
    proxy.throttle(1_000_000_000);
    SERVER.server().start();
    try (Config config = starting.get(60, TimeUnit.SECONDS)) {
      assertEquals(10_001, config.asMap().size());
      assertEquals("x".repeat(50) + 10_000, config.get("k10000").asString());
      db.run("UPDATE config SET value = 'new' WHERE `key` = 'k10000'");
      Await.that(() -> "not new", () -> config.get("k10000").asString().equals("new"));
      assertEquals(2, config.snapshot().version());
      db.run("DELETE FROM config WHERE `key` <> 'a'");
      Await.map(config, Map.of("a", "1"));
    }
  }

  @Test
  void changes_thatComeFasterThanTheyAreRead_endWithTheLast() throws Exception {
    try (Config config = config(source.poll(Duration.ofMillis(1)));
        Connection writer = db.connect();
        Statement statement = writer.createStatement()) {
      long begun = System.nanoTime();
      for (int i = 1; i <= 3000; i++) {
        statement.execute("UPDATE config SET value = '" + i + "'");
      }
      System.out.printf(
          "3000 changes, %d a second%n",
          TimeUnit.SECONDS.toNanos(3000) / (System.nanoTime() - begun));
      Await.map(config, Map.of("a", "3000"));
      long read = config.snapshot().version();
      assertTrue(read < 3000, () -> "each of them was read: " + read);
    }
  }

  // ---- gaps

  @Test
  void change_atAnyTimeOfAReading_isSeen() throws Exception {
    assertEquals(0, missed(source.poll(Duration.ofMillis(1)), Duration.ofSeconds(60)));
  }

  @Test
  void change_betweenTwoStatements_isMissedByWhoReadsTheVersionLast() throws Exception {
    Source twin =
        new BuggySource(
            JdbcUrl.of(MariaDb.url(proxy.address()), db.login()),
            BuggySource.Bug.READS_THE_VERSION_AFTER_THE_ROWS,
            Duration.ofMillis(1));
    assertEquals(1, missed(twin, Duration.ofSeconds(1)));
  }

  /** Changes whenever the change before was seen, a little later each time. */
  private int missed(Source of, Duration within) throws Exception {
    try (Config config = config(of)) {
      proxy.delay(Duration.ofMillis(3));
      for (int round = 1; round <= 60; round++) {
        String value = "round " + round;
        Thread.sleep(round % 30); // where in a reading the change falls
        put("a", value);
        if (!Await.within(within, () -> config.get("a").asString().equals(value))) {
          return 1;
        }
      }
    }
    return 0;
  }
}
