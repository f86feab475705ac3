package dev.gimbal.source.nats;

import dev.gimbal.source.RemoteUnavailableException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsServerPool;
import io.nats.client.support.NatsUri;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One connection. When it is lost, it is not made again: the session makes a new one, with a new
 * watch, for that of the client library would stay silent for half a minute. Safe for use by many
 * threads.
 */
final class NatsClient implements AutoCloseable {

  /** A server that does not answer two of these is gone; so it is found in 6 s. */
  private static final Duration PING = Duration.ofSeconds(2);

  private static final int PINGS_OUT = 2;

  /** What each of several servers has at first, so that one that says nothing holds nobody up. */
  private static final Duration FIRST_ROUND = Duration.ofSeconds(1);

  private final NatsOptions options;
  private final NatsThreads threads;
  private final Consumer<IOException> lost;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What went wrong last. Written by the thread of events. */
  private volatile @Nullable String said;

  /** What the server says to who may not come in. Written by the thread of events. */
  private volatile @Nullable String refused;

  private final Answers answers = new Answers();

  /** Whether {@link #lost} is told of the end; before, {@link #connect} throws it. */
  private volatile boolean connected;

  /** Written by who makes it, perhaps after the end of this. */
  private volatile @Nullable Connection made;

  /** Set before anybody else knows this. */
  private @Nullable Open open;

  private record Open(Connection connection, NatsStream stream, JetStream jetStream) {}

  private NatsClient(NatsOptions options, Consumer<IOException> lost) {
    this.options = options;
    this.lost = lost;
    this.threads = new NatsThreads(options.shownName());
  }

  /**
   * Connects to one of the servers. Where there are several, all are tried for a moment each before
   * any is given its whole time.
   *
   * @param lost is told once or more often when the connection does not serve any more; must not
   *     block
   */
  static NatsClient connect(NatsOptions options, Consumer<IOException> lost)
      throws IOException, InterruptedException {
    Duration whole = options.times().connect();
    if (options.servers().size() == 1 || whole.compareTo(FIRST_ROUND) <= 0) {
      return connect(options, whole, lost);
    }
    long begin = System.nanoTime();
    try {
      return connect(options, FIRST_ROUND, lost);
    } catch (IOException e) {
      boolean isSlow = System.nanoTime() - begin >= FIRST_ROUND.toNanos();
      if (e instanceof RemoteUnavailableException || !isSlow) {
        throw e;
      }
    }
    return connect(options, whole, lost);
  }

  private static NatsClient connect(
      NatsOptions options, Duration timeout, Consumer<IOException> lost)
      throws IOException, InterruptedException {
    NatsClient client = new NatsClient(options, lost);
    boolean well = false;
    try {
      client.connect(timeout);
      well = true;
      return client;
    } finally {
      if (!well) {
        client.close();
      }
    }
  }

