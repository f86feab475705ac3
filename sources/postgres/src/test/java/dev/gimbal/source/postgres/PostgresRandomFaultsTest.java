package dev.gimbal.source.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.testing.backend.BackendExtension;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Faults and changes at random, seeded: after each round, when all is well again, the Config holds
 * what the table holds. {@code -Dgimbal.faults.seconds} says how long, {@code -Dgimbal.faults.seed}
 * with which seed.
 */
class PostgresRandomFaultsTest {

  private static final int KEYS = 20;

  @RegisterExtension
  static final BackendExtension<PostgresServer> SERVER = BackendExtension.of(PostgresServer::open);

  private final Random random = new Random(Long.getLong("gimbal.faults.seed", 8));

  private Db db;

  @Test
  void faultsAtRandom_loseNoFinalValue_andLeaveNothing(TestReporter reporter) throws Exception {
    db = new Db(SERVER.server()).fresh();
    db.put("always", "0");
    long end = System.nanoTime() + seconds() * TimeUnit.SECONDS.toNanos(1);
    int rounds = 0;
    long slowest = 0;
    AtomicReference<String> half = new AtomicReference<>();
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address())) {
      PostgresSource source = db.source(proxy.address()).poll(Duration.ofDays(365));
      Config config = Config.builder().source(source).build();
      try (config) {
        config.onChange(
            "pair",
            change -> {
              if (!String.valueOf(change.after().get("a").asString(""))
                  .equals(change.after().get("z").asString(""))) {
                half.compareAndSet(null, change.toString());
              }
            });
        while (System.nanoTime() < end) {
          rounds++;
          disturb(proxy);
          db.put("always", "round " + rounds);
          proxy.heal();
          proxy.delay(Duration.ZERO);
          proxy.throttle(1_000_000_000);
          long well = System.nanoTime();
          Await.map(config, table());
          slowest = Math.max(slowest, System.nanoTime() - well);
        }
      }
      Await.that(() -> "open: " + proxy.open(), () -> proxy.open() == 0);
    }
    assertEquals(null, half.get(), "a transaction was seen half");
    reporter.publishEntry(
        "faults", rounds + " rounds, slowest " + TimeUnit.NANOSECONDS.toMillis(slowest) + " ms");
  }

  private static long seconds() {
    return Long.getLong("gimbal.faults.seconds", 20);
  }

  private void disturb(TcpProxy proxy) throws Exception {
    int faults = random.nextInt(3);
    for (int i = 0; i <= faults; i++) {
      switch (random.nextInt(9)) {
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

  private void change() throws SQLException {
    try (Connection writer = db.connect()) {
      for (int i = random.nextInt(10); i >= 0; i--) {
        String key = "k" + random.nextInt(KEYS);
        if (random.nextInt(4) == 0) {
          try (Statement delete = writer.createStatement()) {
            delete.execute("DELETE FROM config WHERE key = '" + key + "'");
          }
        } else {
          Db.put(writer, key, Integer.toString(random.nextInt(1000)));
        }
      }
      writer.setAutoCommit(false);
      String pair = Integer.toString(random.nextInt(1000));
      Db.put(writer, "pair.a", pair);
      Db.put(writer, "pair.z", pair);
      writer.commit();
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
