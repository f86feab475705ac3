package dev.gimbal.source;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for a document and follows redirects. Used by one thread at a time, but for its end. */
final class HttpExchange {

  private static final int MAX_REDIRECTS = 5;
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

  /** The client takes a length that is negative for none. */
  private static void requireWhole(HttpResponse<byte[]> response) throws IOException {
    String length = response.headers().firstValue("Content-Length").orElse(null);
    boolean chunked = response.headers().firstValue("Transfer-Encoding").isPresent();
    boolean hasBody = response.statusCode() != 204 && response.statusCode() != 304;
    if (length != null
        && !chunked
        && hasBody
        && !length.strip().equals(Integer.toString(response.body().length))) {
      throw new IOException("the body's length is not what Content-Length says");
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
        client.sendAsync(request, info -> new HttpBody(maxBytes));
    Duration limit = options.times().whole();
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException refused && refused.getMessage() == null) {
        throw new ConnectException(
            isUnknown(refused) ? "unknown host " + request.uri().getHost() : "connection refused");
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
