package dev.gimbal.source.etcd;

import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.store.StoreKeys;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of which servers are read, and how. Immutable.
 *
 * @param endpoints the nodes of one cluster; one is used at a time
 * @param name what it is called, or null for {@link #place}
 * @param access what a server is shown
 * @param times how long calls may take
 * @param lease how long written values outlive the session, or null: they stay for good
 * @param pageSize how many keys are read at once
 * @param maxMessage how many bytes a message of a server may have
 */
record EtcdOptions(
    List<Endpoint> endpoints,
    StoreKeys keys,
    @Nullable String name,
    Access access,
    Times times,
    @Nullable Duration lease,
    int pageSize,
    int maxMessage) {

  /** Each page costs the server what is behind it, too: few large ones are faster than many. */
  private static final int PAGE_SIZE = 10_000;

  private static final int MAX_MESSAGE = 64 << 20;

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);

  EtcdOptions {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("endpoints: none (expected: host:port)");
    }
    if (lease != null && (lease.toSeconds() < 1 || lease.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("lease " + lease + " (expected: 1s to 365 days)");
    }
  }

  /** Where a server is. */
  record Endpoint(String host, int port) {

    static final int PORT = 2379;

    /** As URIs write it. */
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
  }

  /**
   * What a server is shown.
   *
   * @param user who logs in, or null for nobody
   * @param password of that user, asked for at each login
   * @param tls makes what checks and shows certificates, or null for no TLS
   */
  record Access(
      @Nullable String user,
      @Nullable Supplier<String> password,
      @Nullable Supplier<SSLContext> tls) {

    Access withLogin(String newUser, Supplier<String> newPassword) {
      return new Access(newUser, newPassword, tls);
    }

    Access withTls(Supplier<SSLContext> newTls) {
      return new Access(user, password, newTls);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Access";
    }
  }

  /**
   * How long calls may take.
   *
   * @param connect for connecting and the first answer
   * @param whole for each later answer
   */
  record Times(Duration connect, Duration whole) {

    Times {
      SourceSpec.requirePositive("connectTimeout", connect);
      SourceSpec.requirePositive("timeout", whole);
    }

    /** After how long a server that is silent is asked whether it is there. */
    Duration askAfter() {
      return whole.multipliedBy(3).dividedBy(10);
    }

    /** After how long a server that is silent, although it was asked, is not there. */
    Duration silentAfter() {
      return whole.multipliedBy(8).dividedBy(10);
    }
  }

  static EtcdOptions of(List<Endpoint> endpoints, StoreKeys keys) {
    return new EtcdOptions(
        endpoints,
        keys,
        null,
        new Access(null, null, null),
        new Times(Duration.ofSeconds(5), Duration.ofSeconds(10)),
        null,
        PAGE_SIZE,
        MAX_MESSAGE);
  }

  /** What messages call the keys: the servers and the prefix, as in a URI, without secrets. */
  String place() {
    StringBuilder place = new StringBuilder("etcd://");
    for (int i = 0; i < endpoints.size(); i++) {
      place.append(i == 0 ? "" : ",").append(endpoints.get(i));
    }
    String prefix = keys.prefix();
    return place.append(prefix.startsWith("/") ? "" : "?prefix=").append(prefix).toString();
  }

  String shownName() {
    return name == null ? place() : name;
  }

  /** Attempts close together, so that the newest state arrives soon after a server is back. */
  RemoteOptions remote() {
    return RemoteOptions.of(shownName(), place()).withBackoff(FIRST_BACKOFF, MOST_BACKOFF);
  }

  EtcdOptions withKeys(StoreKeys newKeys) {
    return new EtcdOptions(endpoints, newKeys, name, access, times, lease, pageSize, maxMessage);
  }

  EtcdOptions withName(String newName) {
    return new EtcdOptions(endpoints, keys, newName, access, times, lease, pageSize, maxMessage);
  }

  EtcdOptions withAccess(Access newAccess) {
    return new EtcdOptions(endpoints, keys, name, newAccess, times, lease, pageSize, maxMessage);
  }

  EtcdOptions withTimes(Times newTimes) {
    return new EtcdOptions(endpoints, keys, name, access, newTimes, lease, pageSize, maxMessage);
  }

  EtcdOptions withLease(Duration newLease) {
    return new EtcdOptions(endpoints, keys, name, access, times, newLease, pageSize, maxMessage);
  }

  EtcdOptions withPageSize(int newPageSize) {
    return new EtcdOptions(endpoints, keys, name, access, times, lease, newPageSize, maxMessage);
  }

  EtcdOptions withMaxMessage(int newMaxMessage) {
    return new EtcdOptions(endpoints, keys, name, access, times, lease, pageSize, newMaxMessage);
  }
}
