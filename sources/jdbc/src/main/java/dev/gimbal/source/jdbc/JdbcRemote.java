package dev.gimbal.source.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Sink;
import dev.gimbal.source.jdbc.table.Connections;
import dev.gimbal.source.jdbc.table.SqlFailures;
import dev.gimbal.source.jdbc.table.TableReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table that is read every while. */
final class JdbcRemote implements Remote {

  private final JdbcOptions options;
  private final TableReader reader;

  JdbcRemote(JdbcOptions options, Sink sink) {
    this.options = options;
    this.reader = new TableReader(options.table(), sink, options.name(), options.place());
  }

  @Override
  public Link connect(Feed feed) {
    reader.connected(feed);
    return new Rows();
  }

  /** Reads over one connection, or over one of a pool each time. */
  private final class Rows implements Link {

    private final Connections connections = new Connections(this::made);

    /** Written by who reads; null between two reads where it is not kept. */
    @GuardedBy("this")
    private @Nullable Connection kept;

    @Override
    public RemoteState read(Sink sink) throws IOException {
      try {
        Connection connection = connection();
        if (options.keeps()) {
          return reader.read(connection);
        }
        return borrowed(connection);
      } catch (SQLException e) {
        throw SqlFailures.reading(e);
      }
    }

    private synchronized Connection connection() throws SQLException {
      if (kept != null) {
        return kept;
      }
      Connection made = connections.take();
      if (options.keeps()) {
        reader.prepare(made, false);
        kept = made;
      }
      return made;
    }

    private Connection made() throws SQLException {
      Connection made = options.opener().open();
      return options.keeps() ? Connections.ready(made, this::limit) : made;
    }

    private RemoteState borrowed(Connection connection) throws SQLException {
      try (Borrowed borrowed = new Borrowed(connections, connection)) {
        reader.prepare(borrowed.connection(), false);
        return reader.read(borrowed.connection());
      }
    }

    private void limit(Connection connection) throws SQLException {
      try {
        long millis = Math.min(Integer.MAX_VALUE, Math.max(1, options.timeout().toMillis()));
        connection.setNetworkTimeout(Runnable::run, (int) millis);
      } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
        // a driver without it has a property of its own
      }
    }

    @Override
    public void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
      try (Borrowed borrowed = new Borrowed(connections, connections.take())) {
        reader.edit(borrowed.connection(), edit, check);
        borrowed.done();
      } catch (SQLException e) {
        throw SqlFailures.beforeWriting(e);
      }
    }

    @Override
    public void close() {
      connections.close();
    }
  }
}
