package dev.gimbal.source.jdbc.table;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Sink;
import dev.gimbal.source.jdbc.Table;
import dev.gimbal.source.store.StoreReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of a layer, over all connections of one session. Reads come from one
 * thread at a time, edits from any.
 */
public final class TableReader {

  /** How many rows a driver holds at once, if it can ask for parts of a result. */
  private static final int FETCH_SIZE = 1000;

  private final Table table;
  private final StoreReader store;
  private final Origin origin;

  /** What was read last; null while that does not hold, so that all is read. */
  @GuardedBy("this")
  private @Nullable Seen seen;

  /** How often all rows were asked for. */
  @GuardedBy("this")
  private long asked;

  /**
   * What was read.
   *
   * @param version what the database calls it, or null where it tells nothing
   * @param digest of all rows
   */
  private record Seen(@Nullable Object version, String digest) {}

  /** All rows, and whether their values are bytes or texts there. */
  record Values(Map<String, byte[]> rows, boolean areBytes) {}

  /**
   * @param name the source's, for messages
   * @param place what messages call the database, without secrets
   */
  public TableReader(Table table, Sink sink, String name, String place) {
    this.table = table;
    this.store = new StoreReader(table.keys(), sink, name, place);
    this.origin = new Origin(name, place, 0, 0);
  }

  /** A new connection begins. */
  public void connected(Feed feed) {
    store.connectedToRead(feed);
    forget();
  }

  /** What was read over a connection that was lost then may have been left out. */
  private synchronized void forget() {
    asked++;
    seen = null;
  }

  /** The next read looks at all rows, whatever their version. */
  public synchronized void readAll() {
    asked++;
    seen = seen == null ? null : new Seen(null, seen.digest);
  }

  /**
   * Makes a connection ready for {@link #read}: all that it reads then is of one moment.
   *
   * @param statementsDo whether each statement sees one moment anyway, in this database
   */
  public void prepare(Connection connection, boolean statementsDo) throws SQLException {
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    if (!statementsDo || table.version() != null) {
      isolate(connection, Connection.TRANSACTION_REPEATABLE_READ);
    }
  }

  /** Begins transactions of this level, or of the next one that the database has. */
  static void isolate(Connection connection, int level) throws SQLException {
    boolean supported = connection.getMetaData().supportsTransactionIsolationLevel(level);
    connection.setTransactionIsolation(supported ? level : Connection.TRANSACTION_SERIALIZABLE);
  }

  /** Reads the rows as they are at one moment. */
  public RemoteState read(Connection connection) throws SQLException {
    Seen before = before();
    long round = asked();
    TableSql sql = TableSql.of(table, connection);
    Object version = version(connection, sql);
    if (version != null && before != null && version.equals(before.version)) {
      connection.rollback();
      return RemoteState.unchanged();
    }
    Map<String, byte[]> rows = rowsOnly(connection, sql, round);
    String digest = digest(rows);
    if (before != null && digest.equals(before.digest)) {
      saw(new Seen(version, digest), round);
      return RemoteState.unchanged();
    }
    saw(null, round);
    RemoteState state = store.read(null, rows);
    if (state.kind() == RemoteState.Kind.DOCUMENT) {
      saw(new Seen(version, digest), round);
    }
    return state;
  }

  /** Ends the transaction too: the next reading must see another moment. */
  private Map<String, byte[]> rowsOnly(Connection connection, TableSql sql, long round)
      throws SQLException {
    try {
      Map<String, byte[]> rows = rows(connection, sql).rows;
      connection.rollback();
      return rows;
    } catch (ConfigException malformed) {
      saw(null, round);
      connection.rollback();
      throw malformed;
    }
  }

  private synchronized long asked() {
    return asked;
  }

  private synchronized @Nullable Seen before() {
    return seen;
  }

  /** Notes what was read, but no version where all rows were asked for meanwhile. */
  private synchronized void saw(@Nullable Seen now, long round) {
    seen = now == null || round == asked ? now : new Seen(null, now.digest);
  }

