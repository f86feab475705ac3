package dev.gimbal.source;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a document is fetched. Immutable.
 *
 * @param uri without who logs in
 * @param format by name or extension, or null to follow Content-Type and then the path's extension
 * @param headers sent to the URI's own host only, by name
 * @param bearer the token, asked for at each request, or null
 * @param timeout for one whole answer
 * @param reading changes the Config's options for this document
 */
record HttpOptions(
    URI uri,
    String name,
    @Nullable String format,
    Map<String, String> headers,
    @Nullable Supplier<String> bearer,
    Duration poll,
    Duration connectTimeout,
    Duration timeout,
    @Nullable Supplier<SSLContext> tls,
    @Nullable Path cache,
    OnMissing onMissing,
    UnaryOperator<ReadOptions> reading) {

  HttpOptions {
    headers = Map.copyOf(headers);
    positive("poll", poll);
    positive("connectTimeout", connectTimeout);
    positive("timeout", timeout);
  }

  private static void positive(String what, Duration duration) {
    if (duration.compareTo(Duration.ZERO) <= 0 || duration.compareTo(SourceSpec.LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " " + duration + " (expected: > 0 and at most 365 days)");
    }
  }

  static HttpOptions of(URI uri) {
    return new HttpOptions(
        uri,
        place(uri),
        null,
        Map.of(),
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        null,
        null,
        OnMissing.KEEP,
        read -> read.withTemplate(remote(read.template())));
  }

  /** A remote document sees neither environment nor system properties. */
  private static Scalar.Template remote(Scalar.Template template) {
    return template == Scalar.Template.ALL ? Scalar.Template.PATHS : template;
  }

  /** What messages call an address: without who logs in and without its query. */
  static String place(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getHost() + port + path;
  }

  String place() {
    return place(uri);
  }

  RemoteOptions remote() {
    return RemoteOptions.of(name, place()).withPeriod(poll);
  }

  HttpOptions withName(String newName) {
    return new HttpOptions(
        uri,
        newName,
        format,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withFormat(@Nullable String newFormat) {
    return new HttpOptions(
        uri,
        name,
        newFormat,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withHeader(String header, String value) {
    Map<String, String> more = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(header, value);
    return new HttpOptions(
        uri,
        name,
        format,
        more,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withBearer(Supplier<String> token) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        token,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withPoll(Duration newPoll) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        bearer,
        newPoll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withTimeouts(Duration connect, Duration whole) {
    return new HttpOptions(
        uri, name, format, headers, bearer, poll, connect, whole, tls, cache, onMissing, reading);
  }

  HttpOptions withTls(Supplier<SSLContext> newTls) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        newTls,
        cache,
        onMissing,
        reading);
  }

  HttpOptions withCache(Path newCache) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        newCache,
        onMissing,
        reading);
  }

  HttpOptions withOnMissing(OnMissing newOnMissing) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        newOnMissing,
        reading);
  }

  HttpOptions withReading(UnaryOperator<ReadOptions> more) {
    return new HttpOptions(
        uri,
        name,
        format,
        headers,
        bearer,
        poll,
        connectTimeout,
        timeout,
        tls,
        cache,
        onMissing,
        read -> more.apply(reading.apply(read)));
  }
}