  private void connect(Duration timeout) throws IOException, InterruptedException {
    Connection connection;
    try {
      connection = connection(settings(timeout));
    } catch (IOException e) {
      throw notConnected(e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException("the client library refuses: " + e.getMessage(), e);
    }
    JetStreamOptions writing =
        JetStreamOptions.builder().requestTimeout(options.times().whole()).build();
    try {
      Questions questions = new Questions(options.times().whole(), answers, threads.workers);
      NatsStream stream = new NatsStream(options, connection, answers, questions);
      open = new Open(connection, stream, connection.jetStream(writing));
    } catch (IOException | IllegalStateException e) {
      throw notConnected(new IOException("the connection ended", e));
    }
    connected = true;
    if (connection.getStatus() != Connection.Status.CONNECTED) { // and nobody was told
      throw notConnected(new IOException("the connection ended"));
    }
  }

  /**
   * Connects in another thread: the client library takes an interrupt for the failure of one
   * server, and goes on to the next.
   */
  private Connection connection(Options settings) throws IOException, InterruptedException {
    Future<Connection> coming = threads.workers.submit(() -> make(settings));
    try {
      return coming.get();
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      if (why instanceof Error error) {
        throw error;
      }
      if (why instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IOException(why == null ? null : why.getMessage(), why);
    }
  }

  private Connection make(Options settings) throws IOException, InterruptedException {
    Connection connection = Nats.connect(settings);
    made = connection;
    if (closed.get()) { // and may have seen none
      connection.close();
    }
    return connection;
  }

  /** Events say more than what connecting throws. */
  private IOException notConnected(IOException e) {
    threads.endEvents();
    String why = refused;
    if (why != null) {
      return new RemoteUnavailableException("the server does not let it in: " + why, null);
    }
    String event = said;
    return event == null ? e : new IOException(event, e);
  }

  private Options settings(Duration timeout) {
    NatsOptions.Login login = options.access().login();
    Options.Builder builder =
        new Options.Builder()
            .servers(
                options.servers().stream().map(each -> "nats://" + each).toArray(String[]::new))
            .connectionName("gimbal")
            .connectionTimeout(timeout)
            .socketWriteTimeout(options.times().whole())
            .serverPool(new Servers())
            .noReconnect()
            // The other ways connect to an address and forget the name, which TLS looks at.
            .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
            .ignoreDiscoveredServers()
            .pingInterval(PING)
            .maxPingsOut(PINGS_OUT)
            .executor(threads.workers)
            .connectExecutor(threads.workers)
            .callbackExecutor(threads.events)
            .scheduledExecutor(threads.timer)
            .connectionListener(new Events())
            .errorListener(new Errors());
    if (login.user() != null) {
      builder.userInfo(login.user(), String.valueOf(login.password()));
    } else if (login.token() != null) {
      builder.token(login.token().toCharArray());
    } else if (login.credentials() != null) {
      builder.authHandler(new NatsCredentials(options.shownName(), login.credentials()));
    }
    Supplier<SSLContext> tls = options.access().tls();
    if (tls != null) {
      builder.sslContext(HostCheckingTls.of(tls.get()));
    }
    return builder.build();
  }

  private Open open() throws IOException {
    Open present = open;
    if (present == null || closed.get()) {
      throw new IOException("the connection is closed");
    }
    return present;
  }

  NatsStream stream() throws IOException {
    return open().stream;
  }

  /**
   * Waits for what messages bring, as long as there is a connection.
   *
   * @return null when it did not come in time
   */
  <T> @Nullable T await(CompletableFuture<T> coming, Duration timeout)
      throws IOException, InterruptedException {
    return answers.await(coming, timeout);
  }

  /** Messages are handed over by one thread. */
  Dispatcher dispatcher() throws IOException {
    return open().connection.createDispatcher();
  }

  /** Ends a dispatcher, if the connection has not. */
  void end(Dispatcher dispatcher) throws IOException {
    Connection connection = open().connection;
    if (dispatcher.isActive()) {
      connection.closeDispatcher(dispatcher);
    }
  }

  String inbox() throws IOException {
    return open().connection.createInbox();
  }

  /**
   * Publishes what the server confirms.
   *
   * @throws RemoteUnavailableException when the server refuses it
   * @throws IOException when it may be there or not
   */
  void publish(
      String subject, @Nullable Headers headers, byte @Nullable [] value, PublishOptions expected)
      throws IOException, JetStreamApiException, InterruptedException {
    JetStream to = open().jetStream;
    try {
      PublishAck done =
          answers.of(
              subject,
              options.times().whole(),
              () -> to.publishAsync(subject, headers, value, expected));
      if (done == null) {
        throw new IOException("no answer within " + options.times().whole());
      }
    } catch (ExecutionException e) {
      for (Throwable why = e.getCause(); why != null; why = why.getCause()) {
        if (why instanceof JetStreamApiException answer) {
          throw answer;
        }
      }
      throw new IOException("no answer", e);
    }
  }

  /** Whether the server hears what is sent. What it sends itself may come when it does not. */
  boolean isHeard(Duration patience) throws IOException {
    try {
      open().connection.flush(patience);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // as far as is known
    }
  }

  long maxPayload() throws IOException {
    return open().connection.getMaxPayload();
  }

  /** Ends the connection and its threads. */
  @Override
  public synchronized void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    answers.end(new IOException("the connection is closed"));
    Connection present = made;
    boolean interrupted = Thread.interrupted(); // or closing would not be done
    try {
      if (present != null) {
        present.close();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      threads.end();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Of which none is tried any more when nobody waits for it. */
  private final class Servers extends NatsServerPool {
    @Override
    public @Nullable NatsUri peekNextServer() {
      return closed.get() ? null : super.peekNextServer();
    }
  }

  /** Called by the thread of events. */
  private final class Events implements ConnectionListener {

    /** Not called any more: the other one is. */
    @Override
    @SuppressWarnings("deprecation")
    public void connectionEvent(Connection connection, ConnectionListener.Events event) {
      connectionEvent(connection, event, 0L, "");
    }

    @Override
    public void connectionEvent(
        Connection connection, ConnectionListener.Events event, Long time, String server) {
      boolean isEnd =
          event == ConnectionListener.Events.DISCONNECTED
              || event == ConnectionListener.Events.CLOSED;
      if (isEnd && connected) {
        String why = said;
        IOException end = new IOException(why == null ? "the connection ended" : why);
        answers.end(end);
        lost.accept(end);
      }
    }
  }

  /** Called by the thread of events. */
  private final class Errors implements ErrorListener {
    @Override
    public void errorOccurred(Connection connection, String error) {
      String text = error.toLowerCase(Locale.ROOT);
      if (text.contains("permissions violation")) { // and names a subject, of any words
        if (!isOfOneQuestion(error)) {
          said = error;
          lost.accept(new RemoteUnavailableException("the server says: " + error, null));
        }
        return;
      }
      said = error;
      if (text.contains("authorization") || text.contains("authentication")) {
        refused = error;
        end(connection); // who connects would wait for an answer until its timeout
      }
    }

    /** Whether a question or an edit was refused, which says nothing about the watch. */
    private boolean isOfOneQuestion(String error) {
      String subject = Answers.refusedSubject(error);
      return subject != null
          && (answers.refuse(subject, error)
              || subject.startsWith(options.subjectPrefix()) // nobody waits any more, or
              || subject.startsWith(NatsStream.MESSAGE)); // another one of those asked at once
    }

    private void end(Connection connection) {
      try {
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception e) {
      said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }
}
