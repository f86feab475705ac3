package dev.gimbal.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.ReadOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A document at an address, and what is known of its last answer. */
final class HttpRemote implements Remote {

  private final HttpOptions options;
  private final ReadOptions reading;
  private final HttpWork work;

  @GuardedBy("this")
  private @Nullable HttpExchange exchange;

  @GuardedBy("this")
  private boolean closed;

  // Used by one reading at a time:
  private HttpCache.@Nullable Entry last;
  private long order;

  /** Whether {@link #last} is only from the file. */
  private boolean cached;

  HttpRemote(HttpOptions options, Sink sink) {
    this.options = options;
    this.reading = options.reading().apply(sink.readOptions());
    this.work = new HttpWork(options.name(), sink.tasks());
  }

  /** One client serves all connections: what breaks are requests. */
  @Override
  public Link connect(Feed feed) throws IOException {
    HttpExchange open = exchange();
    return new Link() {
      @Override
      public RemoteState read(Sink to) throws IOException, InterruptedException {
        return HttpRemote.this.read(open, to);
      }

      @Override
      public void close() {
        // the client ends with the session
      }
    };
  }

  private synchronized HttpExchange exchange() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    HttpExchange present = exchange;
    if (present == null) {
      present = new HttpExchange(client(), options, reading.limits().maxBytes());
      exchange = present;
    }
    return present;
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.times().connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(work);
    Supplier<SSLContext> tls = options.access().tls();
    if (tls != null) {
      builder.sslContext(tls.get());
    }
    return builder.build();
  }

  /** Ends the client and what it is asking for. */
  void close() {
    HttpExchange open;
    synchronized (this) {
      closed = true;
      open = exchange;
      exchange = null;
    }
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      work.close();
    }
  }

  private RemoteState read(HttpExchange exchange, Sink to)
      throws IOException, InterruptedException {
    HttpCache.Entry before = last;
    try {
      HttpAnswer answer =
          before == null
              ? exchange.get(null, null)
              : exchange.get(before.etag(), before.lastModified());
      return state(answer, to);
    } catch (HttpBody.TooLargeException e) {
      return RemoteState.failed(error(ErrorCode.LIMIT, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      RemoteState kept = before == null ? fromCache(e, to) : null;
      if (kept == null) {
        throw e;
      }
      return kept;
    }
  }

  private RemoteState state(HttpAnswer answer, Sink to) throws IOException {
    Duration next = answer.next(options.times().poll());
    RemoteState state =
        switch (answer.status()) {
          case 200 -> document(answer, to);
          case 304 -> unchanged();
          case 404, 410 -> missing(answer.status());
          default ->
              throw new RemoteUnavailableException(
                  "the server answered " + answer.status(), answer.retryAfter(to.tasks().now()));
        };
    return next == null ? state : state.next(next);
  }

  private RemoteState unchanged() throws IOException {
    if (last == null) {
      throw new RemoteUnavailableException("the server answered 304 to a first request", null);
    }
    cached = false;
    return RemoteState.unchanged();
  }

  private RemoteState missing(int status) {
    if (last != null && options.onMissing() == OnMissing.KEEP) {
      return RemoteState.failed(
          error(
              ErrorCode.SOURCE_FAILED,
              "the server answered " + status + ": it is gone; its last content stays"));
    }
    last = null;
    return RemoteState.absent(
        error(ErrorCode.SOURCE_ABSENT, "the server answered " + status + ": there is nothing"));
  }

  private RemoteState document(HttpAnswer answer, Sink to) throws IOException {
    byte[] body = body(answer);
    if (body.length == 0) {
      throw new RemoteUnavailableException("the server answered with 0 bytes", null);
    }
    String format = format(answer);
    HttpCache.Entry before = last;
    HttpCache.Entry now = new HttpCache.Entry(format, answer.etag(), answer.lastModified(), body);
    if (before != null && before.sameContent(now) && !cached) {
      last = now;
      return RemoteState.unchanged();
    }
    Document document = parse(now, to);
    last = now;
    cached = false;
    RemoteState state = RemoteState.of(revision(now), document);
    ConfigException notKept = keep(now);
    return notKept == null ? state : state.odd(notKept);
  }

  private String format(HttpAnswer answer) throws IOException {
    if (options.format() != null) {
      return options.format();
    }
    String type = answer.type();
    if (answer.isPage()) {
      throw new RemoteUnavailableException(
          "the server answered with a page, Content-Type " + type + " (format=NAME reads it)",
          null);
    }
    String format = answer.format();
    if (format.isEmpty()) {
      String said = type.isEmpty() ? "no Content-Type" : "Content-Type " + type;
      throw error(
          ErrorCode.UNKNOWN_FORMAT,
          "which format? " + said + ", and no extension in the address (format=NAME says it)");
    }
    return format;
  }

  private Document parse(HttpCache.Entry entry, Sink to) {
    return to.parse(new Content(options.place(), entry.format(), entry.body()), reading);
  }

  private Revision revision(HttpCache.Entry entry) {
    order++;
    return new Revision(order, entry.etag() == null ? Long.toString(order) : entry.etag());
  }

  /** The body as UTF-8, unpacked. */
  private byte[] body(HttpAnswer answer) throws IOException {
    byte[] body =
        switch (answer.encoding()) {
          case "identity" -> answer.body();
          case "gzip", "x-gzip" -> HttpBody.unpacked(answer.body(), reading.limits().maxBytes());
          default ->
              throw new RemoteUnavailableException(
                  "the server answered with an encoding that was not asked for", null);
        };
    String name = answer.charset();
    if (name == null || name.equalsIgnoreCase("utf-8")) {
      return body;
    }
    try {
      return Charset.forName(name)
          .newDecoder()
          .decode(ByteBuffer.wrap(body))
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw error(ErrorCode.MALFORMED, "Content-Type names a charset that is unknown");
    } catch (CharacterCodingException e) {
      throw error(ErrorCode.MALFORMED, "not " + name + ", as Content-Type says");
    }
  }

  private @Nullable ConfigException keep(HttpCache.Entry entry) {
    if (options.cache() == null) {
      return null;
    }
    try {
      HttpCache.write(options.cache(), options.place(), entry);
      return null;
    } catch (IOException e) {
      return error(
          ErrorCode.SOURCE_FAILED,
          "it cannot be kept in " + options.cache() + ": " + SourceErrors.reason(e));
    }
  }

  /** What was kept, where the server is not there at the start; null for nothing. */
  private @Nullable RemoteState fromCache(IOException why, Sink to) throws IOException {
    if (options.cache() == null) {
      return null;
    }
    HttpCache.Entry kept;
    try {
      kept = HttpCache.read(options.cache(), options.place());
    } catch (IOException unusable) {
      throw new RemoteUnavailableException(
          RemoteOptions.reason(why) + "; " + unusable.getMessage(), null);
    }
    if (kept == null) {
      return null;
    }
    Document document = parse(kept, to);
    last = kept;
    cached = true;
    String message = "taken from " + options.cache() + ": " + RemoteOptions.reason(why);
    return RemoteState.of(revision(kept), document).odd(error(ErrorCode.SOURCE_FAILED, message));
  }

  private ConfigException error(ErrorCode code, String message) {
    return new ConfigException(
        Problem.at(code, new Origin(options.name(), options.place(), 0, 0), message));
  }
}
