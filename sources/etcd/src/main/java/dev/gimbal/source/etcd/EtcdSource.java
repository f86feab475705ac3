package dev.gimbal.source.etcd;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.store.StoreKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keys of etcd: all below a prefix, each a value, or one, whose value is a document. Changes arrive
 * as they are made; a transaction is one change. While the servers are away the layer stays, and
 * status tells. {@code docs/sources/etcd.md} has the rules.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class EtcdSource implements Source {

  private final EtcdOptions options;

  EtcdSource(EtcdOptions options) {
    this.options = options;
  }

  /**
   * All keys below a prefix, split at {@code /}.
   *
   * @param prefix such as {@code /app}, which has {@code /app/port} and not {@code
   *     /application/port}, with or without a slash at its end; {@code app} is another one. {@code
   *     /} for all keys that begin with a slash, empty for all others
   * @param endpoints the nodes of one cluster: {@code host} or {@code host:port}, default port 2379
   * @throws ConfigException GIM-014 when one is neither, or there is none
   */
  public static EtcdSource tree(String prefix, String... endpoints) {
    return of(StoreKeys.tree(prefix, '/'), endpoints);
  }

  /**
   * A document in one key, whose extension says the format.
   *
   * @param key such as {@code /app.yaml}
   * @param endpoints as {@link #tree} has them
   * @throws ConfigException GIM-014 when one is wrong, or there is none
   */
  public static EtcdSource document(String key, String... endpoints) {
    return of(StoreKeys.document(key, null), endpoints);
  }

  /** Keys as {@link StoreKeys} says which; their separator should be {@code /}. */
  public static EtcdSource of(StoreKeys keys, String... endpoints) {
    if (endpoints.length == 0) {
      throw new ConfigException(ErrorCode.SOURCE_SPEC, "no endpoint (expected: host:port)");
    }
    return new EtcdSource(
        EtcdOptions.of(Arrays.stream(endpoints).map(EtcdSpec::endpoint).toList(), keys));
  }

  /** What it is called in messages, status and origins; by default the servers and the prefix. */
  public EtcdSource name(String name) {
    return new EtcdSource(options.withName(Objects.requireNonNull(name, "name")));
  }

  /**
   * Changes how keys are read: limits, placeholders, what it means that all are gone.
   *
   * @param more such as {@code keys -> keys.onMissing(OnMissing.KEEP)}
   */
  public EtcdSource keys(UnaryOperator<StoreKeys> more) {
    return new EtcdSource(options.withKeys(more.apply(options.keys())));
  }

  /** Who logs in. By default nobody does. */
  public EtcdSource login(String user, String password) {
    Objects.requireNonNull(password, "password");
    return login(user, () -> password);
  }

  /** Who logs in, with a password that may change; asked for at each login, on a worker. */
  public EtcdSource login(String user, Supplier<String> password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return new EtcdSource(options.withAccess(options.access().withLogin(user, password)));
  }

  /** Connects by TLS only, to servers that the JVM trusts. By default there is no TLS. */
  public EtcdSource tls() {
    return tlsBy(() -> new EtcdTls(name()).pem(null, null, null));
  }

  /** Connects by TLS only, with certificates to trust and to show. */
  public EtcdSource tls(SSLContext context) {
    Objects.requireNonNull(context, "context");
    return tlsBy(() -> context);
  }

  /**
   * Connects by TLS only, with certificates from files in PEM that are read at each connecting.
   *
   * @param caCert whom to trust, or null for whom the JVM trusts
   * @param clientCert what to show to servers that ask, or null for nothing
   * @param clientKey the key of {@code clientCert}: PKCS#8 without a password
   * @throws IllegalArgumentException when only one of the last two is given
   */
  public EtcdSource tls(
      @Nullable Path caCert, @Nullable Path clientCert, @Nullable Path clientKey) {
    if ((clientCert == null) != (clientKey == null)) {
      throw new IllegalArgumentException("clientCert and clientKey are given both or none");
    }
    return tlsBy(() -> new EtcdTls(name()).pem(caCert, clientCert, clientKey));
  }

  /**
   * Connects by TLS only, with certificates from key stores (PKCS12 or JKS) that are read at each
   * connecting.
   *
   * @param trustStore whom to trust, also a file of certificates in PEM, or null for whom the JVM
   *     trusts
   * @param keyStore what to show to servers that ask, or null for nothing
   */
  public EtcdSource tls(
      @Nullable Path trustStore,
      @Nullable String trustPassword,
      @Nullable Path keyStore,
      @Nullable String keyPassword) {
    return tlsBy(
        () -> new EtcdTls(name()).stores(trustStore, trustPassword, keyStore, keyPassword));
  }

  private EtcdSource tlsBy(Supplier<SSLContext> context) {
    return new EtcdSource(options.withAccess(options.access().withTls(context)));
  }

  /**
   * How long connecting, with the first answers, may take for each server. Default 5 s. A third of
   * it is for each address that its name has. One of several servers has no more than a second
   * until all were tried.
   */
  public EtcdSource connectTimeout(Duration timeout) {
    return new EtcdSource(
        options.withTimes(new EtcdOptions.Times(timeout, options.times().whole())));
  }

  /** How long each later answer may take. Default 10 s. */
  public EtcdSource timeout(Duration timeout) {
    return new EtcdSource(
        options.withTimes(new EtcdOptions.Times(options.times().connect(), timeout)));
  }

  /**
   * Makes what this source writes temporary: it vanishes when its session closes, or when the
   * servers have not heard of it for this long, as after a crash. Keys that are there for good, or
   * are another session's, are then neither written nor deleted: GIM-028. By default what is
   * written stays.
   *
   * @param length 1 s to 365 days, in whole seconds; servers may make it longer
   */
  public EtcdSource lease(Duration length) {
    return new EtcdSource(options.withLease(length));
  }

  EtcdOptions options() {
    return options;
  }

  @Override
  public String name() {
    return options.shownName();
  }

  @Override
  public Session open(Sink sink) {
    return EtcdSession.open(options, sink);
  }

  @Override
  public String toString() {
    return options.place();
  }
}
