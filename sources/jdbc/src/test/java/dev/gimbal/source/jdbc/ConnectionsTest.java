package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.jdbc.table.Connections;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of a driver that notes what it is asked. */
class ConnectionsTest {

  private final List<String> calls = new ArrayList<>();

  /** What throws. */
  private String broken = "";

  /** An abort does nothing here, as in some drivers. */
  private Connection made() {
    Connection[] self = new Connection[1];
    self[0] =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "equals":
                      return proxy == arguments[0];
                    case "hashCode":
                      return 1;
                    default:
                      calls.add(method.getName());
                  }
                  if (method.getName().equals(broken)) {
                    throw new SQLException("broken", "08006");
                  }
                  Class<?> type = method.getReturnType();
                  return type == boolean.class ? Boolean.FALSE : type == int.class ? 2 : null;
                });
    return self[0];
  }

  @Test
  void close_closesWhatWasTaken_alsoWhereAbortDoesNothing() throws SQLException {
    Connections connections = new Connections(this::made);
    connections.take();
    connections.close();
    assertEquals(List.of("abort", "close"), calls);
    assertThrows(SQLException.class, connections::take);
    assertEquals(List.of("abort", "close", "close"), calls);
  }

  @Test
  void close_whoseAbortFails_closesToo() throws SQLException {
    broken = "abort";
    Connections connections = new Connections(this::made);
    connections.take();
    connections.close();
    assertEquals(List.of("abort", "close"), calls);
  }

  @Test
  void lent_whoseCloseFailsAfterItsUse_isNoFailure() throws Exception {
    broken = "close";
    Connections connections = new Connections(this::made);
    connections.lend(Connection::commit);
    assertEquals(List.of("commit", "close"), calls);
    connections.close();
    assertEquals(List.of("commit", "close"), calls, "it is gone");
  }

  @Test
  void lent_whoseUseFails_goesBack_andSaysWhy() {
    broken = "close";
    Connections connections = new Connections(this::made);
    IOException why = new IOException("why");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                connections.lend(
                    lent -> {
                      throw why;
                    }));
    assertSame(why, e);
    assertEquals(List.of("close"), calls);
  }

  @Test
  void borrowed_thatIsBroken_goesBack() throws SQLException {
    for (String where : List.of("isReadOnly", "isClosed", "rollback", "setReadOnly", "close")) {
      broken = where;
      calls.clear();
      Connections connections = new Connections(this::made);
      Connection taken = connections.take();
      SQLException e =
          assertThrows(SQLException.class, () -> new Borrowed(connections, taken).close(), where);
      assertEquals("08006", e.getSQLState());
      assertEquals("close", calls.get(calls.size() - 1), where);
    }
  }

  @Test
  void borrowed_thatIsBrokenAfterItsWork_isNoFailure_andTheOtherSettingsAreSetBack()
      throws SQLException {
    List<String> setters = List.of("setReadOnly", "setTransactionIsolation", "setAutoCommit");
    for (String where : List.of("isClosed", "getAutoCommit", "rollback", "setReadOnly", "close")) {
      broken = "";
      calls.clear();
      Connections connections = new Connections(this::made);
      try (Borrowed borrowed = new Borrowed(connections, connections.take())) {
        broken = where;
        borrowed.done();
      }
      assertTrue(calls.containsAll(setters), where + ": " + calls);
      assertEquals("close", calls.get(calls.size() - 1), where);
    }
  }

  /** The reason stays: what fails beside it is beside it. */
  @Test
  void borrowed_thatBreaks_keepsTheReason() throws SQLException {
    broken = "rollback";
    Connections connections = new Connections(this::made);
    Connection taken = connections.take();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (Borrowed borrowed = new Borrowed(connections, taken)) {
                throw new IllegalStateException("reason of " + borrowed.connection().getCatalog());
              }
            });
    assertEquals(1, e.getSuppressed().length);
  }
}
