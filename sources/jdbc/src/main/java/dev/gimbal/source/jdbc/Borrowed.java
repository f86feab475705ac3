package dev.gimbal.source.jdbc;

import dev.gimbal.source.jdbc.table.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A connection that goes back as it came; one that is broken goes back too. Used by one thread. */
final class Borrowed implements AutoCloseable {

  private final Connections from;
  private final Connection connection;
  private final Settings before;
  private boolean done;

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

  /** What it was borrowed for is done, and whatever fails from now on does not undo it. */
  void done() {
    done = true;
  }

  /** Each setting is set back by itself, whatever became of the others. */
  @Override
  public void close() throws SQLException {
    List<SQLException> failures = new ArrayList<>();
    if (!isClosed(failures)) {
      trying(failures, this::rollback);
      trying(failures, () -> connection.setReadOnly(before.readOnly));
      trying(failures, () -> connection.setTransactionIsolation(before.isolation));
      trying(failures, () -> connection.setAutoCommit(before.autoCommit));
    }
    trying(failures, () -> from.giveBack(connection));
    if (failures.isEmpty() || done) {
      return; // an edit that is committed must not look failed: it would be made once more
    }
    SQLException first = failures.get(0);
    failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
    throw first;
  }

  private boolean isClosed(List<SQLException> failures) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      failures.add(e);
      return false;
    }
  }

  private void rollback() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /** Something that is asked of the connection. */
  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  private static void trying(List<SQLException> failures, Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      failures.add(e);
    }
  }
}
