package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of keys in a bucket in which others write other keys all the time. */
class NatsBusyEditTest {

  private static final int EDITS = 50;

  /** Of others, in each second. */
  private static final int WRITES = 200;

  /** Of the source from the server, in each direction. */
  private static final Duration DISTANCE = Duration.ofMillis(1);

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  private Bucketful bucket;

  @BeforeEach
  void create() throws Exception {
    bucket = Bucketful.create(NATS.server().address());
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
  }

  private NatsSource tree(InetSocketAddress server, char separator) {
    String servers = "127.0.0.1:" + server.getPort();
    return NatsSource.tree(servers, bucket.name(), "app", separator).name("nats");
  }

  private String value(String key) throws Exception {
    return bucket.keys().get(key).getValueAsString();
  }

  /** Other people's client, which writes keys inside the prefix and beside it. */
  private static final class Others implements AutoCloseable {
    private final Bucketful bucket;
    private final char separator;
    private final CompletableFuture<Integer> written;
    private volatile boolean ended;

    Others(Bucketful bucket, char separator) {
      this.bucket = bucket;
      this.separator = separator;
      this.written = CompletableFuture.supplyAsync(this::write);
    }

    private int write() {
      long begin = System.nanoTime();
      int count = 0;
      try {
        for (; !ended; count++) {
          String first = count % 2 == 0 ? "app" : "else";
          bucket.putLater(first + separator + "busy" + separator + count % 10, "v" + count);
          long at = begin + TimeUnit.SECONDS.toNanos(1) * (count + 1) / WRITES;
          TimeUnit.NANOSECONDS.sleep(at - System.nanoTime()); // they have a pace of their own
        }
        bucket.awaitPuts();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return count;
    }

    int end() {
      ended = true;
      return written.join();
    }

    @Override
    public void close() {
      end();
    }
  }

  /** Of a key that is there, a new one beside others, and one of which nothing is there. */
  private static String path(int edit) {
    return switch (edit % 3) {
      case 0 -> "db.pool.max";
      case 1 -> "db.pool.k" + edit;
      default -> "new" + edit + ".a.b";
    };
  }

  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void editsOfNestedKeys_areAllDone_andWhatConflictsIsRefused(char separator, TestReporter reporter)
      throws Exception {
    bucket.put("app.db.pool.max".replace('.', separator), "0");
    Map<String, String> expected = new TreeMap<>();
    try (TcpProxy proxy = TcpProxy.to(NATS.server().address());
        Config config = Config.builder().source(tree(proxy.address(), separator)).build();
        Others others = new Others(bucket, separator)) {
      proxy.delay(DISTANCE); // so that others write between what an edit does
      long begin = System.nanoTime();
      for (int i = 0; i < EDITS; i++) {
        String path = path(i);
        String value = "e" + i;
        config.edit("nats", edit -> edit.set(path, value));
        expected.put(("app." + path).replace('.', separator), value);
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      long version = config.snapshot().version();
      bucket.put("app.db.pool.max".replace('.', separator), "other");
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> config.edit("nats", edit -> edit.set("db.pool.max", "lost", version)));
      assertEquals("GIM-029", refused.problems().get(0).code().id());
      expected.put("app.db.pool.max".replace('.', separator), "other");
      int written = others.end();
      assertTrue(written > 0, () -> "nobody else wrote");
      proxy.heal();
      reporter.publishEntry(EDITS + " edits", millis + " ms, beside " + written + " of others");
    }
    for (Map.Entry<String, String> one : expected.entrySet()) {
      assertEquals(one.getValue(), value(one.getKey()), one.getKey());
    }
    assertEquals(1 + EDITS - (EDITS + 2) / 3, expected.size());
  }

  /** From far away, there is always something new when an edit arrives. */
  @ParameterizedTest
  @ValueSource(chars = {'.', '/'})
  void editInABucketThatIsNeverStill_isDone(char separator) throws Exception {
    try (TcpProxy proxy = TcpProxy.to(NATS.server().address());
        Config config =
            Config.builder().source(tree(proxy.address(), separator).optional()).build();
        Others others = new Others(bucket, separator)) {
      proxy.delay(Duration.ofMillis(8));
      config.edit("nats", edit -> edit.set("a.b", "1"));
      assertEquals("1", value("app" + separator + "a" + separator + "b"));
      proxy.heal();
    }
  }

  /** Who sets a key below another relies on it that no value stands there, and the other way. */
  @Test
  void twoEditsThatExcludeEachOther_areNeverBothDone() throws Exception {
    int rounds = 60;
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Config one =
            Config.builder().source(tree(NATS.server().address(), '.').optional()).build();
        Config two =
            Config.builder().source(tree(NATS.server().address(), '.').optional()).build()) {
      for (int round = 0; round < rounds; round++) {
        String key = "r" + round;
        CompletableFuture<Boolean> above =
            CompletableFuture.supplyAsync(() -> isDone(one, together, key), threads);
        CompletableFuture<Boolean> below =
            CompletableFuture.supplyAsync(() -> isDone(two, together, key + ".x"), threads);
        boolean isAbove = above.join();
        boolean isBelow = below.join();
        assertEquals(1, (isAbove ? 1 : 0) + (isBelow ? 1 : 0), key);
        List<String> keys = bucket.keys().keys("app." + key + ".>");
        assertEquals(isBelow ? List.of("app." + key + ".x") : List.of(), keys);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isDone(Config config, CyclicBarrier together, String path) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    try {
      config.edit("nats", edit -> edit.set(path, "v"));
      return true;
    } catch (ConfigException refused) {
      assertEquals("GIM-028", refused.problems().get(0).code().id(), refused.getMessage());
      return false;
    }
  }
}
