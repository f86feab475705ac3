package dev.gimbal.source;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks for a document and follows redirects. Used by one thread at a time, but for its end. */
final class HttpExchange {

  private static final int MAX_REDIRECTS = 5;
  private static final Pattern LENGTH = Pattern.compile("\\s*\\d{1,18}\\s*");

  /** The name of a class, which some messages of the client hold, with all that follows. */
  private static final Pattern OF_JAVA =
      Pattern.compile("[: ]*\\b(?:com\\.sun|sun|javax?|jdk)\\.\\w+\\..*", Pattern.DOTALL);

  private static final @Nullable Method SHUTDOWN_NOW = shutdownNow();

  private final HttpClient client;
  private final HttpOptions options;
  private final long maxBytes;

  HttpExchange(HttpClient client, HttpOptions options, long maxBytes) {
    this.client = client;
    this.options = options;
    this.maxBytes = maxBytes;
  }

  /**
   * Ends the client, and what it is asking for. Before JDK 21 a client cannot be ended: a request
   * ends with the interrupt of its reader or with its time-out, and the client's one thread when
   * the client is collected.
   */
  void close() {
    if (SHUTDOWN_NOW != null) {
      try {
        SHUTDOWN_NOW.invoke(client);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a public method of the JDK cannot be called", e);
      }
    }
  }

  private static @Nullable Method shutdownNow() {
    try {
      return HttpClient.class.getMethod("shutdownNow");
    } catch (NoSuchMethodException before21) {
      return null;
    }
  }

