package dev.gimbal.source.postgres;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code //user:password@host:port,host:port/database}. Of several hosts the
 * first that answers, and is no standby, is taken.
 *
 * @param hosts each with its port, as in {@code db:5432} or {@code [::1]:5432}
 * @param user who logs in, or null for the driver's default
 * @param password or null
 */
record PostgresAddress(
    List<String> hosts, String database, @Nullable String user, @Nullable String password) {

  private static final int PORT = 5432;
  private static final int LAST_PORT = 65_535;
  private static final String EXPECTED = "//[user[:password]@]host[:port]/database";

  /**
   * @param location what stands behind {@code postgres:}
   * @throws ConfigException GIM-014 when it cannot be understood; it does not show the location
   */
  static PostgresAddress of(String location) {
    if (!location.startsWith("//")) {
      throw wrong("no host");
    }
    int slash =
        location.indexOf('/', location.lastIndexOf('@') < 0 ? 2 : location.lastIndexOf('@'));
    if (slash < 0 || slash == location.length() - 1 || location.indexOf('/', slash + 1) >= 0) {
      throw wrong("no name of a database");
    }
    if (location.indexOf('?', slash) >= 0) {
      throw wrong("a ? behind the database (in Java, options are methods; %3F is one of its name)");
    }
    if (location.indexOf('#', slash) >= 0) {
      throw wrong("a # behind the database (%23 is one of its name)");
    }
    String authority = location.substring(2, slash);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? null : authority.substring(0, at);
    int colon = login == null ? -1 : login.indexOf(':');
    String user = login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon));
    String password = login == null || colon < 0 ? null : decoded(login.substring(colon + 1));
    List<String> hosts = new ArrayList<>();
    for (String host : authority.substring(at + 1).split(",", -1)) {
      hosts.add(withPort(host));
    }
    return new PostgresAddress(
        List.copyOf(hosts), decoded(location.substring(slash + 1)), user, password);
  }

  private static String withPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    String name = hasPort ? host.substring(0, colon) : host;
    String port = hasPort ? host.substring(colon + 1) : String.valueOf(PORT);
    if (!name.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]")) {
      throw wrong("a host is missing or no name");
    }
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) == 0
        || Integer.parseInt(port) > LAST_PORT) {
      throw wrong("the port is none (expected: 1 to " + LAST_PORT + ")");
    }
    return name + ":" + port;
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      int next = text.offsetByCodePoints(i, 1);
      if (text.charAt(i) == '%') {
        next = i + 3;
        if (next > text.length() || !text.substring(i + 1, next).matches("[0-9A-Fa-f]{2}")) {
          throw wrong("% without two hexadecimal digits behind it");
        }
        bytes.write(Integer.parseInt(text.substring(i + 1, next), 16));
      } else {
        bytes.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
      }
      i = next;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ConfigException wrong(String message) {
    return new ConfigException(
        ErrorCode.SOURCE_SPEC, "postgres: " + message + " (expected: postgres:" + EXPECTED + ")");
  }

  /** Without who logs in. */
  String shown() {
    return "postgres://" + String.join(",", hosts) + "/" + database;
  }

  /** Without who logs in. */
  @Override
  public String toString() {
    return shown();
  }
}
