package dev.gimbal.testing.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {

  private static String values(MariaDbServer server) {
    return server.sql("SELECT value FROM t ORDER BY value").strip();
  }

  private static void insert(MariaDbServer server, int value) {
    server.sql("INSERT INTO t VALUES (" + value + ")");
  }

  @Test
  void server_killedStoppedAndRestarted_keepsPortAndData() {
    try (MariaDbServer server = MariaDbServer.open()) {
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
    try (MariaDbServer server = MariaDbServer.open().withTls()) {
      server.start();
      assertEquals("1\n", server.sql("SELECT 1"));
      server.kill();
      server.start();
      assertEquals("1\n", server.sql("SELECT 1"));
      AssertionError refused =
          assertThrows(
              AssertionError.class,
              () ->
                  Programs.run(
                      server.folder(),
                      Map.of(),
                      List.of(
                          Programs.find("mariadb", "mariadb-client"),
                          "--no-defaults",
                          "--skip-ssl",
                          "--protocol=TCP",
                          "--host=127.0.0.1",
                          "--port=" + server.address().getPort(),
                          "--user=" + server.user(),
                          "--password=" + server.password())));
      assertTrue(refused.getMessage().contains("Access denied"), refused.getMessage());
    }
  }

  @Test
  void sql_thatIsWrong_failsWithTheServersMessage() {
    try (MariaDbServer server = MariaDbServer.open()) {
      server.start();
      AssertionError wrong = assertThrows(AssertionError.class, () -> server.sql("SELEC 1"));
      assertTrue(wrong.getMessage().contains("You have an error in your SQL"), wrong.getMessage());
    }
  }
}
