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

  private final PostgresOptions options;
  private final TableReader reader;
  private final Tasks tasks;
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

  PostgresLink(PostgresOptions options, TableReader reader, Tasks tasks) {
    this.options = options;
    this.reader = reader;
    this.tasks = tasks;
    this.connector = new PostgresConnector(options);
    this.connections = new Connections(connector);
  }

  /**
   * Connects and listens.
   *
   * @param feed hears of notices; null where nobody wants to
   */
  void open(@Nullable Feed feed) throws SQLException {
    String channel = options.channel();
    if (feed != null && channel != null) {
      Notices made = new Notices(connections.take(), feed, reader::readAll, tasks, options.name());
      made.listen(channel);
      synchronized (this) {
        notices = made;
      }
      made.start();
    }
    Connection made = connections.take();
    reader.prepare(made, true);
    synchronized (this) {
      reading = made;
    }
    lastEnd = tasks.nanoTime();
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
      connections.lend(connection -> reader.edit(connection, edit, check));
    } catch (SQLException e) {
      throw SqlFailures.beforeWriting(e);
    }
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
