package dev.gimbal.source.jdbc;

import dev.gimbal.source.jdbc.table.Connections;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection that goes back as it came; one that is broken goes back too. */
final class Borrowed implements AutoCloseable {

  private final Connections from;
  private final Connection connection;
  private final Settings before;

  private record Settings(boolean readOnly, boolean autoCommit, int isolation) {}

  Borrowed(Connections from, Connection connection) throws SQLException {
    this.from = from;
    this.connection = connection;
    try {
      before =
          new Settings(
              connection.isReadOnly(),
              connection.getAutoCommit(),
              connection.getTransactionIsolation());
    } catch (SQLException e) {
      from.giveBack(connection);
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /** What goes wrong here goes wrong after all was done, or beside the reason why it was not. */
  @Override
  public void close() throws SQLException {
    try {
      if (!connection.isClosed()) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        connection.setReadOnly(before.readOnly);
        connection.setTransactionIsolation(before.isolation);
        connection.setAutoCommit(before.autoCommit);
      }
    } finally {
      from.giveBack(connection);
    }
  }
}