  private @Nullable Object version(Connection connection, TableSql sql) throws SQLException {
    Table.Version version = table.version();
    if (version == null) {
      return null;
    }
    if (version.isQuery()) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(version.text())) {
        return row.next() ? list(row) : List.of();
      }
    }
    Map<String, String> versions = new HashMap<>();
    try (PreparedStatement statement = sql.rows(connection, version.text());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        versions.put(row.getString(1), row.getString(2));
      }
    }
    return versions;
  }

  private static List<@Nullable String> list(ResultSet row) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      values.add(row.getString(i));
    }
    return values;
  }

  /**
   * The rows as the present transaction sees them.
   *
   * @throws ConfigException GIM-006 when a key stands twice, GIM-005 when it is too much
   */
  Values rows(Connection connection, TableSql sql) throws SQLException {
    try (PreparedStatement statement = sql.rows(connection, table.valueColumn())) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet row = statement.executeQuery()) {
        boolean bytes = areBytes(row);
        return new Values(rows(row, bytes, sql), bytes);
      }
    }
  }

  private Map<String, byte[]> rows(ResultSet row, boolean areBytes, TableSql sql)
      throws SQLException {
    Map<String, byte[]> rows = new TreeMap<>();
    long bytes = 0;
    while (row.next()) {
      String key = row.getString(1);
      byte[] value = value(row, areBytes);
      if (value == null || !table.keys().covers(key) || !isOfTheScope(row)) {
        continue;
      }
      if (rows.put(key, value) != null) {
        String message = "the key " + key + " stands twice in the table " + sql.shown();
        throw error(ErrorCode.DUPLICATE_KEY, message);
      }
      bytes += value.length;
      if (table.keys().isTree()) { // who parses a document looks at its size
        store.requireWithin(null, rows.size(), bytes); // before what follows is held, too
      }
    }
    return rows;
  }

  private static boolean areBytes(ResultSet rows) throws SQLException {
    return switch (rows.getMetaData().getColumnType(2)) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }

  private static byte @Nullable [] value(ResultSet row, boolean bytes) throws SQLException {
    if (bytes) {
      return row.getBytes(2);
    }
    String text = row.getString(2);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Values may be secrets, and there may be many: a digest stands for them. */
  private static String digest(Map<String, byte[]> rows) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      rows.forEach(
          (key, value) -> {
            add(digest, key.getBytes(StandardCharsets.UTF_8));
            add(digest, value);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /**
   * Edits the rows over a connection of its own, in one transaction.
   *
   * @throws IOException when it cannot be written
   */
  public void edit(Connection connection, Edit edit, Consumer<Document> check)
      throws SQLException, IOException, InterruptedException {
    connection.setAutoCommit(false);
    TableSql sql = TableSql.of(table, connection);
    store.edit(edit, check, new TableWriter(connection, sql, this));
    readAll(); // who sees to versions need not have seen this
  }

  /** Exactly: some databases compare without regard to case. Some columns are padded. */
  private boolean isOfTheScope(ResultSet row) throws SQLException {
    Table.Scope scope = table.scope();
    String found = scope == null ? null : row.getString(TableSql.SCOPE);
    return scope == null
        || found != null && found.stripTrailing().equals(scope.value().stripTrailing());
  }

  /**
   * The value of a key, read in the present transaction.
   *
   * @throws ConfigException GIM-028 when a statement for this key would write other rows, because
   *     the database takes their keys for the same
   */
  byte @Nullable [] present(Connection connection, TableSql sql, String key) throws SQLException {
    try (PreparedStatement statement = sql.value(connection, key);
        ResultSet row = statement.executeQuery()) {
      boolean bytes = areBytes(row);
      byte[] value = null;
      while (row.next()) {
        if (!key.equals(row.getString(1)) || !isOfTheScope(row)) {
          String message = "the database takes another row for the key " + key + ", in the table ";
          throw error(ErrorCode.NOT_EDITABLE, message + sql.shown());
        }
        value = value(row, bytes);
      }
      return value;
    }
  }

  ConfigException error(ErrorCode code, String message) {
    return new ConfigException(Problem.at(code, origin, message));
  }
}
