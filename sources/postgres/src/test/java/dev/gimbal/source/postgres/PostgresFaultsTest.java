package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.PostgresServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What goes wrong between a source and its server. Nothing is polled here: only notices, and what
 * is read after a connect, tell what has changed.
 */
class PostgresFaultsTest {

  private static final Duration NEVER = Duration.ofDays(365);

  /** There the threads of a source are virtual and listed nowhere; its tasks are counted. */
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  /** How long a twin with a seeded bug may still find what it has missed. */
  private static final long TWIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER =
      BackendExtension.shared("postgres", PostgresServer::open);

  /** The sources of a test, whose tasks end with it. */
  private final Queue<CountedSource> counted = new ConcurrentLinkedQueue<>();

  private Db db;
  private TcpProxy proxy;
  private PostgresSource source;

  /** Set by a twin with a gap, and when the change that falls there is made. */
  private final AtomicBoolean isInGap = new AtomicBoolean();

  private final AtomicBoolean isChanged = new AtomicBoolean();

  @BeforeEach
  void begin() {
    db = new Db(SERVER.server()).fresh();
    db.put("a", "1");
    proxy = TcpProxy.to(SERVER.server().address());
    source = db.source(proxy.address()).poll(NEVER);
  }

  /** Nothing is left, neither here nor at the server. */
  @AfterEach
  void end() throws Exception {
    proxy.heal();
    Await.that(() -> "open: " + proxy.open(), () -> proxy.open() == 0);
    proxy.close();
    String open = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gimbal'";
    Await.that(() -> "the server has sessions", () -> SERVER.server().sql(open).equals("0\n"));
    Await.that(() -> "threads: " + Thread.getAllStackTraces().keySet(), () -> threads() == 0);
    for (CountedSource each : counted) {
      Await.that(() -> "tasks: " + each.running(), () -> each.running() == 0);
      assertTrue(each.begun() > 0, "no tasks are counted");
    }
  }

  private static boolean isOfTheSource(Thread thread) {
    return thread.getName().matches("(.*\\W)?db(\\W.*)?");
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(PostgresFaultsTest::isOfTheSource)
        .count();
  }

  private Config config(Source source) {
    return Config.builder().source(counted(source)).build();
  }

  private CountedSource counted(Source source) {
    CountedSource made = new CountedSource(source);
    counted.add(made);
    return made;
  }

  // ---- the server goes and comes

  @Test
  void server_thatIsKilled_leavesTheLayer_andIsReadWhenItIsBack() throws Exception {
    try (Config config = config(source)) {
      assertTrue(
          threads() > 0 || Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS,
          "the thread that waits for notices has another name");
      Await.that(() -> "no task waits for notices", () -> counted.element().running() > 0);
      SERVER.server().kill();
      Await.state(config, State.DEGRADED);
      assertEquals(Map.of("a", "1"), config.asMap());
      SERVER.server().start();
      db.run("UPDATE config SET value = '2'", "INSERT INTO config VALUES ('b', '2')");
      Await.map(config, Map.of("a", "2", "b", "2"));
      Await.state(config, State.OK);
      db.put("a", "3");
      Await.map(config, Map.of("a", "3", "b", "2"));
    }
  }

