package dev.gimbal.source.postgres;

import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.jdbc.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in PostgreSQL. A trigger gives notice of changes ({@code LISTEN}); then, and
 * after each connect, the whole table is read as it is at one moment, so that a transaction is one
 * change. It is also read every 30 seconds, for tables without a trigger. While the server is away,
 * the layer stays as it is; status tells. An edit through {@link dev.gimbal.Config#edit} writes
 * rows in one transaction, unless others changed them meanwhile. {@code docs/sources/postgres.md}
 * has the rules, and the script for table and trigger.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class PostgresSource implements Source {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);

  private final PostgresOptions options;

  PostgresSource(PostgresOptions options) {
    this.options = options;
  }

  /**
   * The table {@code config} of a database.
   *
   * @param uri {@code postgres://user:password@host:port/database}, of which user, password and
   *     port may be left out; several {@code host:port} may stand with commas between them: the
   *     first that is no standby is taken. User, password and database are percent-decoded
   * @throws dev.gimbal.ConfigException GIM-014 when it is no such URI
   */
  public PostgresSource(String uri) {
    this(PostgresOptions.of(PostgresAddress.of(uri.replaceFirst("^(postgres|postgresql):", ""))));
  }

  /** What it is called in messages, status and origins; by default address and table. */
  public PostgresSource name(String name) {
    return new PostgresSource(options.withName(Objects.requireNonNull(name, "name")));
  }

  /** Which rows make the layer. Default {@code Table.of("config")}. */
  public PostgresSource table(Table table) {
    return new PostgresSource(options.withTable(Objects.requireNonNull(table, "table")));
  }

  /** The channel of the notices. Default {@code gimbal}. */
  public PostgresSource channel(String channel) {
    return new PostgresSource(options.withChannel(Objects.requireNonNull(channel, "channel")));
  }

  /** Listens to no notices: for replicas and for poolers that cannot, with {@link #poll}. */
  public PostgresSource withoutNotices() {
    return new PostgresSource(options.withChannel(null));
  }

  /** Who logs in. */
  public PostgresSource login(String user, String password) {
    Objects.requireNonNull(password, "password");
    return login(user, () -> password);
  }

  /** Who logs in, with a password that may change; asked for at each connect, on a worker. */
  public PostgresSource login(String user, Supplier<String> password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return new PostgresSource(options.withLogin(new PostgresOptions.Login(user, password)));
  }

  /**
   * What is encrypted and checked, as libpq names it: {@code disable}, {@code allow}, {@code
   * prefer} (the driver's default), {@code require}, {@code verify-ca}, {@code verify-full}.
   */
  public PostgresSource sslMode(String mode) {
    PostgresOptions.Tls tls = options.tls();
    return tls(
        new PostgresOptions.Tls(
            Objects.requireNonNull(mode, "mode"),
            tls.rootCert(),
            tls.cert(),
            tls.key(),
            tls.password()));
  }

  /** A file in PEM with whom to trust, for {@code verify-ca} and {@code verify-full}. */
  public PostgresSource rootCertificate(Path file) {
    PostgresOptions.Tls tls = options.tls();
    return tls(
        new PostgresOptions.Tls(
            tls.mode(),
            Objects.requireNonNull(file, "file"),
            tls.cert(),
            tls.key(),
            tls.password()));
  }

  /**
   * What to show to a server that asks who it is.
   *
   * @param certificate in PEM; null where {@code key} is a store of PKCS12 that has it
   * @param key of PKCS8 in DER or PEM, or a store of PKCS12 with the extension {@code p12} and in
   *     it a key of the name {@code user}
   * @param password of the key, or null
   */
  public PostgresSource clientCertificate(
      @Nullable Path certificate, Path key, @Nullable String password) {
    PostgresOptions.Tls tls = options.tls();
    Objects.requireNonNull(key, "key");
    return tls(new PostgresOptions.Tls(tls.mode(), tls.rootCert(), certificate, key, password));
  }

  private PostgresSource tls(PostgresOptions.Tls tls) {
    return new PostgresSource(options.withTls(tls));
  }

  /** How often it is read without a notice. Default 30 s, at most 365 days. */
  public PostgresSource poll(Duration poll) {
    PostgresOptions.Times now = options.times();
    return times(new PostgresOptions.Times(poll, now.connect(), now.answer()));
  }

  /**
   * How long connecting may take, and each answer of the greeting after it. Default 5 s; it is
   * counted in whole seconds.
   */
  public PostgresSource connectTimeout(Duration timeout) {
    PostgresOptions.Times now = options.times();
    return times(new PostgresOptions.Times(now.poll(), timeout, now.answer()));
  }

  /** How long an answer may take. Default 10 s. */
  public PostgresSource timeout(Duration timeout) {
    PostgresOptions.Times now = options.times();
    return times(new PostgresOptions.Times(now.poll(), now.connect(), timeout));
  }

  private PostgresSource times(PostgresOptions.Times times) {
    return new PostgresSource(options.withTimes(times));
  }

  PostgresOptions options() {
    return options;
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Session open(Sink sink) {
    PostgresRemote remote = new PostgresRemote(options, sink);
    Session session =
        RemoteOptions.of(options.name(), options.place())
            .withPeriod(options.times().poll())
            .withBackoff(FIRST_BACKOFF, MOST_BACKOFF)
            .open(remote, sink);
    return new PostgresSession(session, remote);
  }

  @Override
  public String toString() {
    return "postgres " + options.place();
  }
}
