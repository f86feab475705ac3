package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.jdbc.table.SqlFailures;
import dev.gimbal.source.jdbc.table.TableReader;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.MariaDbServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TableReaderTest {

  @RegisterExtension
  static final BackendExtension<MariaDbServer> SERVER =
      BackendExtension.shared("mariadb", MariaDbServer::open);

  private MariaDb db;

  /** How many of the next readings lose their connection before they are handed over. */
  private final AtomicInteger losing = new AtomicInteger();

  /** What is read over a connection that is lost then is left out, so it is read again. */
  @Test
  void change_whoseReadingWasLeftOut_isReadAgain() throws Exception {
    db = new MariaDb(SERVER.server()).fresh();
    db.run("INSERT INTO config (`key`, value) VALUES ('a', '1')");
    try (Config config = Config.builder().source(new Losing()).build()) {
      for (int i = 2; i < 10; i++) {
        losing.set(1);
        String value = Integer.toString(i);
        db.run("UPDATE config SET value = '" + value + "'");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (losing.get() > 0 || !config.asMap().equals(Map.of("a", value))) {
          assertTrue(System.nanoTime() < deadline, () -> "not " + value + ": " + config.asMap());
          Thread.sleep(5); // polls a server, which no clock of ours moves
        }
      }
      assertEquals(9, config.snapshot().version());
    }
  }

  private final class Losing implements Source {

    @Override
    public String name() {
      return "db";
    }

    @Override
    public Session open(Sink sink) {
      TableReader reader = new TableReader(Table.of("config"), sink, "db", "db");
      return RemoteOptions.of("db", "db")
          .withPeriod(Duration.ofMillis(20))
          .withBackoff(Duration.ofMillis(20), Duration.ofMillis(20))
          .open(feed -> link(reader, feed), sink);
    }

    private Link link(TableReader reader, Feed feed) {
      reader.connected(feed);
      return new Link() {
        @Override
        public RemoteState read(Sink to) throws IOException {
          try (Connection connection = db.connect()) {
            reader.prepare(connection, false);
            RemoteState state = reader.read(connection);
            boolean isNews = state.kind() == RemoteState.Kind.DOCUMENT;
            if (isNews && losing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
              feed.lost(new IOException("lost"));
            }
            return state;
          } catch (SQLException e) {
            throw SqlFailures.reading(e);
          }
        }

        @Override
        public void close() {}
      };
    }
  }
}
