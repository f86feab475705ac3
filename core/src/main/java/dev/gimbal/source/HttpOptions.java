package dev.gimbal.source;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.Scalar;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a document is fetched. Immutable.
 *
 * @param uri without who logs in
 * @param format by name or extension, or null to follow Content-Type and then the path's extension
 * @param access what the server is shown
 * @param times how often, and how long at most
 * @param cache where the last good body is kept, or null for nowhere
 * @param onMissing what 404 and 410 mean once there was something
 * @param reading changes the Config's options for this document
 */
record HttpOptions(
    URI uri,
    String name,
    @Nullable String format,
    Access access,
    Times times,
    @Nullable Path cache,
    OnMissing onMissing,
    UnaryOperator<ReadOptions> reading) {

  /**
   * What the server is shown.
   *
   * @param headers sent to the URI's own host only, by name
   * @param bearer the token, asked for at each request, or null
   * @param tls makes what checks and shows certificates, or null for what the JVM does
   */
  record Access(
      Map<String, String> headers,
      @Nullable Supplier<String> bearer,
      @Nullable Supplier<SSLContext> tls) {

    Access {
      headers = Map.copyOf(headers);
    }

    Access withHeader(String header, String value) {
      Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      more.putAll(headers);
      more.put(header, value);
      return new Access(more, bearer, tls);
    }

    Access withBearer(Supplier<String> token) {
      return new Access(headers, token, tls);
    }

    Access withTls(Supplier<SSLContext> newTls) {
      return new Access(headers, bearer, newTls);
    }
  }

  /**
   * How often, and how long at most.
   *
   * @param connect for connecting
   * @param whole for one whole answer
   */
  record Times(Duration poll, Duration connect, Duration whole) {

    Times {
      SourceSpec.requirePositive("poll", poll);
      SourceSpec.requirePositive("connectTimeout", connect);
      SourceSpec.requirePositive("timeout", whole);
    }
  }

  static HttpOptions of(URI uri) {
    return new HttpOptions(
        uri,
        place(uri),
        null,
        new Access(Map.of(), null, null),
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(10)),
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
    return RemoteOptions.of(name, place()).withPeriod(times.poll);
  }

  HttpOptions withName(String newName) {
    return new HttpOptions(uri, newName, format, access, times, cache, onMissing, reading);
  }

  HttpOptions withFormat(@Nullable String newFormat) {
    return new HttpOptions(uri, name, newFormat, access, times, cache, onMissing, reading);
  }

  HttpOptions withAccess(Access newAccess) {
    return new HttpOptions(uri, name, format, newAccess, times, cache, onMissing, reading);
  }

  HttpOptions withTimes(Times newTimes) {
    return new HttpOptions(uri, name, format, access, newTimes, cache, onMissing, reading);
  }

  HttpOptions withCache(Path newCache) {
    return new HttpOptions(uri, name, format, access, times, newCache, onMissing, reading);
  }

  HttpOptions withOnMissing(OnMissing newOnMissing) {
    return new HttpOptions(uri, name, format, access, times, cache, newOnMissing, reading);
  }

  HttpOptions withReading(UnaryOperator<ReadOptions> more) {
    return new HttpOptions(
        uri,
        name,
        format,
        access,
        times,
        cache,
        onMissing,
        read -> more.apply(reading.apply(read)));
  }
}
