package dev.gimbal.testing.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server. It needs the Debian package {@code mariadb-server}.
 *
 * @since 0.1.0
 */
public final class MariaDbServer extends LocalServer {

  private static final String PACKAGE = "mariadb-server";
  private static final String USER = "test";
  private static final String PASSWORD = "test";
  private static final String DATABASE = "test";

  /** Length, number, and the version of the protocol, which is 10 for all servers there are. */
  private static final int GREETING = 5;

  private static final int PROTOCOL = 10;

  private final boolean tls;

  /** Written by prepare(); null without TLS, and before the first start. */
  private volatile @Nullable TestCertificates certificates;

  private MariaDbServer(boolean tls) {
    this.tls = tls;
  }

  /** A new one without TLS. */
  public static MariaDbServer open() {
    return new MariaDbServer(false);
  }

  /** Another one, new, that lets nobody in without TLS. It does not ask for a certificate. */
  public MariaDbServer withTls() {
    return new MariaDbServer(true);
  }

  @Override
  String name() {
    return "mariadb";
  }

  @Override
  int portCount() {
    return 1;
  }

  @Override
  void prepare() throws IOException {
    if (tls) {
      certificates = TestCertificates.create(Files.createDirectory(folder().resolve("tls")));
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.find("mariadb-install-db", PACKAGE), "--no-defaults"));
    command.addAll(List.of("--datadir=" + data(), "--skip-test-db", "--skip-name-resolve"));
    command.addAll(List.of("--auth-root-authentication-method=normal", "--tmpdir=" + folder()));
    command.addAll(asSameUser());
    Programs.run(folder(), Map.of(), command);
    Files.writeString(
        settings(),
        """
        CREATE DATABASE IF NOT EXISTS test;
        CREATE USER IF NOT EXISTS 'test'@'127.0.0.1' IDENTIFIED BY 'test';
        GRANT ALL PRIVILEGES ON *.* TO 'test'@'127.0.0.1' WITH GRANT OPTION;
        """);
  }

  /** It runs as root only when it is told to. */
  private static List<String> asSameUser() {
    return Programs.isRoot() ? List.of("--user=root") : List.of();
  }

  private Path settings() {
    return folder().resolve("init.sql");
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.find("mariadbd", PACKAGE), "--no-defaults"));
    command.addAll(asSameUser());
    command.addAll(List.of("--datadir=" + data(), "--tmpdir=" + folder()));
    command.addAll(List.of("--bind-address=127.0.0.1", "--port=" + port(0)));
    command.addAll(List.of("--socket=" + folder().resolve("socket"), "--skip-name-resolve"));
    command.add("--innodb-flush-log-at-trx-commit=2"); // a kill loses nothing
    command.addAll(List.of("--pid-file=" + folder().resolve("pid"), "--init-file=" + settings()));
    TestCertificates made = certificates;
    if (made != null) {
      command.addAll(List.of("--require-secure-transport=ON", "--ssl-ca=" + made.authority()));
      command.add("--ssl-cert=" + made.serverCertificate());
      command.add("--ssl-key=" + made.serverKey());
    }
    return command;
  }

  @Override
  boolean answers() throws IOException {
    byte[] greeting = Probe.greeting(address(), GREETING);
    return greeting.length == GREETING && greeting[GREETING - 1] == PROTOCOL;
  }

  /** A user that may do everything: {@code test}. */
  public String user() {
    return USER;
  }

  /** The password of that user. */
  public String password() {
    return PASSWORD;
  }

  /** A database that is there and empty: {@code test}. */
  public String database() {
    return DATABASE;
  }

  /** The URL for JDBC, without user, password and {@code sslMode}. */
  public String jdbcUrl() {
    return "jdbc:mariadb://127.0.0.1:" + port(0) + "/" + DATABASE;
  }

  /**
   * What clients need for TLS.
   *
   * @throws IllegalStateException without TLS, or before the first start
   */
  public TestCertificates certificates() {
    TestCertificates made = certificates;
    if (made == null) {
      throw new IllegalStateException("mariadb has no TLS or was never started");
    }
    return made;
  }

  /**
   * Runs SQL by {@code mariadb}, which comes with the server.
   *
   * @return the rows, a line for each, columns with tabs between them
   * @throws AssertionError when it fails, with the server's message
   */
  public String sql(String statements) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.find("mariadb", "mariadb-client"), "--no-defaults"));
    command.addAll(List.of("--batch", "--skip-column-names", "--protocol=TCP"));
    command.addAll(List.of("--host=127.0.0.1", "--port=" + port(0), "--user=" + USER));
    command.addAll(List.of("--password=" + PASSWORD, "--database=" + DATABASE));
    TestCertificates made = certificates;
    if (made != null) {
      command.addAll(List.of("--ssl-ca=" + made.authority(), "--ssl-verify-server-cert"));
    }
    command.add("--execute=" + statements);
    return Programs.run(folder(), Map.of(), command);
  }
}
