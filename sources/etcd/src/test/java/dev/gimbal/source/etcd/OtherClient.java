package dev.gimbal.source.etcd;

import com.google.protobuf.ByteString;
import dev.gimbal.testing.backend.EtcdServer;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Another program that changes keys, faster than etcdctl, which makes a process for each: the bare
 * stubs on a channel of their own. Calls wait until the server is there. Safe for many threads.
 */
final class OtherClient implements AutoCloseable {

  private static final String NAME = "other-client";

  private final ExecutorService threads = Executors.newCachedThreadPool(OtherClient::thread);
  private final NioEventLoopGroup loop = new NioEventLoopGroup(1, OtherClient::thread);
  private final ManagedChannel channel;
  private final KVGrpc.KVBlockingStub kv;

  private OtherClient(int port, String user, String password) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .executor(threads)
            .offloadExecutor(threads)
            .maxInboundMessageSize(64 << 20)
            .usePlaintext()
            .build();
    Metadata headers = new Metadata();
    if (user != null) {
      AuthenticateRequest login =
          AuthenticateRequest.newBuilder().setName(user).setPassword(password).build();
      String token =
          AuthGrpc.newBlockingStub(channel).withWaitForReady().authenticate(login).getToken();
      headers.put(Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER), token);
    }
    kv =
        KVGrpc.newBlockingStub(
                ClientInterceptors.intercept(
                    channel, MetadataUtils.newAttachHeadersInterceptor(headers)))
            .withWaitForReady();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, NAME);
    thread.setDaemon(true);
    return thread;
  }

  static OtherClient of(EtcdServer server) {
    return new OtherClient(server.address().getPort(), null, "");
  }

  static OtherClient of(EtcdServer server, String user, String password) {
    return new OtherClient(server.address().getPort(), user, password);
  }

  boolean owns(Thread thread) {
    return thread.getName().equals(NAME);
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }

  /** The revision. */
  long put(String key, String value) {
    return put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  long put(String key, byte[] value) {
    return kv.put(
            PutRequest.newBuilder().setKey(bytes(key)).setValue(ByteString.copyFrom(value)).build())
        .getHeader()
        .getRevision();
  }

  /** Removes all keys of a prefix, however many. */
  void clear(String prefix) {
    ByteString first = bytes(prefix);
    kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(first).setRangeEnd(end(first)).build());
  }

  private static ByteString end(ByteString prefix) {
    byte[] end = prefix.toByteArray();
    end[end.length - 1]++;
    return ByteString.copyFrom(end);
  }

  /** Puts a key that may be no text. */
  void putBytes(byte[] key, String value) {
    kv.put(PutRequest.newBuilder().setKey(ByteString.copyFrom(key)).setValue(bytes(value)).build());
  }

  void delete(String key) {
    kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(key)).build());
  }

  /** Puts, again and again until a server that comes and goes has taken it. */
  long putSurely(String key, String value) throws InterruptedException {
    while (true) {
      try {
        return put(key, value);
      } catch (StatusRuntimeException e) {
        Thread.sleep(50); // it may be taken already, and is the same then
      }
    }
  }

  /** Puts these keys in one transaction. */
  long putTogether(Map<String, String> values) {
    TxnRequest.Builder all = TxnRequest.newBuilder();
    values.forEach(
        (key, value) ->
            all.addSuccess(
                RequestOp.newBuilder()
                    .setRequestPut(
                        PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)))));
    return kv.txn(all.build()).getHeader().getRevision();
  }

  /** Makes these all keys with a prefix, in one transaction; keys are given without the prefix. */
  void replace(String prefix, Map<String, String> values) {
    ByteString first = bytes(prefix);
    RangeRequest all = RangeRequest.newBuilder().setKey(first).setRangeEnd(end(first)).build();
    TxnRequest.Builder transaction = TxnRequest.newBuilder();
    kv.range(all)
        .getKvsList()
        .forEach(
            entry -> {
              String name = entry.getKey().toStringUtf8().substring(prefix.length());
              if (!values.containsKey(name)) {
                transaction.addSuccess(
                    RequestOp.newBuilder()
                        .setRequestDeleteRange(
                            DeleteRangeRequest.newBuilder().setKey(entry.getKey())));
              }
            });
    values.forEach(
        (key, value) ->
            transaction.addSuccess(
                RequestOp.newBuilder()
                    .setRequestPut(
                        PutRequest.newBuilder()
                            .setKey(bytes(prefix + key))
                            .setValue(bytes(value)))));
    kv.txn(transaction.build());
  }

  /** All keys of a prefix, without it, and their values. */
  Map<String, String> read(String prefix) {
    ByteString first = bytes(prefix);
    Map<String, String> all = new TreeMap<>();
    kv.range(RangeRequest.newBuilder().setKey(first).setRangeEnd(end(first)).build())
        .getKvsList()
        .forEach(
            entry ->
                all.put(
                    entry.getKey().toStringUtf8().substring(prefix.length()),
                    entry.getValue().toStringUtf8()));
    return all;
  }

  /** The same, so many keys at once. */
  Map<String, String> pages(String prefix, int size) {
    ByteString first = bytes(prefix);
    Map<String, String> all = new HashMap<>();
    RangeRequest.Builder request =
        RangeRequest.newBuilder().setKey(first).setRangeEnd(end(first)).setLimit(size);
    while (true) {
      RangeResponse page = kv.range(request.build());
      for (KeyValue entry : page.getKvsList()) {
        all.put(entry.getKey().toStringUtf8(), entry.getValue().toStringUtf8());
      }
      if (!page.getMore()) {
        return all;
      }
      ByteString last = page.getKvs(page.getKvsCount() - 1).getKey();
      request.setKey(last.concat(ByteString.copyFrom(new byte[1])));
      request.setRevision(page.getHeader().getRevision());
    }
  }

  /** What is done at each response with changes. */
  @FunctionalInterface
  interface Hearing {
    void changed() throws InterruptedException;
  }

  /** A bare watch, until it is closed. */
  AutoCloseable watch(String prefix, Hearing hearing) throws InterruptedException {
    CountDownLatch stands = new CountDownLatch(1);
    StreamObserver<WatchRequest> requests =
        WatchGrpc.newStub(channel)
            .watch(
                new StreamObserver<>() {
                  @Override
                  public void onNext(WatchResponse response) {
                    if (response.getCreated()) {
                      stands.countDown();
                    } else {
                      try {
                        hearing.changed();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  }

                  @Override
                  public void onError(Throwable failure) {
                    stands.countDown();
                  }

                  @Override
                  public void onCompleted() {
                    stands.countDown();
                  }
                });
    ByteString first = bytes(prefix);
    requests.onNext(
        WatchRequest.newBuilder()
            .setCreateRequest(WatchCreateRequest.newBuilder().setKey(first).setRangeEnd(end(first)))
            .build());
    stands.await();
    return () -> ((ClientCallStreamObserver<WatchRequest>) requests).cancel("ended", null);
  }

  void compact(long revision) {
    kv.compact(CompactionRequest.newBuilder().setRevision(revision).setPhysical(true).build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    threads.shutdownNow();
  }
}
