package dev.gimbal.source.jdbc.table;

import dev.gimbal.ErrorCode;
import dev.gimbal.source.store.StoreEdit;
import dev.gimbal.source.store.StoreWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes rows where they are as they were read. Between reading and writing no transaction is open:
 * checks run then, and must hold nobody up.
 */
final class TableWriter implements StoreWriter {

  private final Connection connection;
  private final TableSql sql;
  private final TableReader reader;
  private Map<String, byte[]> read = Map.of();
  private boolean areBytes;

  TableWriter(Connection connection, TableSql sql, TableReader reader) {
    this.connection = connection;
    this.sql = sql;
    this.reader = reader;
  }

  @Override
  public Map<String, byte[]> read() throws IOException {
    try {
      TableReader.isolate(connection, Connection.TRANSACTION_REPEATABLE_READ); // takes no locks
      TableReader.Values values = reader.rows(connection, sql);
      connection.rollback();
      areBytes = values.areBytes();
      read = values.rows();
      return read;
    } catch (SQLException e) {
      throw SqlFailures.beforeWriting(e);
    }
  }

  @Override
  public boolean write(StoreEdit edit) throws IOException {
    boolean committed = false;
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      committed = isAsRead(edit) && put(edit.puts()) && delete(edit.deletes());
      if (committed) {
        connection.commit();
      } else {
        connection.rollback();
      }
      return committed;
    } catch (SQLException e) {
      return isLost(edit, e, committed);
    }
  }

  /** Whether it is to be tried again; if not, it throws. */
  private boolean isLost(StoreEdit edit, SQLException e, boolean committing) throws IOException {
    boolean unknown = committing && !SqlFailures.isUndone(e);
    try {
      connection.rollback();
      boolean others = SqlFailures.isConstraint(e) && !isAsRead(edit);
      connection.rollback();
      if (others || SqlFailures.isConflict(e)) {
        return false;
      }
    } catch (SQLException gone) {
      if (!unknown && SqlFailures.isConflict(gone)) {
        return false;
      }
      e.addSuppressed(gone);
    }
    throw unknown ? SqlFailures.committing(e) : SqlFailures.writing(e);
  }

  /** Whether all that the edit relies on is as it was read, and what must be there is there. */
  private boolean isAsRead(StoreEdit edit) throws SQLException {
    for (String key : edit.relied()) {
      if (!Arrays.equals(read.get(key), reader.present(connection, sql, key))) {
        return false;
      }
    }
    for (String key : edit.present()) {
      if (reader.present(connection, sql, key) == null) {
        return false;
      }
    }
    return edit.reliedBelow().isEmpty() || isAsRead(edit, reader.rows(connection, sql).rows());
  }

  private boolean isAsRead(StoreEdit edit, Map<String, byte[]> now) {
    Set<String> keys = new HashSet<>(read.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(key -> !edit.relies(key));
    return keys.stream().allMatch(key -> Arrays.equals(read.get(key), now.get(key)));
  }

  private boolean put(Map<String, byte[]> puts) throws SQLException {
    for (Map.Entry<String, byte[]> put : puts.entrySet()) {
      String key = put.getKey();
      boolean there;
      try (PreparedStatement update = sql.update(connection, key)) {
        set(update, put.getValue());
        there = isOne(update.executeUpdate(), key);
      }
      if (!there) {
        try (PreparedStatement insert = sql.insert(connection, key)) {
          set(insert, put.getValue());
          insert.executeUpdate();
        }
      }
    }
    return true;
  }

  private void set(PreparedStatement statement, byte[] value) throws SQLException {
    if (areBytes) {
      statement.setBytes(1, value);
    } else {
      statement.setString(1, new String(value, StandardCharsets.UTF_8));
    }
  }

  private boolean delete(Set<String> keys) throws SQLException {
    for (String key : keys) {
      try (PreparedStatement delete = sql.delete(connection, key)) {
        if (!isOne(delete.executeUpdate(), key)) {
          return false; // others were faster
        }
      }
    }
    return true;
  }

  private boolean isOne(int rows, String key) throws SQLException {
    if (rows > 1) {
      connection.rollback();
      throw reader.error(
          ErrorCode.NOT_EDITABLE,
          "the key " + key + " stands for " + rows + " rows of the table " + sql.shown());
    }
    return rows == 1;
  }
}
