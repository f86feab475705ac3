package dev.gimbal.source.postgres;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.jdbc.table.Connections;
import dev.gimbal.source.jdbc.table.SqlFailures;
import dev.gimbal.source.jdbc.table.TableReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two connections: on one the driver waits for notices, and lets nobody else in; on the other the
 * table is read. An edit has one of its own, for its time.
 */
final class PostgresLink implements Link {

  /** The longest pause between two readings. */
  private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often the server that is listened to is sought, behind a name that leads to several. */
  private static final int TRIES = 4;

  private final PostgresOptions options;
  private final TableReader reader;
  private final Tasks tasks;
  private final @Nullable Feed feed;
  private final boolean listens;
  private final PostgresConnector connector;
  private final Connections connections;

  /** Written by {@link #open}; null where nothing is listened to. */
  @GuardedBy("this")
  private @Nullable Notices notices;

  /** Written by {@link #open}, read by who reads. */
  @GuardedBy("this")
  private @Nullable Connection reading;

  // Used by one reading at a time:
  private long lastEnd;
  private long lastTook;

  /**
   * @param feed hears of notices; null where nobody wants to
   */
  PostgresLink(PostgresOptions options, TableReader reader, Tasks tasks, @Nullable Feed feed) {
    this.options = options;
    this.reader = reader;
    this.tasks = tasks;
    this.feed = feed;
    this.listens = feed != null && options.channel() != null;
    this.connector = new PostgresConnector(options, listens);
    this.connections = new Connections(connector);
  }

  /** Connects and listens. */
  void open() throws SQLException {
    String channel = options.channel();
    Connection made;
    if (feed != null && channel != null) {
      made = takeAt(listen(feed, channel));
    } else {
      made = connections.take();
    }
    reader.prepare(made, true);
    synchronized (this) {
      reading = made;
    }
    lastEnd = tasks.nanoTime();
  }

  /** Returns which server is listened to. */
  private String listen(Feed to, String channel) throws SQLException {
    Connection listening = connections.take();
    Notices made = new Notices(listening, to, reader::readAll, tasks, options.name());
    made.listen(channel);
    String server = PostgresHosts.server(listening);
    synchronized (this) {
      notices = made;
    }
    made.start();
    return server;
  }

  /** What one server gives notice of is not there yet in its standby, nor ever in another one. */
  private Connection takeAt(String server) throws SQLException {
    for (int i = 0; i < TRIES; i++) {
      Connection made = connections.take();
      if (server.equals(PostgresHosts.server(made))) {
        return made;
      }
      connections.giveBack(made);
    }
    throw new SQLNonTransientConnectionException(
        "its name leads to several servers: one is listened to, others would be read", "08001");
  }

  private synchronized @Nullable Connection reading() {
    return reading;
  }

  @Override
  public RemoteState read(Sink sink) throws IOException, InterruptedException {
    Connection open = reading();
    if (open == null) {
      throw new IOException("closed");
    }
    rest();
    long begun = tasks.nanoTime();
    try {
      if (begun - lastEnd > Notices.QUIET.toNanos() && !open.isValid(Notices.ANSWER_SECONDS)) {
        throw new IOException("it does not answer"); // found sooner than by its answer's time
      }
      return reader.read(open);
    } catch (SQLException e) {
      throw SqlFailures.reading(e);
    } finally {
      lastEnd = tasks.nanoTime();
      lastTook = lastEnd - begun;
    }
  }

  /** Where changes come all the time, the database has as much rest as work. */
  private void rest() throws InterruptedException {
    long pause = Math.min(lastTook, MOST_PAUSE_NANOS) - (tasks.nanoTime() - lastEnd);
    if (pause > 0) {
      TimeUnit.NANOSECONDS.sleep(pause);
    }
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
    try {
      connections.lend(
          connection -> {
            requireWritable(connection);
            reader.edit(connection, edit, check);
          });
    } catch (SQLException e) {
      throw SqlFailures.beforeWriting(e);
    }
  }

  /** Where another host may be written by now, the link is made anew, and prefers that one. */
  private void requireWritable(Connection connection) throws SQLException {
    boolean isChosen = options.address().hosts().size() > 1 && !listens;
    if (!isChosen || !PostgresHosts.isStandby(connection)) {
      return;
    }
    if (feed != null) {
      feed.lost(new IOException("it was a standby, and is to be written"));
    }
    throw new SQLException(
        "the host that is read is a standby; the others are tried anew", PostgresHosts.READ_ONLY);
  }

  @Override
  public void close() {
    Notices listening;
    synchronized (this) {
      listening = notices;
    }
    if (listening != null) {
      listening.close();
    }
    connector.close();
    connections.close();
  }
}
