package dev.gimbal.source.postgres;

import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.jdbc.table.Connections;
import dev.gimbal.source.jdbc.table.SqlFailures;
import dev.gimbal.source.jdbc.table.TableReader;
import dev.gimbal.source.store.StoreReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The source with a seeded bug. */
final class BuggySource implements Source {

  enum Bug {
    /** A change between the first reading and the subscription is missed. */
    READS_BEFORE_IT_LISTENS,
    /** What changed while the server was away is missed. */
    FORGETS_TO_READ_AFTER_A_RECONNECT,
    /** A transaction is seen in parts. */
    READS_ROW_BY_ROW
  }

  /** What is done where a change is missed. */
  @FunctionalInterface
  interface Gap {
    void pass() throws InterruptedException;
  }

  private final PostgresSource source;
  private final Bug bug;
  private final Gap gap;

  BuggySource(PostgresSource source, Bug bug) {
    this(source, bug, () -> {});
  }

  /**
   * @param gap of {@link Bug#READS_BEFORE_IT_LISTENS}
   */
  BuggySource(PostgresSource source, Bug bug, Gap gap) {
    this.source = source;
    this.bug = bug;
    this.gap = gap;
  }

  @Override
  public String name() {
    return "db";
  }

  @Override
  public Session open(Sink sink) {
    PostgresOptions options = source.options();
    TableReader reader = new TableReader(options.table(), sink, "db", "db");
    boolean[] connected = new boolean[1];
    return RemoteOptions.of("db", "db")
        .withBackoff(Duration.ofMillis(50), Duration.ofMillis(200))
        .open(
            feed -> {
              boolean forgets = connected[0] && bug == Bug.FORGETS_TO_READ_AFTER_A_RECONNECT;
              BuggyLink made = new BuggyLink(options, reader, sink, forgets);
              try {
                made.open(feed);
              } catch (SQLException e) {
                made.close();
                throw SqlFailures.reading(e);
              }
              connected[0] = true;
              return made;
            },
            sink);
  }

  private final class BuggyLink implements Link {

    private final PostgresOptions options;
    private final TableReader reader;
    private final Sink sink;
    private final PostgresConnector connector;
    private final Connections connections;

    /** Whether the next reading is left out. */
    private boolean forgets;

    private @Nullable RemoteState first;
    private Connection reading;
    private Notices notices;

    BuggyLink(PostgresOptions options, TableReader reader, Sink sink, boolean forgets) {
      this.options = options;
      this.reader = reader;
      this.sink = sink;
      this.forgets = forgets;
      this.connector = new PostgresConnector(options, true);
      this.connections = new Connections(connector);
    }

    void open(Feed feed) throws SQLException, InterruptedException {
      reader.connected(feed);
      reading = connections.take();
      reader.prepare(reading, true);
      if (bug == Bug.READS_BEFORE_IT_LISTENS) {
        first = reader.read(reading);
        gap.pass();
      }
      notices = new Notices(connections.take(), feed, reader::readAll, sink.tasks(), "db");
      notices.listen(String.valueOf(options.channel()));
      notices.start();
    }

    @Override
    public RemoteState read(Sink to) throws IOException {
      try {
        RemoteState known = forgets ? RemoteState.unchanged() : first;
        forgets = false;
        first = null;
        if (known != null) {
          return known;
        }
        return bug == Bug.READS_ROW_BY_ROW ? rowByRow() : reader.read(reading);
      } catch (SQLException e) {
        throw SqlFailures.reading(e);
      }
    }

    private RemoteState rowByRow() throws SQLException {
      Map<String, byte[]> rows = new TreeMap<>();
      List<String> keys = new ArrayList<>();
      try (Statement statement = reading.createStatement();
          ResultSet row = statement.executeQuery("SELECT key FROM config")) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
      for (String key : keys) {
        reading.rollback(); // the next statement sees another moment
        try (Statement statement = reading.createStatement();
            ResultSet row =
                statement.executeQuery("SELECT value FROM config WHERE key = '" + key + "'")) {
          if (row.next()) {
            rows.put(key, row.getString(1).getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      reading.rollback();
      return new StoreReader(options.table().keys(), sink, "db", "db").read(null, rows);
    }

    @Override
    public void close() {
      if (notices != null) {
        notices.close();
      }
      connector.close();
      connections.close();
    }
  }
}
