package dev.gimbal.source.jdbc;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.jdbc.table.Connections;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Connects by a URL of JDBC. What logs in is not in the URL, so that nothing shows it. */
final class JdbcUrl implements Connections.Opener {

  private static final Pattern NOBODY_OF_ORACLE =
      Pattern.compile("jdbc:oracle:[a-z0-9]*:/?@[^@]*", Pattern.CASE_INSENSITIVE);

  private final String url;
  private final Map<String, String> properties;

  private JdbcUrl(String url, Map<String, String> properties) {
    this.url = url;
    this.properties = properties;
  }

  /**
   * @throws ConfigException GIM-014 when it is none, or holds a password
   */
  static JdbcUrl of(String url, Map<String, String> properties) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:")) {
      throw wrong("a URL of JDBC begins with jdbc:");
    }
    if (lower.contains("password") || lower.contains("pwd=") || hasUser(url)) {
      throw wrong("a URL of JDBC shows who logs in; give user and password as properties");
    }
    return new JdbcUrl(url, Map.copyOf(properties));
  }

  /** Whether somebody may stand before an {@code @}; Oracle's URLs have one with nobody before. */
  private static boolean hasUser(String url) {
    return url.indexOf('@') >= 0 && !NOBODY_OF_ORACLE.matcher(url).matches();
  }

  private static ConfigException wrong(String message) {
    return new ConfigException(ErrorCode.SOURCE_SPEC, message);
  }

  /** The URL without what stands behind its address. */
  String place() {
    return url.replaceFirst("[?;#].*", "");
  }

  @Override
  public Connection open() throws SQLException {
    Properties info = new Properties();
    info.putAll(properties);
    try {
      return DriverManager.getConnection(url, info);
    } catch (SQLException e) {
      throw hasDriver() ? e : withoutDriver(e);
    }
  }

  private boolean hasDriver() {
    try {
      DriverManager.getDriver(url);
      return true;
    } catch (SQLException none) {
      return false;
    }
  }

  private SQLException withoutDriver(SQLException e) {
    String subprotocol = url.substring(0, url.indexOf(':', "jdbc:".length()) + 1);
    return new SQLException(
        "there is no driver for "
            + (subprotocol.isEmpty() ? "it" : subprotocol)
            + " on the class path; the command takes its jar from GIMBAL_CLASS_PATH",
        e.getSQLState());
  }
}
