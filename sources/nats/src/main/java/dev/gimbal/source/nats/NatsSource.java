package dev.gimbal.source.nats;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.OnMissing;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.store.StoreKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a bucket of NATS JetStream KV: each a value, or one a document. Changes are told by the
 * server. What cannot be read leaves the layer as it is; status tells. An edit writes one key, if
 * it is as it was read. {@code docs/sources/nats.md} has the rules.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class NatsSource implements Source {

  private final NatsOptions options;

  NatsSource(NatsOptions options) {
    this.options = options;
  }

  /**
   * All keys below a prefix, split at dots.
   *
   * @param servers {@code host} or {@code host:port} of one cluster, with commas between them; the
   *     port is 4222 where none is said
   * @param bucket which must be there; it is not made
   * @param prefix such as {@code app.prod}; empty for all keys
   * @throws ConfigException GIM-014 when one of them cannot be
   */
  public static NatsSource tree(String servers, String bucket, String prefix) {
    return tree(servers, bucket, prefix, NatsKeys.SEPARATOR);
  }

  /**
   * The same of keys that are split at another character.
   *
   * @param separator a dot or a slash
   * @throws ConfigException GIM-014 when one of them cannot be
   */
  public static NatsSource tree(String servers, String bucket, String prefix, char separator) {
    if (separator != '.' && separator != '/') {
      throw wrong("separator " + separator + " (expected: . or /)");
    }
    if (!NatsKeys.isPrefix(prefix, separator)) {
      throw wrong("prefix " + prefix + ": no key begins like that");
    }
    return of(servers, bucket, StoreKeys.tree(prefix, separator), separator);
  }

  /**
   * One key, whose value is a document.
   *
   * @param format its name or extension; null: the extension of the key says it
   * @throws ConfigException GIM-014 when servers, bucket or key cannot be
   */
  public static NatsSource document(
      String servers, String bucket, String key, @Nullable String format) {
    if (!NatsKeys.isKey(key)) {
      throw wrong("key " + key + ": NATS has no such keys");
    }
    return of(servers, bucket, StoreKeys.document(key, format), NatsKeys.SEPARATOR);
  }

  private static NatsSource of(String servers, String bucket, StoreKeys keys, char separator) {
    if (!NatsKeys.isBucket(bucket)) {
      throw wrong("bucket " + bucket + ": NATS has no such buckets");
    }
    List<String> all = NatsServers.parse(servers);
    if (all == null) {
      throw wrong("servers: expected host:port, with commas between several");
    }
    return new NatsSource(
        new NatsOptions(
            all,
            bucket,
            keys,
            separator,
            null,
            new NatsOptions.Access(NatsOptions.Login.NOBODY, null),
            NatsOptions.Times.DEFAULT));
  }

  private static ConfigException wrong(String message) {
    return new ConfigException(ErrorCode.SOURCE_SPEC, message);
  }

  /** What it is called in messages, status and origins; by default servers, bucket and prefix. */
  public NatsSource name(String name) {
    return new NatsSource(options.withName(Objects.requireNonNull(name, "name")));
  }

  /** Who logs in, with a password. By default nobody does. */
  public NatsSource user(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return new NatsSource(options.withLogin(new NatsOptions.Login(user, password, null, null)));
  }

  /** Logs in with a token. */
  public NatsSource token(String token) {
    Objects.requireNonNull(token, "token");
    return new NatsSource(options.withLogin(new NatsOptions.Login(null, null, token, null)));
  }

  /**
   * Logs in with a key of NATS.
   *
   * @param file with a JWT and the seed of its user, as {@code nsc} writes it, or with a seed only;
   *     read at each connection
   */
  public NatsSource credentials(Path file) {
    Objects.requireNonNull(file, "file");
    return new NatsSource(options.withLogin(new NatsOptions.Login(null, null, null, file)));
  }

  /**
   * TLS, with certificates to trust and to show. The server's must be for the host that is
   * connected to. By default connections are without TLS.
   */
  public NatsSource tls(SSLContext context) {
    Objects.requireNonNull(context, "context");
    return tls(() -> context);
  }

  /**
   * TLS, with certificates from key stores (PKCS12 or JKS) that are read at each connection. The
   * server's must be for the host that is connected to.
   *
   * @param trustStore whom to trust, also a file of certificates in PEM, or null for whom the JVM
   *     trusts
   * @param keyStore what to show to servers that ask, or null for nothing
   */
  public NatsSource tls(
      @Nullable Path trustStore,
      @Nullable String trustPassword,
      @Nullable Path keyStore,
      @Nullable String keyPassword) {
    String name = options.shownName();
    return tls(() -> NatsTls.context(name, trustStore, trustPassword, keyStore, keyPassword));
  }

  private NatsSource tls(Supplier<SSLContext> context) {
    return new NatsSource(options.withTls(context));
  }

  /** How long connecting to one server may take. Default 5 s. */
  public NatsSource connectTimeout(Duration timeout) {
    return new NatsSource(
        options.withTimes(new NatsOptions.Times(timeout, options.times().whole())));
  }

  /** How long one answer may take; of all keys, the time until the last. Default 10 s. */
  public NatsSource timeout(Duration timeout) {
    return new NatsSource(
        options.withTimes(new NatsOptions.Times(options.times().connect(), timeout)));
  }

  /**
   * What it means that the document, all keys of the tree, or the bucket are gone. By default the
   * last content of a document stays, and a tree becomes empty.
   */
  public NatsSource onMissing(OnMissing onMissing) {
    return new NatsSource(options.withKeys(options.keys().onMissing(onMissing)));
  }

  /** Changes how documents and values are read: limits, and whether placeholders are resolved. */
  public NatsSource reading(UnaryOperator<ReadOptions> more) {
    return new NatsSource(options.withKeys(options.keys().reading(more)));
  }

  NatsOptions options() {
    return options;
  }

  @Override
  public String name() {
    return options.shownName();
  }

  @Override
  public Session open(Sink sink) {
    return options.remote().open(new NatsRemote(options, sink), sink);
  }

  @Override
  public String toString() {
    return "nats " + options.place();
  }
}
