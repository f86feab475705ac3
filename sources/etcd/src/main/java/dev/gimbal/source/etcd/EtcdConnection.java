package dev.gimbal.source.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one server, and who is logged in over it. Each call has a deadline. Safe for use
 * by many threads.
 */
final class EtcdConnection implements AutoCloseable {

  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  /** A server that lost the others says so, in place of letting a watch wait. */
  private static final Metadata.Key<String> HAS_LEADER =
      Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

  private static final int WINDOW = 1 << 20;
  private static final int END_SECONDS = 1;
  private static final int DIALS = 3;

  private final EtcdOptions.Endpoint endpoint;
  private final EtcdOptions.Access access;
  private final ManagedChannel channel;
  private final EtcdThreads threads;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Written by whoever logs in; read by each call. Null where nobody has. */
  private volatile @Nullable String token;

  private EtcdConnection(
      EtcdOptions.Endpoint endpoint,
      EtcdOptions.Access access,
      ManagedChannel channel,
      EtcdThreads threads) {
    this.endpoint = endpoint;
    this.access = access;
    this.channel = channel;
    this.threads = threads;
  }

  /** A connection that is made with its first call. */
  static EtcdConnection open(
      EtcdOptions options, EtcdOptions.Endpoint endpoint, EtcdThreads threads) throws IOException {
    Supplier<SSLContext> tls = options.access().tls();
    SSLContext context = tls == null ? null : tls.get();
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
            .eventLoopGroup(threads.join())
            .channelType(NioSocketChannel.class)
            .executor(threads)
            .offloadExecutor(threads)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, dialMillis(options))
            .maxInboundMessageSize(options.maxMessage())
            .flowControlWindow(WINDOW)
            .disableServiceConfigLookUp()
            .disableRetry();
    boolean open = false;
    try {
      if (context == null) {
        builder.usePlaintext();
      } else {
        builder.sslContext(forChannel(context));
      }
      EtcdConnection made =
          new EtcdConnection(endpoint, options.access(), builder.build(), threads);
      open = true;
      return made;
    } finally {
      if (!open) {
        threads.leave();
      }
    }
  }

  /** For one address: a name may have others, and the first answers have their time, too. */
  private static int dialMillis(EtcdOptions options) {
    long millis = options.times().connect().toMillis() / DIALS;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis)); // 0 were no limit
  }

  private static SslContext forChannel(SSLContext context) {
    ApplicationProtocolConfig protocols =
        new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2);
    return new JdkSslContext(
        context,
        true,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        protocols,
        ClientAuth.NONE,
        null,
        false);
  }

  EtcdOptions.Endpoint endpoint() {
    return endpoint;
  }

  /** Logs in, where somebody is to. */
  void login(Duration deadline) throws IOException, InterruptedException {
    String user = access.user();
    Supplier<String> password = access.password();
    if (user == null || password == null) {
      return;
    }
    AuthenticateRequest request =
        AuthenticateRequest.newBuilder().setName(user).setPassword(password.get()).build();
    try {
      token = once(channel, AuthGrpc.getAuthenticateMethod(), request, deadline).getToken();
    } catch (StatusRuntimeException e) {
      if (!EtcdFailure.isWithoutAuth(e)) {
        throw EtcdFailure.of(endpoint, e);
      }
      token = null; // the server lets everybody in
    }
  }

  /**
   * Asks the server, and logs in again where it does not know any more who asks.
   *
   * @throws StatusRuntimeException when the server answers with an error that is not one of the
   *     connection
   */
  <Q, A> A call(MethodDescriptor<Q, A> method, Q request, Duration deadline)
      throws IOException, InterruptedException {
    return call(method, request, () -> deadline);
  }

  /**
   * The same, for calls that have one deadline together.
   *
   * @param left how long the next may take
   */
  <Q, A> A call(MethodDescriptor<Q, A> method, Q request, Supplier<Duration> left)
      throws IOException, InterruptedException {
    try {
      return ask(method, request, left.get());
    } catch (StatusRuntimeException e) {
      loginAgain(e, left.get());
    }
    return ask(method, request, left.get());
  }

  /** The same for a call that writes: where it is the login that fails, nothing was written. */
  <Q, A> A write(MethodDescriptor<Q, A> method, Q request, Duration deadline)
      throws IOException, InterruptedException {
    try {
      return ask(method, request, deadline);
    } catch (StatusRuntimeException e) {
      try {
        loginAgain(e, deadline);
      } catch (IOException failed) {
        throw EtcdFailure.beforeWriting(failed);
      }
    }
    return ask(method, request, deadline);
  }

  /** After a call that was refused because the server does not know any more who asks. */
  private void loginAgain(StatusRuntimeException refused, Duration deadline)
      throws IOException, InterruptedException {
    if (access.user() == null || !EtcdFailure.isStaleLogin(refused)) {
      throw refused;
    }
    login(deadline);
  }

  private <Q, A> A ask(MethodDescriptor<Q, A> method, Q request, Duration deadline)
      throws InterruptedException {
    return once(authorized(false), method, request, deadline);
  }

  /** The failure of a call that this connection made. */
  IOException failure(Throwable failure) {
    return EtcdFailure.of(endpoint, failure);
  }

  /** A channel whose calls show who is logged in. */
  Channel authorized(boolean leader) {
    Metadata headers = new Metadata();
    String shown = token;
    if (shown != null) {
      headers.put(TOKEN, shown);
    }
    if (leader) {
      headers.put(HAS_LEADER, "true");
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static <Q, A> A once(
      Channel over, MethodDescriptor<Q, A> method, Q request, Duration deadline)
      throws InterruptedException {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return ClientCalls.blockingUnaryCall(over, method, options, request);
    } catch (StatusRuntimeException e) {
      if (Thread.interrupted()) {
        InterruptedException interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw e;
    }
  }

  /** Ends all calls and the connection, and waits a second at most until it has. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    channel.shutdownNow();
    try {
      channel.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.leave();
    }
  }
}
