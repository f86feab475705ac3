package dev.gimbal.source.jdbc;

import dev.gimbal.testing.backend.MariaDbServer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** What others do with the database of a test. */
final class MariaDb {

  /** As the documentation shows it. */
  static final String TABLE =
      """
      CREATE TABLE config (
        `key` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY,
        value longtext NOT NULL,
        version timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
      )""";

  private final MariaDbServer server;

  MariaDb(MariaDbServer server) {
    this.server = server;
  }

  /** The table of the documentation, new and empty. */
  MariaDb fresh() {
    run("DROP TABLE IF EXISTS config");
    run(TABLE);
    return this;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl() + "?sslMode=disable", "test", "test");
  }

  /** Runs statements in one transaction. */
  void run(String... statements) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String one : statements) {
          statement.execute(one);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(String.join("; ", statements), e);
    }
  }

  Map<String, String> login() {
    return Map.of("user", server.user(), "password", server.password(), "sslMode", "disable");
  }

  JdbcSource source() {
    return new JdbcSource(server.jdbcUrl(), login()).name("db").poll(Duration.ofMillis(50));
  }

  /** The same, at another address. */
  JdbcSource source(InetSocketAddress at) {
    return new JdbcSource(url(at), login()).name("db").poll(Duration.ofMillis(50));
  }

  static String url(InetSocketAddress at) {
    return "jdbc:mariadb://127.0.0.1:" + at.getPort() + "/test";
  }
}
