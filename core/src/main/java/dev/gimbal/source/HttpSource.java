package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.tree.Scalar;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A document at an HTTP(S) address, asked for again every 10 seconds (less or more by a tenth) with
 * the ETag and Last-Modified of the last answer. What a server answers wrongly leaves the layer as
 * it is; status tells. Redirects are followed up to five times, from https to https only; headers
 * and tokens go to the address's own host only. {@code docs/sources.md} has the rules.
 *
 * <p>Immutable and safe for use by many threads; each method returns a new source.
 *
 * @since 0.1.0
 */
public final class HttpSource implements Source {

  private static final int LAST_PORT = 65_535;
  private static final String ADDRESS = "an address of http or https with a host";
  private static final URI ANYWHERE = URI.create("http://localhost/");

  private final HttpOptions options;

  /**
   * @param uri with scheme http or https and a host; {@code user:password@} before it is sent as
   *     basic authentication
   * @throws ConfigException GIM-014 when it is no such address
   */
  public HttpSource(URI uri) {
    this(of(uri));
  }

  HttpSource(HttpOptions options) {
    this.options = options;
  }

  private static HttpOptions of(URI uri) {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw wrong("not " + ADDRESS, null, ADDRESS);
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      String found = "port " + uri.getPort();
      String expected = "1 to " + LAST_PORT;
      throw wrong(found + " (expected: " + expected + ")", found, expected);
    }
    String user = uri.getUserInfo();
    URI bare = user == null ? uri : URI.create(withoutUser(uri));
    HttpOptions options = HttpOptions.of(bare);
    if (user == null) {
      return options;
    }
    byte[] login = user.getBytes(StandardCharsets.UTF_8);
    String basic = "Basic " + Base64.getEncoder().encodeToString(login);
    return options.withAccess(options.access().withHeader("Authorization", basic));
  }

  private static ConfigException wrong(String message, @Nullable String found, String expected) {
    return new ConfigException(
        Problem.of(ErrorCode.SOURCE_SPEC, message)
            .withDetails(Problem.Details.of(found, expected, null)));
  }

  private static void requireAllowed(String name, String value) {
    try {
      HttpRequest.newBuilder(ANYWHERE).setHeader(name, value);
    } catch (IllegalArgumentException e) { // which says the value
      throw new ConfigException(
          ErrorCode.SOURCE_SPEC, "header." + name + ": HTTP does not allow its name or value");
    }
  }

  private static String withoutUser(URI uri) {
    return uri.toString().replace(uri.getRawUserInfo() + "@", "");
  }

  /**
   * What it is called in messages, status and origins; by default the address without its query.
   */
  public HttpSource name(String name) {
    return new HttpSource(options.withName(Objects.requireNonNull(name, "name")));
  }

  /**
   * The name or extension of the format. By default Content-Type says it, and where that says
   * nothing, the extension of the address.
   */
  public HttpSource format(String format) {
    return new HttpSource(options.withFormat(format));
  }

  /**
   * A header of each request to the address's own host.
   *
   * @throws ConfigException GIM-014 when HTTP does not allow its name or value
   */
  public HttpSource header(String name, String value) {
    requireAllowed(name, value);
    return new HttpSource(options.withAccess(options.access().withHeader(name, value)));
  }

  /** A token that proves who asks ({@code Authorization: Bearer}), for the address's own host. */
  public HttpSource bearer(String token) {
    requireAllowed("Authorization", "Bearer " + token);
    return bearer(() -> token);
  }

  /** A token that may change; asked for at each request, on a worker. */
  public HttpSource bearer(Supplier<String> token) {
    return new HttpSource(options.withAccess(options.access().withBearer(token)));
  }

  /** How often it is asked for. Default 10 s, at most 365 days. */
  public HttpSource poll(Duration poll) {
    HttpOptions.Times now = options.times();
    return times(new HttpOptions.Times(poll, now.connect(), now.whole()));
  }

  /** How long connecting may take. Default 5 s. */
  public HttpSource connectTimeout(Duration timeout) {
    HttpOptions.Times now = options.times();
    return times(new HttpOptions.Times(now.poll(), timeout, now.whole()));
  }

  /** How long a whole answer may take, redirects aside. Default 10 s. */
  public HttpSource timeout(Duration timeout) {
    HttpOptions.Times now = options.times();
    return times(new HttpOptions.Times(now.poll(), now.connect(), timeout));
  }

  /** Certificates to trust and to show. By default those of the JVM. */
  public HttpSource tls(SSLContext context) {
    return tls(() -> context);
  }

  /**
   * Certificates to trust and to show, from key stores (PKCS12 or JKS) that are read when it opens.
   *
   * @param trustStore whom to trust, also a file of certificates in PEM, or null for whom the JVM
   *     trusts
   * @param keyStore what to show to servers that ask, or null for nothing
   */
  public HttpSource tls(
      @Nullable Path trustStore,
      @Nullable String trustPassword,
      @Nullable Path keyStore,
      @Nullable String keyPassword) {
    return tls(
        () -> HttpTls.context(options.name(), trustStore, trustPassword, keyStore, keyPassword));
  }

  private HttpSource tls(Supplier<SSLContext> context) {
    return new HttpSource(options.withAccess(options.access().withTls(context)));
  }

  private HttpSource times(HttpOptions.Times times) {
    return new HttpSource(options.withTimes(times));
  }

  /**
   * Keeps the last good body in this file, so that a start without the server works: it says so by
   * the status DEGRADED. By default nothing is kept.
   */
  public HttpSource cache(Path file) {
    return new HttpSource(options.withCache(file));
  }

  /** What 404 and 410 mean once there was something; by default the last content stays. */
  public HttpSource onMissing(OnMissing onMissing) {
    return new HttpSource(options.withOnMissing(onMissing));
  }

  /**
   * Whether {@code ${path}} in strings is resolved; default on. Of env and sys, nothing ever is.
   */
  public HttpSource placeholders(boolean on) {
    Scalar.Template template = on ? Scalar.Template.PATHS : Scalar.Template.NONE;
    return new HttpSource(options.withReading(read -> read.withTemplate(template)));
  }

  /** Whether a dotted key in JSON or YAML stands for a path. Default off: it is literal. */
  public HttpSource dottedKeysExpand(boolean expand) {
    return new HttpSource(options.withReading(read -> read.withExpandDottedKeys(expand)));
  }

  /** Which of several YAML documents are read. Default {@link Documents#ONLY}. */
  public HttpSource documents(Documents documents) {
    return new HttpSource(options.withReading(read -> read.withDocuments(documents)));
  }

  /** How large the document may be, unpacked. Default {@link Limits#DEFAULT}. */
  public HttpSource limits(Limits limits) {
    return new HttpSource(options.withReading(read -> read.withLimits(limits)));
  }

  HttpOptions options() {
    return options;
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Session open(Sink sink) {
    HttpRemote remote = new HttpRemote(options, sink);
    Session session = options.remote().open(remote, sink);
    return new Session() {
      @Override
      public void reload(Sink to) {
        session.reload(to);
      }

      @Override
      public void close() {
        try {
          session.close();
        } finally {
          remote.close();
        }
      }
    };
  }

  @Override
  public String toString() {
    return "http " + options.place();
  }
}
