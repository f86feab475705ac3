package dev.gimbal.source.nats;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.source.store.StoreKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link NatsSource}. */
final class NatsSpec {

  private static final List<String> OWN =
      List.of(
          "separator",
          "user",
          "password",
          "token",
          "credentials",
          "tls",
          "trustStore",
          "trustStorePassword",
          "keyStore",
          "keyStorePassword",
          "connectTimeout",
          "timeout");

  private static final String FORM = "//host:port/bucket/prefix";

  private NatsSpec() {}

  static Source source(SourceSpec spec) {
    List<String> known = new ArrayList<>(StoreKeys.OPTIONS);
    known.addAll(OWN);
    spec.requireOptions(known);
    Address address = Address.of(spec);
    char separator = "/".equals(spec.word("separator", ".", "/")) ? '/' : NatsKeys.SEPARATOR;
    StoreKeys keys = keys(spec, address.key, separator);
    NatsOptions options =
        new NatsOptions(
            servers(spec, address.servers),
            address.bucket,
            keys,
            separator,
            spec.option("name"),
            new NatsOptions.Access(NatsOptions.Login.NOBODY, null),
            NatsOptions.Times.DEFAULT);
    NatsSource source = timed(spec, new NatsSource(options));
    return secured(spec, loggedIn(spec, address.login, source));
  }

  private static List<String> servers(SourceSpec spec, String text) {
    List<String> servers = NatsServers.parse(text);
    if (servers == null) {
      String expected = spec.scheme() + ":" + FORM;
      throw spec.missing("no host (expected: " + expected + ")", expected);
    }
    return servers;
  }

  private static StoreKeys keys(SourceSpec spec, String text, char separator) {
    boolean document = "document".equals(spec.word("as", "tree", "document"));
    if (!document) {
      if (!NatsKeys.isPrefix(text, separator)) {
        throw spec.missing("no key of NATS begins like that", "letters, digits and -/_=.");
      }
      return StoreKeys.of(spec, text, separator);
    }
    String key = text.isEmpty() ? NatsKeys.DEFAULT_KEY : text;
    if (!NatsKeys.isKey(key)) {
      throw spec.missing("NATS has no such keys", "letters, digits and -/_=.");
    }
    if (key.equals(NatsKeys.DEFAULT_KEY) && spec.option("format") == null) {
      Map<String, String> more = new LinkedHashMap<>(spec.options());
      more.put("format", NatsKeys.DEFAULT_FORMAT);
      SourceSpec json = new SourceSpec(spec.text(), spec.scheme(), spec.location(), more);
      return StoreKeys.of(json, key, separator);
    }
    return StoreKeys.of(spec, key, separator);
  }

  private static NatsSource timed(SourceSpec spec, NatsSource source) {
    NatsSource timed = source;
    Duration connect = spec.positive("connectTimeout");
    timed = connect == null ? timed : timed.connectTimeout(connect);
    Duration whole = spec.positive("timeout");
    return whole == null ? timed : timed.timeout(whole);
  }

  private static NatsSource loggedIn(
      SourceSpec spec, @Nullable String userInfo, NatsSource source) {
    String user = spec.option("user");
    String password = spec.option("password");
    String token = spec.option("token");
    Path credentials = spec.path("credentials");
    int ways = (user == null && password == null ? 0 : 1) + (userInfo == null ? 0 : 1);
    ways += (token == null ? 0 : 1) + (credentials == null ? 0 : 1);
    if (ways > 1) {
      throw spec.wrong("it says in several ways who logs in");
    }
    if ((user == null) != (password == null)) {
      throw spec.wrong("user and password come together");
    }
    if (user != null && password != null) {
      return source.user(user, password);
    }
    if (userInfo != null) {
      int colon = userInfo.indexOf(':');
      return colon < 0
          ? source.token(decoded(spec, userInfo))
          : source.user(
              decoded(spec, userInfo.substring(0, colon)),
              decoded(spec, userInfo.substring(colon + 1)));
    }
    if (token != null) {
      return source.token(token);
    }
    return credentials == null ? source : source.credentials(credentials);
  }

  private static String decoded(SourceSpec spec, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // which may say the text
      throw spec.wrong("before the @: % without two hexadecimal digits behind it");
    }
  }

  private static NatsSource secured(SourceSpec spec, NatsSource source) {
    String word = spec.word("tls", "on", "off");
    Path trust = spec.path("trustStore");
    Path keys = spec.path("keyStore");
    boolean off = "off".equals(word);
    boolean on = "on".equals(word) || spec.scheme().equals("tls") || trust != null || keys != null;
    if (off && on) {
      throw spec.wrong("tls=off, and what only TLS needs");
    }
    return on
        ? source.tls(
            trust, spec.option("trustStorePassword"), keys, spec.option("keyStorePassword"))
        : source;
  }

  /**
   * A location, taken apart.
   *
   * @param login what stands before the {@code @}, or null
   * @param key the prefix or the document's key, perhaps empty
   */
  private record Address(@Nullable String login, String servers, String bucket, String key) {

    static Address of(SourceSpec spec) {
      String location = spec.location();
      String expected = spec.scheme() + ":" + FORM;
      if (!location.startsWith("//")) {
        throw spec.missing("no host (expected: " + expected + ")", expected);
      }
      int slash = location.indexOf('/', 2);
      String authority = slash < 0 ? location.substring(2) : location.substring(2, slash);
      String path = slash < 0 ? "" : location.substring(slash + 1);
      int at = authority.lastIndexOf('@');
      int end = path.indexOf('/');
      String bucket = end < 0 ? path : path.substring(0, end);
      bucket = bucket.isEmpty() && end < 0 ? NatsKeys.DEFAULT_BUCKET : bucket;
      if (!NatsKeys.isBucket(bucket)) {
        throw spec.missing("NATS has no such buckets", "a bucket of letters, digits, - and _");
      }
      return new Address(
          at < 0 ? null : authority.substring(0, at),
          authority.substring(at + 1),
          bucket,
          end < 0 ? "" : path.substring(end + 1));
    }

    /** Without who logs in. */
    @Override
    public String toString() {
      return servers + "/" + bucket + "/" + key;
    }
  }
}
