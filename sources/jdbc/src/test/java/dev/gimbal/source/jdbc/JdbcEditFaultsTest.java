package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.MariaDbServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong in the middle of an edit. */
class JdbcEditFaultsTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.shared("mariadb", MariaDbServer::open);

  /** What comes before a call of a connection; where it throws, in its place. */
  @FunctionalInterface
  private interface Fault {
    void before(Connection connection, String method) throws SQLException;
  }

  private MariaDb db;

  /** Set by a test while nothing is read; seen by the thread that edits. */
  private volatile Fault fault = (connection, method) -> {};

  @BeforeEach
  void makeTable() {
    db = new MariaDb(SERVER.server()).fresh();
    db.run("INSERT INTO config (`key`, value) VALUES ('a', '1')");
  }

  @Test
  void edit_thatCannotRead_saysWhatTheDatabaseSays() {
    try (Config config = config(SERVER.server().address())) {
      fault =
          (connection, method) -> {
            if (method.equals("prepareStatement")) {
              throw new SQLException("Table definition has changed", "HY000", 1412);
            }
          };
      assertEquals(
          "the database answers: Table definition has changed (SQLSTATE HY000)", failure(config));
    }
  }

  /** The server has done it; its answer does not come through. */
  @Test
  void edit_whoseConnectionEndsWhileItCommits_saysThatItMayBeWritten() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(SERVER.server().address());
        Config config = config(proxy.address())) {
      fault =
          (connection, method) -> {
            if (method.equals("commit")) {
              proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
            }
          };
      CompletableFuture<String> edit = CompletableFuture.supplyAsync(() -> failure(config));
      String value = "SELECT value FROM config";
      Await.that(() -> "not written", () -> SERVER.server().sql(value).equals("hunter2\n"));
      proxy.cut();
      String why = edit.get(60, TimeUnit.SECONDS);
      assertTrue(
          why.matches("it cannot be reached: .*\\(SQLSTATE 08...\\); it may be written or not"),
          why);
      assertFalse(why.contains("hunter2"), why);
      proxy.heal();
      config.reload();
      Await.map(config, Map.of("a", "hunter2"));
    }
  }

  /** The rollback's answer says nothing about the commit, which here is done. */
  @Test
  void edit_whoseCommitBreaksOff_andWhoseRollbackIsAConflict_isNotDoneAgain() {
    AtomicInteger commits = new AtomicInteger();
    try (Config config = config(SERVER.server().address())) {
      fault =
          (connection, method) -> {
            if (method.equals("commit")) {
              commits.incrementAndGet();
              connection.commit();
              throw new SQLException("gone", "08006");
            }
            if (method.equals("rollback") && commits.get() > 0) {
              throw new SQLException("rolled back", "40001");
            }
          };
      assertEquals(
          "it cannot be reached: gone (SQLSTATE 08006); it may be written or not", failure(config));
      assertEquals(1, commits.get());
    }
  }

  /** The link stays, so that nobody else would close it. */
  @Test
  void edit_whoseConnectionTakesNoLimit_leavesNone() throws Exception {
    List<Connection> made = new ArrayList<>();
    JdbcOptions options =
        JdbcOptions.of(
                () -> {
                  made.add(connect(SERVER.server().address()));
                  return faulty(made.get(made.size() - 1));
                },
                true,
                "db")
            .withPoll(Duration.ofDays(1));
    Source source = new JdbcSource(options).name("db");
    try (Config config = Config.builder().source(source).build()) {
      fault =
          (connection, method) -> {
            if (method.equals("setNetworkTimeout")) {
              throw new SQLException("broken", "08006");
            }
          };
      assertEquals("it cannot be reached: broken (SQLSTATE 08006)", failure(config));
      assertEquals(2, made.size());
      assertFalse(made.get(0).isClosed());
      assertTrue(made.get(1).isClosed());
    }
  }

  private static String failure(Config config) {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> config.edit("db", edit -> edit.set("a", "hunter2")));
    assertEquals(ErrorCode.SOURCE_FAILED, e.code());
    return e.problems().get(0).message();
  }

  /** Reads once, and then only after edits. */
  private Config config(InetSocketAddress at) {
    DataSource faulty =
        (DataSource)
            Proxy.newProxyInstance(
                JdbcEditFaultsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "getConnection" -> faulty(connect(at));
                      case "getParentLogger" -> Logger.getGlobal();
                      default -> throw new SQLException(method.getName());
                    });
    return Config.builder().source(new JdbcSource(faulty, "db").poll(Duration.ofDays(1))).build();
  }

  private Connection connect(InetSocketAddress at) throws SQLException {
    Properties login = new Properties();
    login.putAll(db.login());
    return DriverManager.getConnection(MariaDb.url(at), login);
  }

  private Connection faulty(Connection one) {
    return (Connection)
        Proxy.newProxyInstance(
            JdbcEditFaultsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "equals" -> {
                  return self == arguments[0];
                }
                case "hashCode" -> {
                  return System.identityHashCode(self);
                }
                default -> {
                  fault.before(one, method.getName());
                  try {
                    return method.invoke(one, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }
              }
            });
  }
}
