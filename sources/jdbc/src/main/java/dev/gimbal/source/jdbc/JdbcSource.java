package dev.gimbal.source.jdbc;

import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The rows of a table in any database that has a JDBC driver, read again every 10 seconds (less or
 * more by a tenth), all of them at one moment. A table with a version is read only when that has
 * changed. While the database is away, the layer stays as it is; status tells. An edit through
 * {@link dev.gimbal.Config#edit} writes rows in one transaction, unless others changed them
 * meanwhile. {@code docs/sources/jdbc.md} has the rules.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class JdbcSource implements Source {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);

  private final JdbcOptions options;

  JdbcSource(JdbcOptions options) {
    this.options = options;
  }

  /**
   * A table {@code config} behind a data source. Each read takes a connection from it and gives it
   * back as it came.
   *
   * @param name what the source is called in messages, status and origins
   */
  public JdbcSource(DataSource database, String name) {
    this(JdbcOptions.of(database::getConnection, false, name).withName(name));
  }

  /**
   * A table {@code config} in a database of its own. One connection is kept. The driver is found by
   * {@link java.sql.DriverManager}.
   *
   * @param url such as {@code jdbc:mariadb://db.example/shop}, without user and password
   * @param properties for the driver, such as {@code user} and {@code password}
   * @throws dev.gimbal.ConfigException GIM-014 when the URL is none of JDBC, or shows who logs in
   */
  public JdbcSource(String url, Map<String, String> properties) {
    this(of(JdbcUrl.of(url, properties)));
  }

  static JdbcOptions of(JdbcUrl url) {
    return JdbcOptions.of(url, true, url.place());
  }

  /** What it is called in messages, status and origins. */
  public JdbcSource name(String name) {
    return new JdbcSource(options.withName(Objects.requireNonNull(name, "name")));
  }

  /** Which rows make the layer. Default {@code Table.of("config")}. */
  public JdbcSource table(Table table) {
    return new JdbcSource(options.withTable(Objects.requireNonNull(table, "table")));
  }

  /** How often it is read. Default 10 s, at most 365 days. */
  public JdbcSource poll(Duration poll) {
    return new JdbcSource(options.withPoll(poll));
  }

  /**
   * How long an answer of the database may take, where the driver can limit that. Default 10 s.
   * What a data source gives is not changed: its pool has limits of its own.
   */
  public JdbcSource timeout(Duration timeout) {
    return new JdbcSource(options.withTimeout(timeout));
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Session open(Sink sink) {
    return RemoteOptions.of(options.name(), options.place())
        .withPeriod(options.poll())
        .withBackoff(FIRST_BACKOFF, MOST_BACKOFF)
        .open(new JdbcRemote(options, sink), sink);
  }

  @Override
  public String toString() {
    return "jdbc " + options.place();
  }
}
