package dev.gimbal.source.jdbc;

import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.jdbc.table.Connections;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read.
 *
 * @param opener makes connections
 * @param keeps whether a connection stays open between two reads; those of a pool go back
 * @param named what the source is called, or null for its place
 * @param database what messages call it, without secrets
 * @param poll how often it is read
 * @param timeout for one answer of the database
 */
record JdbcOptions(
    Connections.Opener opener,
    boolean keeps,
    @Nullable String named,
    String database,
    Table table,
    Duration poll,
    Duration timeout) {

  JdbcOptions {
    SourceSpec.requirePositive("poll", poll);
    SourceSpec.requirePositive("timeout", timeout);
  }

  static JdbcOptions of(Connections.Opener opener, boolean keeps, String database) {
    Duration ten = Duration.ofSeconds(10);
    return new JdbcOptions(opener, keeps, null, database, Table.of("config"), ten, ten);
  }

  String name() {
    return named == null ? place() : named;
  }

  /** What messages call the table. */
  String place() {
    return database + "?table=" + table.name();
  }

  JdbcOptions withName(String newName) {
    return new JdbcOptions(opener, keeps, newName, database, table, poll, timeout);
  }

  JdbcOptions withTable(Table newTable) {
    return new JdbcOptions(opener, keeps, named, database, newTable, poll, timeout);
  }

  JdbcOptions withPoll(Duration newPoll) {
    return new JdbcOptions(opener, keeps, named, database, table, newPoll, timeout);
  }

  JdbcOptions withTimeout(Duration newTimeout) {
    return new JdbcOptions(opener, keeps, named, database, table, poll, newTimeout);
  }
}
