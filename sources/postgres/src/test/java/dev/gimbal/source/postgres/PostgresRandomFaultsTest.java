package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus.State;
import dev.gimbal.Value;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.PostgresServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
class PostgresRandomFaultsTest {

  private static final int KEYS = 20;

  /** How long the source has for what is there; one with a bug is not given so much. */
  private static final Duration SAFETY = Duration.ofSeconds(60);

  private static final Duration TWIN_SAFETY = Duration.ofSeconds(2);

  private static final long SECONDS = Long.getLong("gimbal.faults.seconds", 10);
  private static final long SEED = Long.getLong("gimbal.faults.seed", 8);

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER =
      BackendExtension.shared("postgres", PostgresServer::open);

  private final Random random = new Random(SEED);

  private Db db;
  private int rounds;
  private long slowest;

  @BeforeEach
  void makeTable() {
    db = new Db(SERVER.server()).fresh();
    db.put("always", "0");
  }

  @Test
  @Tag("G1")
  @Tag("G2")
  @Tag("G6")
  @Tag("G8")
  @Timeout(value = 1, unit = TimeUnit.HOURS) // it takes as long as it is told to
  void faultsAtRandom_loseNoFinalValue_andLeaveNothing() throws Exception {
    run(source -> source, SAFETY, SECONDS);
    System.out.printf(
        "seed %d: %d rounds, the slowest %d ms%n",
        SEED, rounds, TimeUnit.NANOSECONDS.toMillis(slowest));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void aSourceWithABug_isFound(BuggySource.Bug bug, TestReporter reporter) {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () -> run(source -> new BuggySource(source, bug), TWIN_SAFETY, 120));
    boolean isHalf = bug == BuggySource.Bug.READS_ROW_BY_ROW;
    assertTrue(
        found.getMessage().contains(isHalf ? "seen half" : "not the table"), found::toString);
    reporter.publishEntry(bug.name(), "found in round " + rounds);
  }

  private void run(Function<PostgresSource, Source> of, Duration safety, long seconds)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    AtomicReference<String> half = new AtomicReference<>();
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address())) {
      CountedSource source =
          new CountedSource(of.apply(db.source(proxy.address()).poll(Duration.ofDays(365))));
      try (Config config = Config.builder().source(source).build()) {
        config.onChange(
            "pair",
            change -> {
              if (!isWhole(change.after())) {
                half.compareAndSet(null, change.toString());
              }
            });
        while (System.nanoTime() < end) {
          rounds++;
          disturb(proxy);
          db.put("always", "round " + rounds);
          proxy.heal();
          mend(proxy);
          long well = System.nanoTime();
          Map<String, Object> expected = table();
          assertTrue(
              Await.within(safety.toNanos(), () -> expected.equals(config.asMap())),
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

  private static boolean isWhole(Value pair) {
    return pair.get("a").asString("").equals(pair.get("z").asString(""));
  }

  /** The last change comes at any time of a connect, which takes a while. */
  private void mend(TcpProxy proxy) throws Exception {
    if (random.nextInt(3) > 0) {
      proxy.delay(Duration.ofMillis(1 + random.nextInt(8)));
      if (random.nextBoolean()) {
        proxy.cut();
      }
      Thread.sleep(random.nextInt(250)); // how far the source gets meanwhile is left to chance
      change();
    }
    proxy.delay(Duration.ZERO);
    proxy.throttle(1_000_000_000);
  }

  private void disturb(TcpProxy proxy) throws Exception {
    int faults = random.nextInt(3);
    for (int i = 0; i <= faults; i++) {
      switch (random.nextInt(10)) {
        case 0 -> proxy.cut();
        case 1 -> proxy.refuse();
        case 2 -> proxy.halfOpen();
        case 3 -> proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
        case 4 -> proxy.delay(Duration.ofMillis(random.nextInt(50)));
        case 5 -> proxy.throttle(1_000 + random.nextInt(20_000));
        case 6 -> endSessions();
        case 7 -> {
          if (random.nextInt(4) == 0) {
            SERVER.server().kill();
            SERVER.server().start();
          }
        }
        case 8 -> {
          proxy.heal(); // what reads it ends, and with it the lock
          db.run("DROP TABLE config");
          Thread.sleep(random.nextInt(60)); // whether it is missed is left to chance
          db.fresh();
        }
        default -> proxy.heal();
      }
      change();
      Thread.sleep(random.nextInt(60)); // how far the source gets meanwhile is left to chance
    }
  }

  private void endSessions() {
    db.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gimbal'");
  }

  /** Changes single keys, and two of a pair in one transaction. */
  private void change() throws SQLException {
    try (Connection writer = db.connect()) {
      writer.setAutoCommit(false);
      for (int i = random.nextInt(10); i >= 0; i--) {
        String key = "k" + random.nextInt(KEYS);
        String value = Integer.toString(random.nextInt(1000));
        switch (random.nextInt(4)) {
          case 0 -> delete(writer, key);
          case 1 -> Db.put(writer, key, value);
          default -> {
            Db.put(writer, "pair.a", value);
            Db.put(writer, "pair.z", value);
          }
        }
        writer.commit();
      }
    }
  }

  private static void delete(Connection writer, String key) throws SQLException {
    try (Statement delete = writer.createStatement()) {
      delete.execute("DELETE FROM config WHERE key = '" + key + "'");
    }
  }

  /** What the table holds, read by a client that had no faults. */
  private Map<String, Object> table() throws SQLException {
    Map<String, Object> found = new TreeMap<>();
    Map<String, Object> pair = new TreeMap<>();
    try (Connection reader = db.connect();
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("SELECT key, value FROM config")) {
      while (row.next()) {
        String key = row.getString(1);
        boolean ofPair = key.startsWith("pair.");
        (ofPair ? pair : found).put(ofPair ? key.substring(5) : key, row.getString(2));
      }
    }
    if (!pair.isEmpty()) {
      found.put("pair", pair);
    }
    return found;
  }
}
