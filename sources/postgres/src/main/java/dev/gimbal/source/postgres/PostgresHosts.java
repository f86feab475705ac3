package dev.gimbal.source.postgres;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of several hosts, once. They are tried in their order: each for a short time, so that
 * one that leads nowhere does not keep from the others; then those that were silent once more, for
 * all the time there is. The driver's own choice is not taken: it would choose for each connection
 * anew, and leave out for a while who was away.
 */
final class PostgresHosts {

  /** How long one of several may say nothing before the next is tried. */
  static final Duration SHORT = Duration.ofSeconds(1);

  /** SQLSTATE of what a standby refuses. */
  static final String READ_ONLY = "25006";

  /** Connects to one host. */
  @FunctionalInterface
  interface Dial {

    /**
     * @param limit for connecting, and for each answer until the first use is over
     */
    Connection to(String host, Duration limit) throws SQLException;
  }

  /** A host, and the first connection to it. */
  record Chosen(String host, Connection connection) {}

  private final List<String> hosts;
  private final Duration limit;
  private final boolean standbyWillDo;
  private final Dial dial;

  /** Why the others were not taken. */
  private final Map<String, SQLException> failures = new LinkedHashMap<>();

  /** Is taken when there is no other. */
  private @Nullable Chosen standby;

  /**
   * @param limit for each that is tried
   * @param standbyWillDo whether one that cannot be written is taken when there is no other
   */
  PostgresHosts(List<String> hosts, Duration limit, boolean standbyWillDo, Dial dial) {
    this.hosts = hosts;
    this.limit = limit;
    this.standbyWillDo = standbyWillDo;
    this.dial = dial;
  }

  /**
   * Tries them all.
   *
   * @throws SQLException when none will do, with what each has said
   */
  Chosen choose() throws SQLException {
    boolean isShort = limit.compareTo(SHORT) > 0;
    Chosen primary = round(hosts, isShort ? SHORT : limit);
    if (primary == null && isShort) {
      primary = round(silent(), limit);
    }
    Chosen other = standby;
    if (primary != null) {
      if (other != null) {
        leave(other);
      }
      return primary;
    }
    if (other != null) {
      return other;
    }
    throw failure();
  }

  /** What cannot be closed any more is as good as closed: the primary does not suffer from it. */
  private void leave(Chosen other) {
    try {
      other.connection.close();
    } catch (SQLException e) {
      failures.put(other.host, e);
    }
  }

  private @Nullable Chosen round(List<String> tried, Duration each) throws SQLException {
    for (String host : tried) {
      try {
        Chosen found = new Chosen(host, dial.to(host, each));
        if (isPrimary(found)) {
          return found;
        }
      } catch (SQLException e) {
        failures.put(host, e);
      }
    }
    return null;
  }

  /** Keeps or closes it otherwise. */
  private boolean isPrimary(Chosen found) throws SQLException {
    boolean isKept = false;
    try {
      if (!isStandby(found.connection)) {
        isKept = true;
        return true;
      }
      failures.put(found.host, new SQLException("it is a standby", READ_ONLY));
      if (standbyWillDo && standby == null) {
        standby = found;
        isKept = true;
      }
      return false;
    } finally {
      if (!isKept) {
        found.connection.close();
      }
    }
  }

  private List<String> silent() {
    return hosts.stream().filter(host -> isOfTime(failures.get(host))).distinct().toList();
  }

  private static boolean isOfTime(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof SocketTimeoutException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Of what kind it is says the first who is no standby. */
  private SQLException failure() {
    String message =
        failures.entrySet().stream()
            .map(each -> each.getKey() + ": " + line(each.getValue()))
            .collect(Collectors.joining("; "));
    SQLException first =
        failures.values().stream()
            .filter(each -> !READ_ONLY.equals(each.getSQLState()))
            .findFirst()
            .orElseGet(() -> failures.values().iterator().next());
    return new SQLException(message, first.getSQLState(), first);
  }

  private static String line(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  /** Whether nothing can be written or listened to there. */
  static boolean isStandby(Connection connection) throws SQLException {
    return ask(connection, "SELECT pg_is_in_recovery()").equals("t");
  }

  /** What no other server says: to the microsecond, when it began. */
  static String server(Connection connection) throws SQLException {
    return ask(connection, "SELECT extract(epoch FROM pg_postmaster_start_time())");
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }
}
