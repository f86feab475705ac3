package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.MariaDbServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults and changes at random, seeded: after each round, when all is well again, the Config holds
 * what the table holds. {@code -Dgimbal.faults.seconds} says how long, {@code -Dgimbal.faults.seed}
 * with which seed. A source with a bug is found.
 */
class JdbcRandomFaultsTest {

  private static final String ROWS =
      "INSERT INTO config (`key`, value) VALUES ('a', '0'), ('z', '0'), ('late', '0')";

  /** How long the source has for what is there; one with a bug is not given so much. */
  private static final Duration SAFETY = Duration.ofSeconds(60);

  private static final Duration TWIN_SAFETY = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final long SECONDS = Long.getLong("gimbal.faults.seconds", 10);
  private static final long SEED = Long.getLong("gimbal.faults.seed", 8);

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.shared("mariadb", MariaDbServer::open);

  private final Random random = new Random(SEED);

  private MariaDb db;
  private int rounds;
  private long slowest;

  @BeforeEach
  void makeTable() {
    db = new MariaDb(SERVER.server()).fresh();
    db.run(ROWS);
  }

  @Test
  @Tag("G1")
  @Tag("G2")
  @Tag("G6")
  @Tag("G8")
  @Timeout(value = 1, unit = TimeUnit.HOURS) // it takes as long as it is told to
  void faultsAtRandom_loseNoFinalValue_andLeaveNothing() throws Exception {
    run(this::source, SAFETY, SECONDS);
    System.out.printf(
        "seed %d: %d rounds, the slowest %d ms%n",
        SEED, rounds, TimeUnit.NANOSECONDS.toMillis(slowest));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void aSourceWithABug_isFound(BuggySource.Bug bug, TestReporter reporter) {
    AssertionError found =
        assertThrows(AssertionError.class, () -> run(at -> buggy(at, bug), TWIN_SAFETY, 120));
    boolean isHalf = bug == BuggySource.Bug.READS_ROW_BY_ROW;
    assertTrue(
        found.getMessage().contains(isHalf ? "seen half" : "not the table"), found::toString);
    reporter.publishEntry(bug.name(), "found in round " + rounds);
  }

  private void run(Function<InetSocketAddress, Source> of, Duration safety, long seconds)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    AtomicReference<Map<String, Object>> half = new AtomicReference<>();
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address())) {
      CountedSource source = new CountedSource(of.apply(proxy.address()));
      try (Config config = Config.builder().source(source).build()) {
        config.onChange(
            "",
            change -> {
              Snapshot seen = change.snapshot();
              if (!seen.get("a").asString("").equals(seen.get("z").asString(""))) {
                half.compareAndSet(null, seen.root().asMap());
              }
            });
        while (System.nanoTime() < end) {
          rounds++;
          disturb(proxy);
          proxy.heal();
          mend(proxy);
          long well = System.nanoTime();
          Map<String, Object> expected = table();
          assertTrue(
              Await.within(safety, () -> expected.equals(config.asMap())),
              () -> "not the table " + expected + ", but " + config.asMap() + config.status());
          slowest = Math.max(slowest, System.nanoTime() - well);
          Await.state(config, State.OK);
          assertEquals(null, half.get(), "a transaction was seen half");
        }
      }
      Await.that(() -> "open: " + proxy.open(), () -> proxy.open() == 0);
      Await.that(() -> "tasks: " + source.running(), () -> source.running() == 0);
      assertTrue(source.begun() > 0);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED + ", round " + rounds + ": " + e.getMessage(), e);
    }
  }

  private Source source(InetSocketAddress at) {
    return new JdbcSource(MariaDb.url(at), login())
        .name("db")
        .table(Table.of("config").versionColumn("version"))
        .timeout(Duration.ofSeconds(2))
        .poll(POLL);
  }

  private Source buggy(InetSocketAddress at, BuggySource.Bug bug) {
    return new BuggySource(JdbcUrl.of(MariaDb.url(at), login()), bug, POLL);
  }

  private Map<String, String> login() {
    Map<String, String> properties = new HashMap<>(db.login());
    properties.put("connectTimeout", "2000");
    return properties;
  }

  private void disturb(TcpProxy proxy) throws Exception {
    int faults = random.nextInt(3);
    for (int i = 0; i <= faults; i++) {
      switch (random.nextInt(8)) {
        case 0 -> proxy.cut();
        case 1 -> proxy.refuse();
        case 2 -> proxy.halfOpen();
        case 3 -> proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
        case 4 -> proxy.delay(Duration.ofMillis(random.nextInt(50)));
        case 5 -> {
          if (random.nextInt(8) == 0) {
            SERVER.server().kill();
            SERVER.server().start();
          }
        }
        case 6 -> {
          proxy.heal(); // what reads it ends, and with it the lock
          db.run("DROP TABLE config");
          Thread.sleep(random.nextInt(60)); // whether it is missed is left to chance
          db.fresh(); // and empty for a moment
          db.run(ROWS);
        }
        default -> proxy.throttle(1_000 + random.nextInt(20_000));
      }
      change(1 + random.nextInt(4));
      Thread.sleep(random.nextInt(60)); // how far the source gets meanwhile is left to chance
    }
  }

  /** The last change comes alone, and perhaps a connection ends while it is read. */
  private void mend(TcpProxy proxy) throws Exception {
    if (random.nextInt(3) > 0) {
      proxy.delay(Duration.ofMillis(1 + random.nextInt(8)));
      Thread.sleep(random.nextInt(60)); // how far the source gets meanwhile is left to chance
      change(1);
      Thread.sleep(random.nextInt(40));
      if (random.nextBoolean()) {
        proxy.cut();
      }
    }
    proxy.delay(Duration.ZERO);
    proxy.throttle(1_000_000_000);
  }

  /** Changes single keys, two of a pair in one transaction, and one that is committed late. */
  private void change(int changes) throws Exception {
    try (Connection writer = db.connect();
        Connection late = db.connect()) {
      writer.setAutoCommit(false);
      late.setAutoCommit(false);
      boolean isLate = random.nextInt(4) == 0;
      if (isLate) {
        run(late, "UPDATE config SET value = " + random.nextInt(1000) + " WHERE `key` = 'late'");
      }
      for (int i = 0; i < changes; i++) {
        String key = "k" + random.nextInt(20);
        int value = random.nextInt(1000);
        run(
            writer,
            switch (random.nextInt(4)) {
              case 0 -> "DELETE FROM config WHERE `key` = '" + key + "'";
              case 1 -> put(key, value);
              default -> "UPDATE config SET value = '" + value + "' WHERE `key` IN ('a', 'z')";
            });
        writer.commit();
      }
      if (isLate) {
        Thread.sleep(random.nextInt(30)); // whether it is read before is left to chance
        late.commit();
      }
    }
  }

  private static String put(String key, int value) {
    return "REPLACE INTO config (`key`, value) VALUES ('" + key + "', '" + value + "')";
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the table holds, read by a client that had no faults. */
  private Map<String, Object> table() throws SQLException {
    Map<String, Object> found = new TreeMap<>();
    try (Connection reader = db.connect();
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("SELECT `key`, value FROM config")) {
      while (row.next()) {
        found.put(row.getString(1), row.getString(2));
      }
    }
    return found;
  }
}