  /**
   * What the server answers.
   *
   * @param etag of the last answer, or null
   * @param lastModified of the last answer, or null
   */
  HttpAnswer get(@Nullable String etag, @Nullable String lastModified)
      throws IOException, InterruptedException {
    URI uri = options.uri();
    for (int hop = 0; ; hop++) {
      HttpAnswer answer = ask(uri, etag, lastModified);
      String location = answer.location();
      boolean redirect =
          switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
          };
      if (!redirect) {
        return answer;
      }
      if (hop == MAX_REDIRECTS) {
        throw new RemoteUnavailableException("more than " + MAX_REDIRECTS + " redirects", null);
      }
      uri = target(uri, location);
    }
  }

  private static URI target(URI from, @Nullable String location) throws IOException {
    if (location == null) {
      throw new RemoteUnavailableException("a redirect without a Location", null);
    }
    URI to;
    try {
      to = from.resolve(location.strip());
    } catch (IllegalArgumentException e) {
      throw new RemoteUnavailableException("a redirect to what is no address", null);
    }
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("https") || scheme.equals("http");
    if (!known || to.getHost() == null) {
      throw new RemoteUnavailableException("a redirect to what is no address of http(s)", null);
    }
    if (from.getScheme().equals("https") && !scheme.equals("https")) {
      throw new RemoteUnavailableException(
          "a redirect from https to " + HttpOptions.place(to) + ", which is not followed", null);
    }
    return to;
  }

  private HttpAnswer ask(URI uri, @Nullable String etag, @Nullable String lastModified)
      throws IOException, InterruptedException {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(uri).timeout(options.times().whole());
    } catch (IllegalArgumentException e) {
      throw new RemoteUnavailableException("not an address: " + HttpOptions.place(uri), null);
    }
    request.header("Accept-Encoding", "gzip");
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    if (lastModified != null) {
      request.header("If-Modified-Since", lastModified);
    }
    if (isOwn(uri)) {
      for (Map.Entry<String, String> header : options.access().headers().entrySet()) {
        set(request, header.getKey(), header.getValue());
      }
      Supplier<String> bearer = options.access().bearer();
      if (bearer != null) {
        set(request, "Authorization", "Bearer " + bearer.get());
      }
    }
    HttpResponse<byte[]> response = send(request.build());
    requireWhole(response);
    return new HttpAnswer(uri, response.statusCode(), response.headers(), response.body());
  }

  /** The client says the value, which may be a secret. */
  private static void set(HttpRequest.Builder request, String name, String value)
      throws IOException {
    try {
      request.setHeader(name, value);
    } catch (IllegalArgumentException e) {
      throw new RemoteUnavailableException(
          "the header " + name + " cannot be sent: HTTP does not allow its name or value", null);
    }
  }

  /** A length that is none, or another one too, of which the client would take one. */
  private static @Nullable IOException lengthProblem(HttpHeaders headers) {
    List<String> lengths = headers.allValues("Content-Length").stream().distinct().toList();
    boolean chunked = headers.firstValue("Transfer-Encoding").isPresent();
    if (lengths.size() + (chunked ? 1 : 0) > 1) {
      return new RemoteUnavailableException("the answer has two lengths", null);
    }
    String length = lengths.isEmpty() ? "0" : lengths.get(0);
    return LENGTH.matcher(length).matches()
        ? null
        : new RemoteUnavailableException("Content-Length is no length", null);
  }

  /** The client takes some wrong lengths for none. */
  private static void requireWhole(HttpResponse<byte[]> response) throws IOException {
    String length = response.headers().firstValue("Content-Length").orElse(null);
    boolean chunked = response.headers().firstValue("Transfer-Encoding").isPresent();
    boolean hasBody = response.statusCode() != 204 && response.statusCode() != 304;
    if (length != null
        && !chunked
        && hasBody
        && !length.strip().equals(Integer.toString(response.body().length))) {
      throw new RemoteUnavailableException(
          "the body's length is not what Content-Length says", null);
    }
  }

  /** Whether it is the host that headers and tokens are meant for, asked the same way. */
  private boolean isOwn(URI uri) {
    URI own = options.uri();
    return own.getScheme().equalsIgnoreCase(uri.getScheme())
        && own.getHost().equalsIgnoreCase(uri.getHost())
        && port(own) == port(uri);
  }

  private static int port(URI uri) {
    int standard = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return uri.getPort() < 0 ? standard : uri.getPort();
  }

  /** The client says neither; the causes do. */
  private static boolean isUnknown(Throwable refused) {
    Throwable cause = refused;
    while (cause != null && !(cause instanceof UnresolvedAddressException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** The whole answer within the time-out, body included. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new HttpBody(maxBytes, lengthProblem(info.headers())));
    Duration limit = options.times().whole();
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(limit);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), request.uri(), limit);
    } finally {
      answer.cancel(true);
    }
  }

  private static RemoteUnavailableException late(Duration limit) {
    return new RemoteUnavailableException(
        "no whole answer within " + limit.toMillis() + " ms", null);
  }

  /** What the client reports, in words: only some of it is that nobody is there. */
  private static IOException failure(@Nullable Throwable cause, URI uri, Duration limit) {
    if (cause instanceof ConnectException refused && refused.getMessage() == null) {
      return new ConnectException(
          isUnknown(refused) ? "unknown host " + uri.getHost() : "connection refused");
    }
    if (cause instanceof IOException known
        && (known instanceof ConnectException
            || known instanceof HttpConnectTimeoutException
            || known instanceof HttpBody.TooLargeException
            || known instanceof RemoteUnavailableException)) {
      return known;
    }
    if (cause instanceof HttpTimeoutException) {
      return late(limit);
    }
    String message = cause == null ? "" : String.valueOf(cause.getMessage());
    if (cause instanceof SSLException) {
      return new RemoteUnavailableException("there is no TLS connection: " + tls(message), null);
    }
    return new RemoteUnavailableException("the answer is broken" + broken(message), null);
  }

  /** What the client says of certificates and handshakes, without the names of its classes. */
  private static String tls(String message) {
    return message.contains("unable to find valid certification path")
        ? "nobody who is trusted has signed the server's certificate (trustStore says whom to trust)"
        : OF_JAVA.matcher(message).replaceFirst("");
  }

  /** What the client says of an answer, in other words: its own show parts of the answer. */
  private static String broken(String message) {
    if (message.contains("received no bytes")) {
      return ": the connection ended before it";
    }
    if (message.toLowerCase(Locale.ROOT).contains("status line")) {
      return ": it begins with no status line of HTTP";
    }
    if (message.contains("header") || message.contains("HEADER")) {
      return ": a header is none";
    }
    if (message.contains("content-length")) {
      return ": the body is shorter than Content-Length says";
    }
    return message.contains("chunk") ? ": the chunks of the body are none" : "";
  }
}
