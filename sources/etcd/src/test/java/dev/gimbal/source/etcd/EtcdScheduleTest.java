package dev.gimbal.source.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.Value;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.EtcdServer;
import dev.gimbal.testing.backend.TcpProxy;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Faults in a random order, while another client writes; in between there is peace, and then the
 * Config must be what the store is, as that client reads it. {@code gimbal.faults.seconds} says how
 * long, {@code gimbal.faults.seed} which order; a failure shows the seed.
 */
class EtcdScheduleTest {

  @RegisterExtension
  static final BackendExtension<EtcdServer> ETCD = BackendExtension.of(EtcdServer::single);

  private static final long SECONDS = Long.getLong("gimbal.faults.seconds", 20);
  private static final long SEED = Long.getLong("gimbal.faults.seed", 8);
  private static final int KEYS = 20;

  /** How long the source has for what is there; one with a bug is not given so much. */
  private static Duration safety(BuggySource.Bug bug) {
    return bug == BuggySource.Bug.NONE ? Waiting.SAFETY : Duration.ofSeconds(3);
  }

  private final AtomicInteger parts = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private volatile boolean isWriting;
  private volatile boolean isEnded;

  /** Changes single keys, and two of a pair in one transaction. */
  private void write(OtherClient client, Random random) throws InterruptedException {
    while (!isEnded) {
      if (!isWriting) {
        Thread.sleep(1); // until there is war again
        continue;
      }
      String value = Integer.toString(written.incrementAndGet());
      String key = "/app/keys/k" + random.nextInt(KEYS);
      try {
        switch (random.nextInt(4)) {
          case 0 -> client.delete(key);
          case 1 -> client.putTogether(Map.of("/app/pair/x", value, "/app/pair/y", value));
          default -> client.put(key, value);
        }
      } catch (StatusRuntimeException e) {
        Thread.sleep(10); // it is written or not: who looks asks the store
      }
    }
  }

  private static void fault(TcpProxy proxy, OtherClient client, Random random)
      throws InterruptedException {
    int millis = random.nextInt(600);
    switch (random.nextInt(8)) {
      case 0 -> proxy.cut();
      case 1 -> proxy.refuse();
      case 2 -> {
        proxy.halfOpen();
        millis *= 5;
      }
      case 3 -> proxy.halfOpen(TcpProxy.Direction.TO_CLIENT);
      case 4 -> proxy.delay(Duration.ofMillis(random.nextInt(300)));
      case 5 -> proxy.throttle(2_000 + random.nextInt(20_000));
      case 6 -> {
        ETCD.server().kill();
        Thread.sleep(millis); // how long it is away
        ETCD.server().start();
      }
      default -> {
        proxy.refuse();
        Thread.sleep(random.nextInt(200)); // so that something is missed
        client.compact(client.putSurely("/other", "x"));
      }
    }
    Thread.sleep(millis); // how long the fault lasts
    proxy.heal();
  }

  /** The keys of the store that a Config says. */
  private static Map<String, String> keys(Config config) {
    Map<String, String> keys = new TreeMap<>();
    for (String key : List.of("pair/x", "pair/y")) {
      keys.put(key, config.get(key.replace('/', '.')).asString("none"));
    }
    for (int i = 0; i < KEYS; i++) {
      String key = "k" + i;
      Value value = config.get("keys." + key);
      if (value.exists()) {
        keys.put("keys/" + key, value.asString());
      }
    }
    return keys;
  }

  private void run(BuggySource.Bug bug, long seconds, long seed) throws Exception {
    Random random = new Random(seed);
    int peaces = 0;
    long slowest = 0;
    try (TcpProxy proxy = TcpProxy.to(ETCD.server().address());
        OtherClient client = OtherClient.of(ETCD.server())) {
      client.clear("/app/");
      client.putTogether(Map.of("/app/pair/x", "0", "/app/pair/y", "0"));
      EtcdSource source =
          EtcdSource.tree("/app", "127.0.0.1:" + proxy.port())
              .name("etcd")
              .connectTimeout(Duration.ofSeconds(1))
              .timeout(Duration.ofSeconds(1));
      WriterThread writer = new WriterThread(() -> write(client, new Random(seed + 1)));
      CountedSource counted = new CountedSource(new BuggySource(source, bug));
      try (Config config = Config.builder().source(counted).build()) {
        config.onChange("pair", change -> parts.addAndGet(isWhole(change.after()) ? 0 : 1));
        writer.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (peaces == 0 || System.nanoTime() - end < 0) {
          isWriting = true;
          for (int i = 1 + random.nextInt(4); i > 0; i--) {
            fault(proxy, client, random);
          }
          long well = System.nanoTime();
          isWriting = false;
          peaces++;
          // The writer may be within its last write: who compares asks the store each time.
          Waiting.until(true, () -> client.read("/app/").equals(keys(config)), safety(bug));
          Waiting.until(
              SourceStatus.State.OK, () -> config.status().source("etcd").state(), safety(bug));
          slowest = Math.max(slowest, System.nanoTime() - well);
        }
      } finally {
        isEnded = true;
        writer.end();
      }
      Waiting.until(0, proxy::open);
      Waiting.until(0, counted::running);
      assertTrue(counted.begun() > 0);
      assertEquals(0, parts.get(), "a transaction was seen in parts");
      assertTrue(written.get() > 0);
      System.out.printf(
          "seed %d: %d changes, %d times compared in peace, %d ms after the last fault at most%n",
          seed, written.get(), peaces, TimeUnit.NANOSECONDS.toMillis(slowest));
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", peace " + peaces + ": " + e.getMessage(), e);
    }
    Waiting.until(Set.of(), Waiting::threads);
  }

  private static boolean isWhole(Value pair) {
    return pair.get("x").asString("").equals(pair.get("y").asString(""));
  }

  @Test
  @Timeout(3600) // for the build's own limit, ten minutes, is what a long run is told to take
  @Tag("G1")
  @Tag("G2")
  @Tag("G6")
  @Tag("G8")
  void anyFaults_endWithWhatTheStoreHolds() throws Exception {
    run(BuggySource.Bug.NONE, SECONDS, SEED);
  }

  @Test
  void aSourceWithABug_isFound() {
    assertThrows(AssertionError.class, () -> run(BuggySource.Bug.NEVER_READS_AGAIN, 60, SEED));
  }
}
