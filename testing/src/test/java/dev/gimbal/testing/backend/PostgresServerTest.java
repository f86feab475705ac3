package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  private static String values(PostgresServer server) {
    return server.sql("SELECT value FROM t ORDER BY value").strip();
  }

  private static void insert(PostgresServer server, int value) {
    server.sql("INSERT INTO t VALUES (" + value + ")");
  }

  @Test
  void server_killedStoppedAndRestarted_keepsPortAndData() {
    try (PostgresServer server = PostgresServer.open()) {
      server.start();
      InetSocketAddress address = server.address();
      server.sql("CREATE TABLE t (value INT)");
      insert(server, 1);
      server.kill();
      assertFalse(server.isRunning());
      server.start();
      assertEquals("1", values(server));
      insert(server, 2);
      server.stop();
      assertFalse(server.isRunning());
      server.start();
      assertEquals("1\n2", values(server));
      server.restart();
      assertEquals("1\n2", values(server));
      assertEquals(address, server.address());
    }
  }

  @Test
  void server_withTls_letsNobodyInWithoutIt() {
    try (PostgresServer server = PostgresServer.open().withTls()) {
      server.start();
      assertEquals("1\n", server.sql("SELECT 1"));
      server.kill();
      server.start();
      assertEquals("1\n", server.sql("SELECT 1"));
      String psql = Programs.find("psql", "postgresql-client");
      String where = "host=127.0.0.1 port=" + server.address().getPort() + " user=postgres";
      AssertionError refused =
          assertThrows(
              AssertionError.class,
              () ->
                  Programs.run(
                      server.folder(),
                      Map.of("PGPASSWORD", server.password(), "PGSSLMODE", "disable"),
                      List.of(psql, "-c", "SELECT 1", where)));
      assertTrue(refused.getMessage().contains("no encryption"), refused.getMessage());
    }
  }

  @Test
  void server_wrongPassword_letsNobodyIn() {
    try (PostgresServer server = PostgresServer.open()) {
      server.start();
      String psql = Programs.find("psql", "postgresql-client");
      String where = "host=127.0.0.1 port=" + server.address().getPort() + " user=postgres";
      AssertionError refused =
          assertThrows(
              AssertionError.class,
              () ->
                  Programs.run(
                      server.folder(),
                      Map.of("PGPASSWORD", "wrong"),
                      List.of(psql, "-c", "SELECT 1", where)));
      assertTrue(
          refused.getMessage().contains("password authentication failed"), refused.getMessage());
    }
  }

  @Test
  void sql_thatIsWrong_failsWithTheServersMessage() {
    try (PostgresServer server = PostgresServer.open()) {
      server.start();
      AssertionError wrong = assertThrows(AssertionError.class, () -> server.sql("SELEC 1"));
      assertTrue(wrong.getMessage().contains("syntax error at or near"), wrong.getMessage());
    }
  }
}
