package dev.gimbal.source.postgres;

import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.jdbc.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a table is followed. Immutable.
 *
 * @param named what the source is called, or null for its place
 * @param channel where notices come, or null where none do
 */
record PostgresOptions(
    PostgresAddress address,
    @Nullable String named,
    Table table,
    @Nullable String channel,
    Login login,
    Tls tls,
    Times times) {

  /**
   * Who logs in.
   *
   * @param user or null for the driver's default
   * @param password asked for at each connect, or null
   */
  record Login(@Nullable String user, @Nullable Supplier<String> password) {}

  /**
   * What is encrypted, and whom to trust.
   *
   * @param mode as libpq knows them, or null for the driver's default
   */
  record Tls(
      @Nullable String mode,
      @Nullable Path rootCert,
      @Nullable Path cert,
      @Nullable Path key,
      @Nullable String password) {

    static final Tls DEFAULT = new Tls(null, null, null, null, null);

    /** Without the password. */
    @Override
    public String toString() {
      return "sslMode " + mode;
    }
  }

  /**
   * How often, and how long at most.
   *
   * @param poll how often it is read without a notice
   * @param connect for connecting
   * @param answer for one answer of the database
   */
  record Times(Duration poll, Duration connect, Duration answer) {

    static final Times DEFAULT =
        new Times(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10));

    Times {
      SourceSpec.requirePositive("poll", poll);
      SourceSpec.requirePositive("connectTimeout", connect);
      SourceSpec.requirePositive("timeout", answer);
    }
  }

  static PostgresOptions of(PostgresAddress address) {
    String password = address.password();
    Login login = new Login(address.user(), password == null ? null : () -> password);
    return new PostgresOptions(
        address, null, Table.of("config"), "gimbal", login, Tls.DEFAULT, Times.DEFAULT);
  }

  String name() {
    return named == null ? place() : named;
  }

  /** What messages call the table. */
  String place() {
    return address.shown() + "?table=" + table.name();
  }

  PostgresOptions withName(String newName) {
    return new PostgresOptions(address, newName, table, channel, login, tls, times);
  }

  PostgresOptions withTable(Table newTable) {
    return new PostgresOptions(address, named, newTable, channel, login, tls, times);
  }

  PostgresOptions withChannel(@Nullable String newChannel) {
    if (newChannel != null && newChannel.isBlank()) {
      throw new IllegalArgumentException("channel \"" + newChannel + "\" (expected: not blank)");
    }
    return new PostgresOptions(address, named, table, newChannel, login, tls, times);
  }

  PostgresOptions withLogin(Login newLogin) {
    return new PostgresOptions(address, named, table, channel, newLogin, tls, times);
  }

  PostgresOptions withTls(Tls newTls) {
    return new PostgresOptions(address, named, table, channel, login, newTls, times);
  }

  PostgresOptions withTimes(Times newTimes) {
    return new PostgresOptions(address, named, table, channel, login, tls, newTimes);
  }
}
