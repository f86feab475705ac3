package dev.gimbal.source.jdbc;

import dev.gimbal.format.Document;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A source with a seeded bug: each row is read at a moment of its own. */
final class RowByRow implements Source {

  private final MariaDb db;

  RowByRow(MariaDb db) {
    this.db = db;
  }

  @Override
  public String name() {
    return "db";
  }

  @Override
  public Session open(Sink sink) {
    return RemoteOptions.of("db", "db")
        .withPeriod(Duration.ofMillis(1))
        .open(feed -> new Rows(), sink);
  }

  private final class Rows implements Link {

    @Override
    public RemoteState read(Sink sink) throws IOException {
      try (Connection connection = db.connect()) {
        ObjectNode tree = ObjectNode.EMPTY;
        for (String key : new String[] {"a", "z"}) {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT value FROM config WHERE `key` = '" + key + "'")) {
            row.next();
            tree = tree.with(key, Scalar.string(row.getString(1), Scalar.Template.NONE));
          }
          Thread.yield();
        }
        return RemoteState.of(Document.of(tree));
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
