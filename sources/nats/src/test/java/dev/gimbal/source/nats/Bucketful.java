package dev.gimbal.source.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Other people's client of a bucket: the client library itself, which connects again by itself. */
final class Bucketful implements AutoCloseable {

  /** The name of its threads. */
  static final String THREAD = "other client";

  private static final int MOST_PUTS = 500;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Connection connection;
  private final String bucket;
  private final KeyValue keys;
  private final List<CompletableFuture<PublishAck>> puts = new ArrayList<>();

  private Bucketful(Connection connection, String bucket, int replicas) throws Exception {
    this.connection = connection;
    this.bucket = bucket;
    KeyValueConfiguration made =
        KeyValueConfiguration.builder()
            .name(bucket)
            .storageType(StorageType.File)
            .replicas(replicas)
            .build();
    surely(() -> connection.keyValueManagement().create(made));
    this.keys = connection.keyValue(bucket);
  }

  private static Bucketful made(Options.Builder options, String bucket) throws Exception {
    return new Bucketful(Nats.connect(options.build()), bucket, 1);
  }

  /** A new bucket that so many servers hold, as soon as they agree who leads. */
  static Bucketful ofCluster(Options.Builder options, String bucket, int replicas)
      throws Exception {
    return new Bucketful(Nats.connect(options.build()), bucket, replicas);
  }

  /** A new bucket of a name of its own. */
  static Bucketful create(InetSocketAddress server) throws Exception {
    return create(options(server));
  }

  /** A new bucket of this name. */
  static Bucketful named(InetSocketAddress server, String bucket) throws Exception {
    return named(options(server), bucket);
  }

  static Bucketful named(Options.Builder options, String bucket) throws Exception {
    return made(options, bucket);
  }

  static Bucketful create(Options.Builder options) throws Exception {
    return made(options, "cfg" + COUNT.incrementAndGet());
  }

  static Options.Builder options(InetSocketAddress server) {
    return new Options.Builder()
        .server("nats://127.0.0.1:" + server.getPort())
        .maxReconnects(-1)
        .reconnectWait(Duration.ofMillis(50))
        .executor(Executors.newCachedThreadPool(Bucketful::thread))
        .connectExecutor(Executors.newCachedThreadPool(Bucketful::thread))
        .callbackExecutor(Executors.newSingleThreadExecutor(Bucketful::thread))
        .scheduledExecutor(Executors.newScheduledThreadPool(1, Bucketful::thread))
        .errorListener(new ErrorListener() {});
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  /** Makes the bucket, which is not there. */
  void create() throws IOException, JetStreamApiException {
    createFor(null);
  }

  void createFor(@Nullable Duration ttl) throws IOException, JetStreamApiException {
    KeyValueConfiguration.Builder made =
        KeyValueConfiguration.builder().name(bucket).storageType(StorageType.File);
    if (ttl != null) {
      made.ttl(ttl);
    }
    connection.keyValueManagement().create(made.build());
  }

  void delete() throws IOException, JetStreamApiException {
    connection.keyValueManagement().delete(bucket);
  }

  /** How many messages of each key stay. */
  long history() throws IOException, JetStreamApiException {
    return connection.keyValueManagement().getStatus(bucket).getMaxHistoryPerKey();
  }

  String name() {
    return bucket;
  }

  KeyValue keys() {
    return keys;
  }

  JetStreamManagement streams() throws IOException {
    return connection.jetStreamManagement();
  }

  String stream() {
    return "KV_" + bucket;
  }

  void put(String key, String value) throws IOException, JetStreamApiException {
    keys.put(key, value);
  }

  /** Puts without waiting for it. */
  void putLater(String key, String value) throws IOException {
    if (puts.size() == MOST_PUTS) {
      awaitPuts();
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    puts.add(connection.jetStream().publishAsync("$KV." + bucket + "." + key, bytes));
  }

  /** Waits until what was put is there. */
  void awaitPuts() {
    puts.forEach(CompletableFuture::join);
    puts.clear();
  }

  /** What may fail while the server is away. */
  @FunctionalInterface
  private interface Write {
    void run() throws IOException, JetStreamApiException;
  }

  /** Puts until it is done, over all that happens to the server. */
  void putSurely(String key, String value) throws InterruptedException {
    surely(() -> keys.put(key, value));
  }

  /** Deletes until it is done. */
  void deleteSurely(String key) throws InterruptedException {
    surely(() -> keys.delete(key));
  }

  /** What the bucket holds of some keys, over all that happens to the server. */
  Map<String, String> read(Iterable<String> asked) throws InterruptedException {
    Map<String, String> found = new TreeMap<>();
    for (String key : asked) {
      surely(
          () -> {
            KeyValueEntry entry = keys.get(key);
            if (entry != null) {
              found.put(key, entry.getValueAsString());
            }
          });
    }
    return found;
  }

  private static void surely(Write write) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Awaiting.PATIENCE.toNanos()) {
      try {
        write.run();
        return;
      } catch (IOException | JetStreamApiException | IllegalStateException away) {
        Thread.sleep(20); // until the server is back
      }
    }
    throw new AssertionError("not written");
  }

  @Override
  public void close() throws InterruptedException {
    connection.close();
  }
}
