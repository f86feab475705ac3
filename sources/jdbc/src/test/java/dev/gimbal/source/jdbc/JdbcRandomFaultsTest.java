package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.MariaDbServer;
import dev.gimbal.testing.backend.TcpProxy;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Faults and changes at random, seeded: after each round, when all is well again, the Config holds
 * what the table holds. {@code -Dgimbal.faults.seconds} says how long, {@code -Dgimbal.faults.seed}
 * with which seed.
 */
class JdbcRandomFaultsTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER = BackendExtension.of(MariaDbServer::open);

  private final Random random = new Random(Long.getLong("gimbal.faults.seed", 8));

  private MariaDb db;

  @Test
  void faultsAtRandom_loseNoFinalValue_andLeaveNothing() throws Exception {
    db = new MariaDb(SERVER.server()).fresh();
    db.run("INSERT INTO config (`key`, value) VALUES ('a', '0'), ('z', '0')");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds());
    AtomicReference<Map<String, Object>> half = new AtomicReference<>();
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address())) {
      try (Config config = Config.builder().source(source(proxy)).build()) {
        config.onChange(
            "",
            change -> {
              Snapshot seen = change.snapshot();
              if (!seen.get("a").asString().equals(seen.get("z").asString())) {
                half.compareAndSet(null, seen.root().asMap());
              }
            });
        while (System.nanoTime() < end) {
          disturb(proxy);
          proxy.heal();
          await(config);
        }
      }
      assertTrue(within(() -> proxy.open() == 0), () -> "open: " + proxy.open());
    }
    assertEquals(null, half.get(), "a transaction was seen half");
  }

  private static long seconds() {
    return Long.getLong("gimbal.faults.seconds", 10);
  }

  private JdbcSource source(TcpProxy proxy) {
    Map<String, String> properties = new HashMap<>(db.login());
    properties.put("connectTimeout", "2000");
    String url = "jdbc:mariadb://127.0.0.1:" + proxy.port() + "/test";
    return new JdbcSource(url, properties)
        .name("db")
        .table(Table.of("config").versionColumn("version"))
        .timeout(Duration.ofSeconds(2))
        .poll(Duration.ofMillis(20));
  }

  private void disturb(TcpProxy proxy) throws Exception {
    int faults = random.nextInt(3);
    for (int i = 0; i <= faults; i++) {
      switch (random.nextInt(7)) {
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
        default -> proxy.throttle(1_000 + random.nextInt(20_000));
      }
      change();
      Thread.sleep(random.nextInt(60)); // how far the source gets meanwhile is left to chance
    }
  }

  private void change() {
    String pair = Integer.toString(random.nextInt(1000));
    String key = "k" + random.nextInt(20);
    db.run(
        random.nextBoolean()
            ? "DELETE FROM config WHERE `key` = '" + key + "'"
            : "REPLACE INTO config (`key`, value) VALUES ('" + key + "', '" + pair + "')",
        "UPDATE config SET value = '" + pair + "' WHERE `key` IN ('a', 'z')");
  }

  private void await(Config config) throws Exception {
    Map<String, Object> expected = table();
    assertTrue(
        within(() -> expected.equals(config.asMap())),
        () -> "expected " + expected + ", not " + config.asMap() + "; " + config.status());
  }

  private interface Condition {
    boolean holds();
  }

  private static boolean within(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(5); // polls a server, which no clock of ours moves
    }
    return true;
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
