package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

/**
 * Faults in a random order, while others write. {@code gimbal.faults.seconds} says how long, {@code
 * gimbal.faults.seed} which order; a failure shows both.
 */
class NatsScheduleTest {

  private static final String NAME = "nats-on-schedule";
  private static final long SECONDS = Long.getLong("gimbal.faults.seconds", 20);
  private static final long SEED = Long.getLong("gimbal.faults.seed", 4711);
  private static final int KEYS = 8;

  /** Other people's client, which writes one of some keys all the time, and deletes some. */
  private static final class Writer implements Runnable {
    private final Bucketful bucket;
    private final Random random;
    private volatile boolean ended;

    Writer(Bucketful bucket, Random random) {
      this.bucket = bucket;
      this.random = random;
    }

    @Override
    public void run() {
      for (long n = 0; !ended; n++) {
        String key = "k" + random.nextInt(KEYS);
        try {
          if (random.nextInt(10) == 0) {
            bucket.deleteSurely(key);
          } else {
            bucket.putSurely(key, "v" + n);
          }
          Thread.sleep(random.nextInt(10)); // some hundred changes a second
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  private static void fault(Random random, NatsServer server, TcpProxy proxy)
      throws InterruptedException {
    int millis = random.nextInt(400);
    switch (random.nextInt(7)) {
      case 0 -> {
        server.kill();
        Thread.sleep(millis);
        server.start();
      }
      case 1 -> server.restart();
      case 2 -> proxy.cut();
      case 3 -> {
        proxy.refuse();
        Thread.sleep(millis);
      }
      case 4 -> {
        proxy.halfOpen();
        Thread.sleep(millis * (random.nextInt(5) == 0 ? 20L : 1));
      }
      case 5 -> {
        proxy.delay(Duration.ofMillis(random.nextInt(100)));
        Thread.sleep(millis);
      }
      default -> {
        proxy.throttle(2000 + random.nextInt(20_000));
        Thread.sleep(millis);
        proxy.cut();
      }
    }
    Thread.sleep(random.nextInt(300)); // under that fault, or after it
    proxy.heal();
    Thread.sleep(random.nextInt(600)); // so that it may come to rest, or not
  }

  @Test
  @Tag("G2")
  @Tag("G6")
  @Tag("G8")
  @Timeout(value = 1, unit = TimeUnit.HOURS) // it takes as long as it is told to
  void faults_inAnyOrder_loseNoLastValue(TestReporter reporter) throws Exception {
    Random random = new Random(SEED);
    long begin = System.nanoTime();
    int schedules = 0;
    int faults = 0;
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS)) {
      faults += schedule(random, begin, reporter);
      schedules++;
    }
    reporter.publishEntry("faults", faults + " in " + schedules + " schedules, seed " + SEED);
  }

  @Test
  void faults_inAnyOrder_showAWatchThatIsMadeOnce() {
    assertThrows(
        AssertionFailedError.class,
        () -> {
          Random random = new Random(SEED);
          long begin = System.nanoTime();
          while (System.nanoTime() - begin < Awaiting.PATIENCE.toNanos()) {
            seededSchedule(random);
          }
        });
  }

  private static void seededSchedule(Random random) throws Exception {
    try (NatsServer server = NatsServer.open()) {
      server.start();
      try (TcpProxy proxy = TcpProxy.to(server.address());
          Bucketful bucket = Bucketful.create(server.address())) {
        bucket.put("k0", "v");
        SeededKvSource source =
            new SeededKvSource(
                SeededKvSource.Bug.WATCHES_ONCE, proxy.address(), bucket.name(), "k0");
        try (Config config = Config.builder().source(source).build()) {
          Writer writer = new Writer(bucket, new Random(random.nextLong()));
          writeDuring(writer, faults -> faults < 3, random, server, proxy);
          Awaiting.equal(SourceStatus.State.OK, () -> config.status().source("nats").state());
          bucket.putSurely("k0", "last");
          Awaiting.value(config, "k0", "last", Duration.ofSeconds(4));
        }
      }
    }
  }

  /** Returns how many faults there were. */
  private static int writeDuring(
      Writer writer, IntPredicate more, Random random, NatsServer server, TcpProxy proxy)
      throws InterruptedException {
    CompletableFuture<Void> written = CompletableFuture.runAsync(writer);
    int faults = 0;
    for (; more.test(faults); faults++) {
      fault(random, server, proxy);
    }
    writer.ended = true;
    written.join();
    return faults;
  }

  private static int schedule(Random random, long begin, TestReporter reporter) throws Exception {
    int faults;
    try (NatsServer server = NatsServer.open()) {
      server.start();
      try (TcpProxy proxy = TcpProxy.to(server.address());
          Bucketful bucket = Bucketful.create(server.address())) {
        bucket.put("k0", "v");
        bucket.put("doc", "{\"n\":0}");
        String at = "127.0.0.1:" + proxy.port();
        NatsSource tree = NatsSource.tree(at, bucket.name(), "").name(NAME);
        NatsSource document = NatsSource.document(at, bucket.name(), "doc", "json").name(NAME);
        Writer writer = new Writer(bucket, new Random(random.nextLong()));
        try (Config config = Config.builder().source(tree).build();
            Config documents = Config.builder().source(document).build()) {
          long until = begin + TimeUnit.SECONDS.toNanos(SECONDS);
          IntPredicate more = n -> n < 60 && (n < 3 || System.nanoTime() < until);
          faults = writeDuring(writer, more, random, server, proxy);
          Map<String, Object> last = new TreeMap<>();
          for (int i = 0; i < KEYS; i++) {
            if (random.nextBoolean()) {
              bucket.putSurely("k" + i, "last" + i);
              last.put("k" + i, "last" + i);
            } else {
              bucket.deleteSurely("k" + i);
            }
          }
          bucket.putSurely("doc", "{\"n\":\"last\"}");
          last.put("doc", "{\"n\":\"last\"}");
          long millis = Awaiting.equal(last, config::asMap);
          reporter.publishEntry("all last values after", millis + " ms");
          Awaiting.value(documents, "n", "last");
        }
        Awaiting.equal(List.of(), NatsScheduleTest::threads);
        Awaiting.equal(0, proxy::open);
      }
    }
    return faults;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(NAME))
        .toList();
  }
}
