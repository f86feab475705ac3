package dev.gimbal.source.postgres;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.Sink;
import dev.gimbal.source.jdbc.table.SqlFailures;
import dev.gimbal.source.jdbc.table.TableReader;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A table and its channel. Notices are listened to first, and then the table is read (G6). */
final class PostgresRemote implements Remote, AutoCloseable {

  private final PostgresOptions options;
  private final Sink sink;
  private final TableReader reader;

  /** The link that is being made; null between two, and once it is made. */
  @GuardedBy("this")
  private @Nullable PostgresLink making;

  @GuardedBy("this")
  private boolean closed;

  PostgresRemote(PostgresOptions options, Sink sink) {
    this.options = options;
    this.sink = sink;
    this.reader = new TableReader(options.table(), sink, options.name(), options.place());
  }

  @Override
  public Link connect(Feed feed) throws IOException {
    PostgresLink link =
        new PostgresLink(options, reader, sink.tasks(), sink.watching() ? feed : null);
    begin(link);
    try {
      reader.connected(feed);
      link.open();
      end();
      return link;
    } catch (SQLException e) {
      link.close();
      throw SqlFailures.reading(e);
    } catch (RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  private synchronized void begin(PostgresLink link) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    making = link;
  }

  private synchronized void end() {
    making = null;
  }

  /** Breaks off what connects. Links that were made are closed by the session. */
  @Override
  public void close() {
    PostgresLink unmade;
    synchronized (this) {
      closed = true;
      unmade = making;
    }
    if (unmade != null) {
      unmade.close();
    }
  }
}
