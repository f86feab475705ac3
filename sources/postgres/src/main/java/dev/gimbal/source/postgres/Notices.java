package dev.gimbal.source.postgres;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.jdbc.table.SqlFailures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Waits for notices on a connection of its own. While none come the server is asked every {@link
 * #QUIET} whether it is there, so that a connection that leads nowhere is found; and because the
 * driver may wait without end in the middle of a message, a timer looks whether the waiting goes
 * on.
 */
final class Notices implements AutoCloseable {

  /** How long the server may say nothing. */
  static final Duration QUIET = Duration.ofSeconds(2);

  /** How long it may take to answer when it is asked. */
  static final int ANSWER_SECONDS = 2;

  /** After so long without a step the connection leads nowhere. */
  private static final Duration STUCK = Duration.ofSeconds(6);

  private final Connection connection;
  private final Feed feed;
  private final Runnable told;
  private final Tasks tasks;
  private final String name;

  /** When the waiting went on. Written by who waits, read by the timer. */
  private volatile long stepped;

  @GuardedBy("this")
  private Tasks.@Nullable Cancellable timer;

  @GuardedBy("this")
  private boolean closed;

  /**
   * @param told is called before the feed hears of a notice
   */
  Notices(Connection connection, Feed feed, Runnable told, Tasks tasks, String name) {
    this.connection = connection;
    this.feed = feed;
    this.told = told;
    this.tasks = tasks;
    this.name = name;
    this.stepped = tasks.nanoTime();
  }

  /** Subscribes. What is committed from now on gives a notice. */
  void listen(String channel) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN \"" + channel.replace("\"", "\"\"") + "\"");
    }
  }

  /** Waits on a thread of the session, until the connection ends. */
  void start() {
    watch();
    tasks.execute(name, this::run);
  }

  private void run() {
    try {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (!isClosed()) {
        PGNotification[] notices = postgres.getNotifications((int) QUIET.toMillis());
        stepped = tasks.nanoTime();
        if (notices != null && notices.length > 0) {
          told.run();
          feed.changed();
        } else if (!connection.isValid(ANSWER_SECONDS)) {
          feed.lost(new IOException("it does not answer"));
          return;
        }
        stepped = tasks.nanoTime();
      }
    } catch (SQLException e) {
      feed.lost(SqlFailures.reading(e)); // ignored once it is closed
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void watch() {
    Tasks.Cancellable set = tasks.schedule(name, STUCK.dividedBy(2), this::look);
    boolean late;
    synchronized (this) {
      late = closed;
      timer = set;
    }
    if (late) {
      set.cancel();
    }
  }

  private void look() {
    if (isClosed()) {
      return;
    }
    if (tasks.nanoTime() - stepped > STUCK.toNanos()) {
      feed.lost(new IOException("it does not answer"));
    } else {
      watch();
    }
  }

  @Override
  public void close() {
    Tasks.Cancellable set;
    synchronized (this) {
      closed = true;
      set = timer;
    }
    if (set != null) {
      set.cancel();
    }
  }
}