  @Test
  void session_thatAnAdministratorEnds_isMadeAnew() throws Exception {
    try (Config config = config(source)) {
      for (int i = 0; i < 3; i++) {
        db.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                + " 'gimbal'");
        db.put("a", "after " + i);
        Await.map(config, Map.of("a", "after " + i));
      }
    }
  }

  @Test
  void start_thatIsRefused_waits_andIsWellLater() throws Exception {
    proxy.refuse();
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source));
    try (Config later = config(source.optional())) {
      assertEquals(State.DOWN, later.status().source("db").state());
      assertEquals(false, starting.isDone());
      proxy.heal();
      Await.map(later, Map.of("a", "1"));
    }
    starting.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void password_thatIsWrongForAWhile_leavesTheLayer() throws Exception {
    db.run(
        "DROP ROLE IF EXISTS changing",
        "CREATE ROLE changing LOGIN PASSWORD 'hunter2'",
        "GRANT SELECT ON config TO changing");
    try (Config config = config(source.login("changing", "hunter2"))) {
      db.run("ALTER ROLE changing PASSWORD 'other'");
      proxy.cut();
      Await.that(
          () -> "not refused: " + config.status(),
          () -> reason(config).contains("password authentication failed"));
      assertEquals(State.DEGRADED, config.status().source("db").state());
      assertFalse(reason(config).contains("hunter2"), () -> reason(config));
      db.put("a", "2");
      assertEquals(Map.of("a", "1"), config.asMap());
      db.run("ALTER ROLE changing PASSWORD 'hunter2'");
      Await.map(config, Map.of("a", "2"));
      Await.state(config, State.OK);
    }
    db.run("DROP OWNED BY changing");
  }

  private static String reason(Config config) {
    ConfigException why = config.status().source("db").reason();
    return why == null ? "" : why.getMessage();
  }

  @Test
  void change_whileItIsAway_isReadAfterwards() throws Exception {
    assertTrue(seesWhatChangedWhileAway(source, TimeUnit.SECONDS.toNanos(60)));
  }

  @Test
  void change_whileItIsAway_isMissedByWhoForgetsToRead() throws Exception {
    BuggySource twin = new BuggySource(source, BuggySource.Bug.FORGETS_TO_READ_AFTER_A_RECONNECT);
    assertEquals(false, seesWhatChangedWhileAway(twin, TWIN_NANOS));
  }

  private boolean seesWhatChangedWhileAway(Source of, long within) throws Exception {
    try (Config config = config(of)) {
      proxy.refuse();
      Await.state(config, State.DEGRADED);
      db.put("a", "2");
      proxy.heal();
      Await.state(config, State.OK);
      return Await.within(within, () -> config.get("a").asString().equals("2"));
    }
  }

  // ---- a connection that leads nowhere

  /** In both directions, and of another one only what comes from the server. */
  @Test
  @Tag("slow")
  void connection_thatLeadsNowhere_isFoundAndMadeAnew() throws Exception {
    try (TcpProxy other = TcpProxy.to(SERVER.server().address());
        Config config = config(source);
        Config deaf = config(db.source(other.address()).poll(NEVER))) {
      proxy.halfOpen();
      other.halfOpen(TcpProxy.Direction.TO_CLIENT);
      db.put("a", "2");
      for (Config each : List.of(config, deaf)) {
        Await.state(each, State.DEGRADED);
        assertEquals(Map.of("a", "1"), each.asMap());
      }
      proxy.heal();
      other.heal();
      for (Config each : List.of(config, deaf)) {
        Await.map(each, Map.of("a", "2"));
        Await.state(each, State.OK);
      }
    }
  }

  @Test
  void network_thatIsSlow_isFollowed() throws Exception {
    try (Config config = config(source)) {
      proxy.delay(Duration.ofMillis(30));
      db.put("a", "2");
      Await.map(config, Map.of("a", "2"));
      proxy.delay(Duration.ZERO);
      proxy.throttle(1_000);
      db.put("a", "3");
      Await.map(config, Map.of("a", "3"));
      Await.state(config, State.OK);
    }
  }

  /** It waits for a row that others have locked, and has not begun to commit. */
  @Test
  void edit_whoseConnectionEndsBeforeItCommits_saysNoSuchThing() throws Exception {
    try (Config config = config(source);
        Connection other = db.connect()) {
      other.setAutoCommit(false);
      Db.put(other, "a", "2");
      CompletableFuture<Void> edit =
          CompletableFuture.runAsync(() -> config.edit("db", to -> to.set("a", "hunter2")));
      String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
      Await.that(() -> "it does not wait", () -> SERVER.server().sql(waiting).equals("1\n"));
      proxy.cut();
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> edit.get(60, TimeUnit.SECONDS));
      String why = ((ConfigException) e.getCause()).problems().get(0).message();
      assertTrue(why.matches("it cannot be reached: .*\\(SQLSTATE 08...\\)"), why);
      assertFalse(why.contains("hunter2"), why);
      other.commit();
      Await.map(config, Map.of("a", "2"));
    }
  }

  /** Nobody knows then what the server has done; here it has undone it. */
  @Test
  void edit_whoseConnectionEndsWhileItCommits_saysThatItMayBeWritten() throws Exception {
    db.run(
        """
        CREATE OR REPLACE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN NULL;
        END
        $$""",
        "CREATE CONSTRAINT TRIGGER leave AFTER UPDATE ON config DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION leave()");
    try (Config config = config(source)) {
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> config.edit("db", edit -> edit.set("a", "hunter2")));
      assertEquals(ErrorCode.SOURCE_FAILED, e.code());
      assertEquals(
          "it cannot be reached: FATAL: terminating connection due to administrator command"
              + " (SQLSTATE 57P01); it may be written or not",
          e.problems().get(0).message());
      db.run("DROP TRIGGER leave ON config");
      config.edit("db", edit -> edit.set("a", "2"));
      assertEquals(Map.of("a", "2"), config.asMap());
    }
  }

  /** The times are so long that only the end of the socket can end it. */
  @Test
  void close_whileAConnectLeadsNowhere_endsIt() {
    proxy.halfOpen();
    PostgresSource patient =
        source.connectTimeout(Duration.ofHours(1)).timeout(Duration.ofHours(1));
    Config config =
        Config.builder()
            .source(counted(patient.optional()))
            .startTimeout(Duration.ofMillis(300))
            .build();
    config.close(); // and end() looks that nothing is left
  }

  @Test
  void close_whileAReadingLeadsNowhere_endsIt() throws Exception {
    Config config = config(source.timeout(Duration.ofHours(1)));
    long before = proxy.bytes(TcpProxy.Direction.TO_SERVER);
    proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
    CompletableFuture<Void> reload = CompletableFuture.runAsync(config::reload);
    Await.that(() -> "no reading", () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > before);
    config.close();
    Await.that(() -> "the reload has not ended", reload::isDone);
  }

  // ---- much

  @Test
  void reading_thatIsCutAndKilledInTheMiddle_isDoneAgain() throws Exception {
    db.run(
        "INSERT INTO config SELECT 'k' || i, repeat('x', 50) || i FROM generate_series(1, 10000) i");
    proxy.throttle(100_000);
    CompletableFuture<Config> starting = CompletableFuture.supplyAsync(() -> config(source));
    Await.that(() -> "no reading", () -> proxy.bytes(TcpProxy.Direction.TO_CLIENT) > 100_000);
    assertEquals(false, starting.isDone());
    proxy.cut();
    long cut = proxy.bytes(TcpProxy.Direction.TO_CLIENT);
    Await.that(() -> "no reading", () -> proxy.bytes(TcpProxy.Direction.TO_CLIENT) > cut + 100_000);
    assertEquals(false, starting.isDone());
    SERVER.server().kill();
    proxy.throttle(100_000_000);
    SERVER.server().start();
    try (Config config = starting.get(60, TimeUnit.SECONDS)) {
      assertEquals(10_001, config.asMap().size());
      assertEquals("x".repeat(50) + 10_000, config.get("k10000").asString());
      SERVER.server().sql("UPDATE config SET value = 'new' WHERE key = 'k10000'");
      Await.that(() -> "not new", () -> config.get("k10000").asString().equals("new"));
      SERVER.server().sql("DELETE FROM config WHERE key <> 'a'");
      Await.map(config, Map.of("a", "1"));
    }
  }

  @Test
  void changes_thatComeFasterThanTheyAreRead_endWithTheLast() throws Exception {
    try (Config config = config(source);
        Connection writer = db.connect();
        Statement statement = writer.createStatement()) {
      long begun = System.nanoTime();
      for (int i = 1; i <= 5000; i++) {
        statement.execute("UPDATE config SET value = '" + i + "'");
      }
      System.out.printf(
          "5000 changes, %d a second%n",
          TimeUnit.SECONDS.toNanos(5000) / (System.nanoTime() - begun));
      Await.map(config, Map.of("a", "5000"));
      long read = config.snapshot().version();
      assertTrue(read < 5000, () -> "each of them was read: " + read);
    }
  }

  // ---- gaps and transactions

  @Test
  void change_inAnyGapOfTheHandshake_isSeen() throws Exception {
    isInGap.set(true); // it has none
    assertEquals(0, missedInGaps(source, TimeUnit.SECONDS.toNanos(60)));
  }

  /** However slow the machine is: who is in the gap and who changes wait for one another. */
  @Test
  void change_inAGapOfTheHandshake_isMissedByWhoReadsFirst() throws Exception {
    BuggySource.Gap gap =
        () -> {
          isInGap.set(true);
          Await.that(() -> "no change", isChanged::get);
        };
    BuggySource twin = new BuggySource(source, BuggySource.Bug.READS_BEFORE_IT_LISTENS, gap);
    assertTrue(missedInGaps(twin, TWIN_NANOS) > 0);
  }

  /** Changes once, a little later in each round. Ends with the first that was missed. */
  private int missedInGaps(Source of, long within) throws Exception {
    proxy.delay(Duration.ofMillis(2));
    ExecutorService threads = Executors.newCachedThreadPool(); // the common pool has one, or two
    try (Connection writer = db.connect()) {
      for (int round = 1; round <= 20; round++) {
        String value = "round " + round;
        List<CompletableFuture<Config>> starting = new ArrayList<>();
        long opened = System.nanoTime();
        for (int i = 0; i < 3; i++) { // each is at another gap when it changes
          parkUntil(opened + TimeUnit.MILLISECONDS.toNanos(2) * i);
          starting.add(CompletableFuture.supplyAsync(() -> config(of), threads));
        }
        parkUntil(opened + TimeUnit.MILLISECONDS.toNanos(6) * round);
        Await.that(() -> "nobody is in the gap", isInGap::get);
        Db.put(writer, "a", value);
        isChanged.set(true);
        int missed = 0;
        for (CompletableFuture<Config> each : starting) {
          try (Config config = each.get(60, TimeUnit.SECONDS)) {
            boolean seen = Await.within(within, () -> config.get("a").asString().equals(value));
            missed += seen ? 0 : 1;
          }
        }
        if (missed > 0) {
          return missed;
        }
      }
    } finally {
      threads.shutdown();
    }
    return 0;
  }

  private static void parkUntil(long nanoTime) {
    while (System.nanoTime() < nanoTime) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void transaction_ofTwoRows_isNeverSeenHalf() throws Exception {
    assertEquals(0, halves(source));
  }

  @Test
  void transaction_ofTwoRows_isSeenHalfByWhoReadsRowByRow() throws Exception {
    Source buggy = new BuggySource(source, BuggySource.Bug.READS_ROW_BY_ROW);
    int seen = 0;
    for (int round = 0; seen == 0 && round < 100; round++) {
      seen = halves(buggy); // which reading falls between two rows is left to chance
    }
    assertTrue(seen > 0);
  }

  private int halves(Source of) throws Exception {
    db.put("a", "1");
    db.put("z", "1");
    AtomicInteger halves = new AtomicInteger();
    try (Config config = config(of);
        Connection writer = db.connect();
        Statement statement = writer.createStatement()) {
      config.onChange(
          "",
          change -> {
            Snapshot seen = change.snapshot();
            if (!seen.get("a").asString().equals(seen.get("z").asString())) {
              halves.incrementAndGet();
            }
          });
      writer.setAutoCommit(false);
      for (int i = 2; i <= 1000; i++) {
        statement.execute("UPDATE config SET value = '" + i + "' WHERE key = 'z'");
        statement.execute("UPDATE config SET value = '" + i + "' WHERE key = 'a'");
        writer.commit();
      }
      Await.map(config, Map.of("a", "1000", "z", "1000"));
    }
    return halves.get();
  }
}
