package dev.gimbal.source.etcd;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.store.StoreKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text form of an {@link EtcdSource}. */
final class EtcdSpec {

  private static final String FORM = "etcd://host:port/prefix";
  private static final int LAST_PORT = 65_535;
  private static final List<String> OWN =
      List.of(
          "prefix",
          "user",
          "password",
          "tls",
          "caCert",
          "clientCert",
          "clientKey",
          "trustStore",
          "trustStorePassword",
          "keyStore",
          "keyStorePassword",
          "connectTimeout",
          "timeout",
          "lease");

  private EtcdSpec() {}

  static Source source(SourceSpec spec) {
    spec.requireOptions(options());
    String location = spec.location();
    if (!location.startsWith("//")) {
      throw spec.missing("no server", FORM);
    }
    int slash = location.indexOf('/', 2);
    String authority = location.substring(2, slash < 0 ? location.length() : slash);
    String path = slash < 0 ? "" : location.substring(slash);
    if (path.indexOf('@') >= 0) { // what stands before it may be a part of a password
      throw spec.missing("an @ in the path; a key with one is named by prefix=", FORM);
    }
    int at = authority.lastIndexOf('@');
    List<EtcdOptions.Endpoint> endpoints = endpoints(spec, authority.substring(at + 1));
    StoreKeys keys = StoreKeys.of(spec, prefix(spec, path), '/');
    EtcdSource source = new EtcdSource(EtcdOptions.of(endpoints, keys));
    String name = spec.option("name");
    source = name == null ? source : source.name(name);
    source = loggedIn(spec, source, at < 0 ? null : authority.substring(0, at));
    return timed(spec, secured(spec, source));
  }

  /** The names of all options. */
  static List<String> options() {
    List<String> known = new ArrayList<>(StoreKeys.OPTIONS);
    known.addAll(OWN);
    return known;
  }

  private static String prefix(SourceSpec spec, String path) {
    String prefix = spec.option("prefix");
    if (prefix == null) {
      return path.isEmpty() ? "/" : path;
    }
    if (path.length() > 1) {
      throw spec.wrong("the prefix stands twice: as the path, and as prefix=" + prefix);
    }
    return prefix;
  }

  private static List<EtcdOptions.Endpoint> endpoints(SourceSpec spec, String hosts) {
    List<EtcdOptions.Endpoint> endpoints = new ArrayList<>();
    for (String text : hosts.split(",", -1)) {
      EtcdOptions.Endpoint endpoint = parsed(text);
      if (endpoint == null) { // it is not shown: it may be a part of a password
        throw spec.missing("a server is no host:port", FORM);
      }
      endpoints.add(endpoint);
    }
    return endpoints;
  }

  /**
   * A server.
   *
   * @throws ConfigException GIM-014 when it is none
   */
  static EtcdOptions.Endpoint endpoint(String text) {
    EtcdOptions.Endpoint endpoint = parsed(text);
    if (endpoint == null) {
      String expected = "host:port";
      throw new ConfigException(
          Problem.of(ErrorCode.SOURCE_SPEC, "not a server (expected: " + expected + ")")
              .withDetails(Problem.Details.of(null, expected, null)));
    }
    return endpoint;
  }

  private static EtcdOptions.@Nullable Endpoint parsed(String text) {
    int bracket = text.indexOf(']');
    int colon = text.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? text : text.substring(0, colon);
    if (bracket >= 0) {
      boolean closes = text.startsWith("[") && host.length() == bracket + 1;
      host = closes ? host.substring(1, bracket) : "";
    }
    int port = colon < 0 ? EtcdOptions.Endpoint.PORT : port(text.substring(colon + 1));
    boolean plain = host.chars().noneMatch(c -> c <= ' ' || "/@?#[]".indexOf(c) >= 0);
    return host.isEmpty() || !plain || port < 0 ? null : new EtcdOptions.Endpoint(host, port);
  }

  /** From 1; -1 for what is none. */
  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      port = port * 10 + (c - '0');
    }
    return port == 0 || port > LAST_PORT ? -1 : port;
  }

  private static EtcdSource loggedIn(SourceSpec spec, EtcdSource source, @Nullable String login) {
    String user = spec.option("user");
    String password = spec.option("password");
    if (login != null) {
      if (user != null || password != null) {
        throw spec.wrong("who logs in stands twice: before the @, and as options");
      }
      int colon = login.indexOf(':');
      user = decoded(spec, colon < 0 ? login : login.substring(0, colon));
      password = colon < 0 ? "" : decoded(spec, login.substring(colon + 1));
    }
    if (user == null && password == null) {
      return source;
    }
    if (user == null || user.isEmpty()) {
      throw spec.missing("a password without a user", "user=name");
    }
    return source.login(user, password == null ? "" : password);
  }

  private static String decoded(SourceSpec spec, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // which may say the password
      throw spec.missing(
          "who logs in: % without two hexadecimal digits behind it",
          "two hexadecimal digits behind each %");
    }
  }

  private static EtcdSource secured(SourceSpec spec, EtcdSource source) {
    Path authority = spec.path("caCert");
    Path certificate = spec.path("clientCert");
    Path key = spec.path("clientKey");
    Path trust = spec.path("trustStore");
    Path keys = spec.path("keyStore");
    boolean pem = authority != null || certificate != null || key != null;
    boolean stores = trust != null || keys != null;
    String tls = spec.word("tls", "on", "off");
    if ((pem || stores) && "off".equals(tls)) {
      throw spec.wrong("tls=off with certificates");
    }
    if (pem && stores) {
      throw spec.wrong("certificates in PEM and in key stores; give either");
    }
    if ((certificate == null) != (key == null)) {
      throw spec.wrong("clientCert and clientKey are given both or none");
    }
    if (pem) {
      return source.tls(authority, certificate, key);
    }
    if (stores) {
      return source.tls(
          trust, spec.option("trustStorePassword"), keys, spec.option("keyStorePassword"));
    }
    return "on".equals(tls) ? source.tls() : source;
  }

  private static EtcdSource timed(SourceSpec spec, EtcdSource source) {
    EtcdSource timed = source;
    Duration connect = spec.positive("connectTimeout");
    timed = connect == null ? timed : timed.connectTimeout(connect);
    Duration whole = spec.positive("timeout");
    timed = whole == null ? timed : timed.timeout(whole);
    Duration lease = spec.duration("lease");
    if (lease != null && lease.toSeconds() < 1) {
      throw spec.unexpected("lease", String.valueOf(spec.option("lease")), ">= 1s", null);
    }
    return lease == null ? timed : timed.lease(lease);
  }
}
