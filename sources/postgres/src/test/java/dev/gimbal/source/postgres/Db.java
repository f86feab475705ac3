package dev.gimbal.source.postgres;

import dev.gimbal.testing.backend.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** What others do with the database of a test. */
final class Db {

  private final PostgresServer server;

  Db(PostgresServer server) {
    this.server = server;
  }

  /** The script of the documentation. */
  static String script() {
    try (InputStream in = PostgresSource.class.getResourceAsStream("config.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The table of the script, new and empty. */
  Db fresh() {
    run("DROP TABLE IF EXISTS config CASCADE", script());
    return this;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
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

  void put(String key, String value) {
    try (Connection connection = connect()) {
      put(connection, key, value);
    } catch (SQLException e) {
      throw new AssertionError(key, e);
    }
  }

  static void put(Connection connection, String key, String value) throws SQLException {
    String sql =
        "INSERT INTO config (key, value) VALUES (?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    try (PreparedStatement put = connection.prepareStatement(sql)) {
      put.setString(1, key);
      put.setString(2, value);
      put.executeUpdate();
    }
  }

  String uri() {
    return uri(server.address());
  }

  /** The same database, at another address. */
  String uri(InetSocketAddress at) {
    String host = at.getAddress().getHostAddress() + ":" + at.getPort();
    String login = server.user() + ":" + server.password();
    return "postgres://" + login + "@" + host + "/" + server.database();
  }

  PostgresSource source() {
    return new PostgresSource(uri()).name("db");
  }

  /** The same, at another address. */
  PostgresSource source(InetSocketAddress at) {
    return new PostgresSource(uri(at)).name("db");
  }
}
