package dev.gimbal.source.jdbc;

import dev.gimbal.format.Document;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.jdbc.table.Connections;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source with a seeded bug, of a table whose keys have no levels. */
final class BuggySource implements Source {

  /** What is wrong with it. */
  enum Bug {
    /** Each row is read at a moment of its own. */
    READS_ROW_BY_ROW,
    /** What is gone, or was committed late, is missed: nothing has a newer version. */
    ASKS_FOR_NEWER_VERSIONS,
    /** A change between two statements is missed: they do not see the same moment. */
    READS_THE_VERSION_AFTER_THE_ROWS,
    /** A change whose reading fails is missed. */
    NOTES_THE_VERSION_BEFORE_THE_ROWS
  }

  private static final String ROWS = "SELECT `key`, value FROM config";
  private static final String VERSIONS = "SELECT `key`, version FROM config";

  private final Connections.Opener opener;
  private final Bug bug;
  private final Duration period;

  BuggySource(Connections.Opener opener, Bug bug, Duration period) {
    this.opener = opener;
    this.bug = bug;
    this.period = period;
  }

  @Override
  public String name() {
    return "db";
  }

  @Override
  public Session open(Sink sink) {
    Known known = new Known();
    return RemoteOptions.of("db", "db")
        .withPeriod(period)
        .withBackoff(Duration.ofMillis(50), Duration.ofMillis(200))
        .open(feed -> new Rows(known), sink);
  }

  /** What was read, over all connections; used by one reading at a time. */
  private static final class Known {
    private @Nullable Map<String, String> versions;
  }

  private final class Rows implements Link {

    private final Known known;
    private final Connections connections = new Connections(opener);
    private @Nullable Connection kept;

    Rows(Known known) {
      this.known = known;
    }

    @Override
    public RemoteState read(Sink sink) throws IOException {
      try {
        if (kept == null) {
          kept = connections.take();
          kept.setNetworkTimeout(Runnable::run, 2000);
          kept.setAutoCommit(bug == Bug.READS_ROW_BY_ROW);
        }
        RemoteState state = read(kept);
        if (!kept.getAutoCommit()) {
          kept.rollback();
        }
        return state;
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    private RemoteState read(Connection connection) throws SQLException {
      if (bug == Bug.READS_ROW_BY_ROW) {
        Map<String, String> rows = rows(connection, "SELECT `key`, '' FROM config");
        for (Map.Entry<String, String> row : rows.entrySet()) {
          String one = "SELECT `key`, value FROM config WHERE `key` = '" + row.getKey() + "'";
          row.setValue(rows(connection, one).getOrDefault(row.getKey(), ""));
        }
        return state(rows);
      }
      if (bug == Bug.READS_THE_VERSION_AFTER_THE_ROWS) {
        RemoteState state = state(rows(connection, ROWS));
        connection.rollback();
        Map<String, String> now = rows(connection, VERSIONS);
        boolean isKnown = now.equals(known.versions);
        known.versions = now;
        return isKnown ? RemoteState.unchanged() : state;
      }
      Map<String, String> versions = rows(connection, VERSIONS);
      Map<String, String> before = known.versions;
      if (bug == Bug.NOTES_THE_VERSION_BEFORE_THE_ROWS) {
        known.versions = versions;
      }
      if (before != null && !isNew(before, versions)) {
        return RemoteState.unchanged();
      }
      RemoteState state = state(rows(connection, ROWS));
      known.versions = versions;
      return state;
    }

    private boolean isNew(Map<String, String> before, Map<String, String> now) {
      return bug == Bug.ASKS_FOR_NEWER_VERSIONS
          ? newest(now).compareTo(newest(before)) > 0
          : !now.equals(before);
    }

    private static String newest(Map<String, String> versions) {
      return versions.values().stream().max(String::compareTo).orElse("");
    }

    private static Map<String, String> rows(Connection connection, String sql) throws SQLException {
      Map<String, String> rows = new TreeMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.put(row.getString(1), row.getString(2));
        }
      }
      return rows;
    }

    private static RemoteState state(Map<String, String> rows) {
      ObjectNode tree = ObjectNode.EMPTY;
      for (Map.Entry<String, String> row : rows.entrySet()) {
        tree = tree.with(row.getKey(), Scalar.string(row.getValue(), Scalar.Template.NONE));
      }
      return RemoteState.of(Document.of(tree));
    }

    @Override
    public void close() {
      connections.close();
    }
  }
}
