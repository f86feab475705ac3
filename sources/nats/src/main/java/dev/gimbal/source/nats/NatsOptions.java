package dev.gimbal.source.nats;

import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.store.StoreKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What is read, and where. Immutable.
 *
 * @param servers of one cluster, {@code host:port} each
 * @param keys which keys of the bucket, and how
 * @param separator between the parts of a key
 * @param name the source's, or null for its place
 */
record NatsOptions(
    List<String> servers,
    String bucket,
    StoreKeys keys,
    char separator,
    @Nullable String name,
    Access access,
    Times times) {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);

  /** In a subject, all that begins so. */
  private static final String ALL_BELOW = ">";

  /** So that the newest state is there soon after a server is back. */
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);

  /**
   * What the server is shown.
   *
   * @param login who logs in
   * @param tls makes what checks and shows certificates; null: without TLS
   */
  record Access(Login login, @Nullable Supplier<SSLContext> tls) {}

  /**
   * Who logs in. All are null for nobody.
   *
   * @param credentials a file with a key, and perhaps a JWT
   */
  record Login(
      @Nullable String user,
      @Nullable String password,
      @Nullable String token,
      @Nullable Path credentials) {

    static final Login NOBODY = new Login(null, null, null, null);

    /** Without secrets. */
    @Override
    public String toString() {
      return user == null ? "Login" : "Login " + user;
    }
  }

  /**
   * How long at most.
   *
   * @param connect for connecting to one server
   * @param whole for one whole answer
   */
  record Times(Duration connect, Duration whole) {

    static final Times DEFAULT = new Times(Duration.ofSeconds(5), Duration.ofSeconds(10));

    Times {
      SourceSpec.requirePositive("connectTimeout", connect);
      SourceSpec.requirePositive("timeout", whole);
    }
  }

  NatsOptions {
    servers = List.copyOf(servers);
  }

  /** What messages call it: without who logs in. */
  String place() {
    return "nats://" + String.join(",", servers) + "/" + bucket + "/" + keys.prefix();
  }

  String shownName() {
    return name == null ? place() : name;
  }

  RemoteOptions remote() {
    return RemoteOptions.of(shownName(), place()).withBackoff(FIRST_BACKOFF, MOST_BACKOFF);
  }

  /** The stream that holds the bucket. */
  String stream() {
    return "KV_" + bucket;
  }

  /** What comes before the key in a subject. */
  String subjectPrefix() {
    return "$KV." + bucket + ".";
  }

  /** The subjects of all keys that are read, and perhaps of others. */
  String filter() {
    if (!keys.isTree()) {
      return subjectPrefix() + keys.prefix();
    }
    return subjectPrefix() + filterBelow(keys.prefix());
  }

  /** A filter of the keys that begin with a prefix that ends with a separator, or of more keys. */
  String filterBelow(String prefix) {
    return (separator == NatsKeys.SEPARATOR ? prefix : "") + ALL_BELOW;
  }

  /** The key of a subject of the bucket. */
  String key(String subject) {
    return subject.substring(subjectPrefix().length());
  }

  NatsOptions withKeys(StoreKeys newKeys) {
    return new NatsOptions(servers, bucket, newKeys, separator, name, access, times);
  }

  NatsOptions withName(@Nullable String newName) {
    return new NatsOptions(servers, bucket, keys, separator, newName, access, times);
  }

  NatsOptions withLogin(Login login) {
    return withAccess(new Access(login, access.tls));
  }

  NatsOptions withTls(Supplier<SSLContext> tls) {
    return withAccess(new Access(access.login, tls));
  }

  private NatsOptions withAccess(Access newAccess) {
    return new NatsOptions(servers, bucket, keys, separator, name, newAccess, times);
  }

  NatsOptions withTimes(Times newTimes) {
    return new NatsOptions(servers, bucket, keys, separator, name, access, newTimes);
  }
}
