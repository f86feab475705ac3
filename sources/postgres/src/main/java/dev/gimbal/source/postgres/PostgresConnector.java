package dev.gimbal.source.postgres;

import dev.gimbal.source.jdbc.table.Connections;
import dev.gimbal.source.postgres.socket.TrackedSockets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Connects for one link, whose sockets it knows: all connections lead to the host that was chosen
 * for the first one. Safe for use by many threads.
 */
final class PostgresConnector implements Connections.Opener, AutoCloseable {

  private final PostgresOptions options;
  private final boolean listens;
  private final TrackedSockets.Register sockets = new TrackedSockets.Register();

  /** Where the link is; null before its first connection. Written by who makes that one. */
  private volatile @Nullable String host;

  /**
   * @param listens whether notices are wanted, which a standby has none of
   */
  PostgresConnector(PostgresOptions options, boolean listens) {
    this.options = options;
    this.listens = listens;
    List<String> hosts = options.address().hosts();
    this.host = hosts.size() == 1 ? hosts.get(0) : null;
  }

  @Override
  public Connection open() throws SQLException {
    String known = host;
    Connection made = known == null ? first() : connect(known, options.times().connect());
    int answer = millis(options.times().answer());
    return Connections.ready(made, ready -> ready.setNetworkTimeout(Runnable::run, answer));
  }

  private Connection first() throws SQLException {
    PostgresHosts.Chosen chosen =
        new PostgresHosts(
                options.address().hosts(), options.times().connect(), !listens, this::connect)
            .choose();
    host = chosen.host();
    return chosen.connection();
  }

  private Connection connect(String to, Duration limit) throws SQLException {
    Properties properties = properties(limit);
    String url = "jdbc:postgresql://" + to + "/";
    Connection made = sockets.noting(whole(limit), () -> new Driver().connect(url, properties));
    if (made == null) {
      throw new SQLNonTransientConnectionException("the driver does not take the address", "08001");
    }
    return made;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }

  private Properties properties(Duration limit) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("PGDBNAME", options.address().database());
    set(properties, "user", options.login().user());
    Supplier<String> password = options.login().password();
    set(properties, "password", password == null ? null : password.get());
    properties.setProperty("ApplicationName", "gimbal");
    properties.setProperty("connectTimeout", seconds(limit));
    properties.setProperty("socketTimeout", seconds(limit)); // of the greeting
    properties.setProperty("loginTimeout", "0"); // else the driver makes a thread
    properties.setProperty("tcpKeepAlive", "true");
    if (isKnownToDriver()) {
      properties.setProperty("socketFactory", TrackedSockets.class.getName());
    }
    properties.setProperty("prepareThreshold", "0"); // poolers and altered tables would not do
    properties.setProperty("stringtype", "unspecified"); // values of a column of JSON too
    properties.setProperty("logServerErrorDetail", "false"); // it shows rows
    PostgresOptions.Tls tls = options.tls();
    set(properties, "sslmode", tls.mode());
    set(properties, "sslrootcert", tls.rootCert());
    set(properties, "sslcert", tls.cert());
    set(properties, "sslkey", tls.key());
    set(properties, "sslpassword", tls.password());
    set(properties, "pemKeyAlgorithm", tls.cert() == null ? null : algorithm(tls.cert()));
    return properties;
  }

  /** In a container that shares the driver among applications it does not find our classes. */
  private static boolean isKnownToDriver() {
    try {
      String name = TrackedSockets.class.getName();
      return Class.forName(name, false, Driver.class.getClassLoader()) == TrackedSockets.class;
    } catch (ClassNotFoundException e) {
      return false; // then a connect ends when its time is over
    }
  }

  /** What kind of key a certificate is for: the driver does not look. */
  private static String algorithm(Path certificate) throws SQLException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(in)
          .getPublicKey()
          .getAlgorithm();
    } catch (IOException | CertificateException e) {
      throw new SQLNonTransientConnectionException(
          "the certificate " + certificate + " cannot be read: " + e.getClass().getSimpleName(),
          "08001");
    }
  }

  private static void set(Properties properties, String key, @Nullable Path value) {
    set(properties, key, value == null ? null : value.toString());
  }

  private static void set(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(whole(duration).toSeconds());
  }

  /** As the driver counts: in whole seconds. */
  private static Duration whole(Duration duration) {
    return Duration.ofSeconds(Math.max(1, millis(duration) / 1000));
  }

  /** Closes all sockets, also of connections that are being made. */
  @Override
  public void close() {
    sockets.close();
  }
}
