package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.SourceStatus;
import dev.gimbal.source.Source;
import dev.gimbal.testing.backend.CountedSource;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import dev.gimbal.testing.backend.TcpProxy.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/**
 * Faults in a random order, while another client writes; in between there is peace, and then each
 * Config must be what the bucket is, as that client reads it. {@code gimbal.faults.seconds} says
 * how long, {@code gimbal.faults.seed} which order; a failure shows the seed.
 */
class NatsScheduleTest {

  private static final String NAME = "nats-on-schedule";
  private static final long SECONDS = Long.getLong("gimbal.faults.seconds", 20);
  private static final long SEED = Long.getLong("gimbal.faults.seed", 4711);

  /** After so many times of peace, all begins anew with an empty server. */
  private static final int PEACES = 20;

  private static final int KEYS = 8;
  private static final String DOCUMENT = "doc";
  private static final List<String> ALL =
      Stream.concat(IntStream.range(0, KEYS).mapToObj(i -> "k" + i), Stream.of(DOCUMENT)).toList();

  /** How long what has a bug may take; what has none is seen to take less. */
  private static final Duration LITTLE = Duration.ofSeconds(10);

  /** How long what has no bug must do. */
  private static final Duration WITHOUT_BUG = Duration.ofSeconds(20);

  /** Other people's client, which writes one of some keys all the time, and deletes some. */
  private static final class Writer implements AutoCloseable {
    private final Bucketful bucket;
    private final Random random;
    private final CompletableFuture<Void> written;

    /** Held while a key is written, and in peace. */
    private final Object turn = new Object();

    private long changes;
    private volatile boolean ended;

    Writer(Bucketful bucket, Random random) {
      this.bucket = bucket;
      this.random = random;
      this.written = CompletableFuture.runAsync(this::run);
    }

    private void run() {
      try {
        while (!ended) {
          synchronized (turn) {
            write();
          }
          Thread.sleep(random.nextInt(10)); // some hundred changes a second
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void write() throws InterruptedException {
      changes++;
      String key = ALL.get(random.nextInt(ALL.size()));
      if (key.equals(DOCUMENT)) {
        bucket.putSurely(key, document("v" + changes));
      } else if (random.nextInt(10) == 0) {
        bucket.deleteSurely(key);
      } else {
        bucket.putSurely(key, "v" + changes);
      }
    }

    @Override
    public void close() {
      ended = true;
      written.join();
    }
  }

  private static String document(String value) {
    return "{\"n\":\"" + value + "\"}";
  }

  /**
   * One that must follow the bucket.
   *
   * @param says what it must say when the bucket holds this
   */
  private record Follower(Config config, UnaryOperator<Map<String, String>> says)
      implements AutoCloseable {

    static Follower of(Source source, UnaryOperator<Map<String, String>> says) {
      return new Follower(Config.builder().source(source).build(), says);
    }

    void awaitCurrent(Map<String, String> held, Duration patience) throws Exception {
      Awaiting.equal(says.apply(held), config::asMap, patience);
      Awaiting.equal(
          SourceStatus.State.OK, () -> config.status().sources().get(0).state(), patience);
    }

    @Override
    public void close() {
      config.close();
    }
  }

  /** What was seen so far. */
  private static final class Seen {
    int faults;
    int peaces;
    long slowest;

    /** The same, from when the other client had read it, which also waits for the server. */
    long slowestThen;

    @Override
    public String toString() {
      return faults
          + " faults, "
          + peaces
          + " times compared in peace, the slowest "
          + slowest
          + " ms after the last fault, "
          + slowestThen
          + " ms after the other client knew";
    }
  }

  private static void fault(Random random, NatsServer server, TcpProxy proxy)
      throws InterruptedException {
    int millis = random.nextInt(400);
    switch (random.nextInt(9)) {
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
      case 6 -> {
        proxy.halfOpen(Direction.TO_CLIENT);
        Thread.sleep(millis * 4L);
      }
      case 7 -> {
        proxy.halfOpen(Direction.TO_SERVER);
        Thread.sleep(millis * 4L);
      }
      default -> {
        proxy.throttle(2000 + random.nextInt(20_000));
        Thread.sleep(millis);
        proxy.cut();
      }
    }
    Thread.sleep(random.nextInt(300)); // under that fault, or after it
    proxy.heal();
  }

  /** Some faults, and then peace. */
  private static void round(
      Random random,
      NatsServer server,
      TcpProxy proxy,
      Writer writer,
      List<Follower> followers,
      Duration patience,
      Seen seen)
      throws Exception {
    int faults = 1 + random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      Thread.sleep(i == 0 ? 0 : random.nextInt(600)); // so that it may come to rest, or not
      fault(random, server, proxy);
    }
    long healed = System.nanoTime();
    Thread.sleep(random.nextInt(200)); // so that something may come after it, or not
    seen.faults += faults;
    synchronized (writer.turn) {
      Map<String, String> held = writer.bucket.read(ALL);
      long known = System.nanoTime();
      for (Follower follower : followers) {
        follower.awaitCurrent(held, patience);
      }
      long now = System.nanoTime();
      seen.slowest = Math.max(seen.slowest, (now - healed) / 1_000_000);
      seen.slowestThen = Math.max(seen.slowestThen, (now - known) / 1_000_000);
    }
    seen.peaces++;
  }

  private static Map<String, String> ofDocument(Map<String, String> held) {
    String text = held.get(DOCUMENT);
    int begin = document("").length() - 2;
    return Map.of("n", text.substring(begin, text.length() - 2));
  }

  private static void schedule(Random random, long until, Seen seen) throws Exception {
    try (NatsServer server = NatsServer.open()) {
      server.start();
      try (TcpProxy proxy = TcpProxy.to(server.address());
          Bucketful bucket = Bucketful.create(server.address())) {
        bucket.put("k0", "v");
        bucket.put(DOCUMENT, document("v"));
        String at = "127.0.0.1:" + proxy.port();
        CountedSource tree = new CountedSource(NatsSource.tree(at, bucket.name(), "").name(NAME));
        CountedSource document =
            new CountedSource(NatsSource.document(at, bucket.name(), DOCUMENT, "json").name(NAME));
        try (Follower keys = Follower.of(tree, held -> held);
            Follower documents = Follower.of(document, NatsScheduleTest::ofDocument);
            Writer writer = new Writer(bucket, new Random(random.nextLong()))) {
          List<Follower> both = List.of(keys, documents);
          int most = seen.peaces + PEACES;
          do {
            round(random, server, proxy, writer, both, Awaiting.PATIENCE, seen);
          } while (seen.peaces < most && System.nanoTime() - until < 0);
        }
        Awaiting.equal(List.of(), NatsScheduleTest::threads);
        Awaiting.equal(0, () -> tree.running() + document.running());
        assertTrue(tree.begun() > 0 && document.begun() > 0);
        Awaiting.equal(0, proxy::open);
      }
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(NAME))
        .toList();
  }

  @Test
  @Tag("G2")
  @Tag("G6")
  @Tag("G8")
  @Timeout(value = 1, unit = TimeUnit.HOURS) // it takes as long as it is told to
  void faults_inAnyOrder_endWithWhatTheBucketHolds() throws Exception {
    Random random = new Random(SEED);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Seen seen = new Seen();
    try {
      do {
        schedule(random, until, seen);
      } while (System.nanoTime() - until < 0);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED + ", " + seen + ": " + e.getMessage(), e);
    }
    assertTrue(seen.peaces > 0);
    System.out.println("seed " + SEED + ": " + seen);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "WATCHES_ONCE", "SKIPS_WHAT_IT_MISSED"})
  void faults_inAnyOrder_showABug_andNoneWhereThereIsNone(SeededKvSource.Bug bug) throws Exception {
    if (bug == SeededKvSource.Bug.NONE) {
      seededSchedule(bug, WITHOUT_BUG);
    } else {
      assertThrows(AssertionFailedError.class, () -> seededSchedule(bug, Awaiting.PATIENCE));
    }
  }

  private static void seededSchedule(SeededKvSource.Bug bug, Duration duration) throws Exception {
    Random random = new Random(SEED);
    try (NatsServer server = NatsServer.open()) {
      server.start();
      try (TcpProxy proxy = TcpProxy.to(server.address());
          Bucketful bucket = Bucketful.create(server.address())) {
        bucket.put("k0", "v");
        bucket.put(DOCUMENT, document("v"));
        SeededKvSource source = new SeededKvSource(bug, proxy.address(), bucket.name(), DOCUMENT);
        long until = System.nanoTime() + duration.toNanos();
        try (Follower follower = Follower.of(source, held -> Map.of(DOCUMENT, held.get(DOCUMENT)));
            Writer writer = new Writer(bucket, new Random(random.nextLong()))) {
          do {
            round(random, server, proxy, writer, List.of(follower), LITTLE, new Seen());
          } while (System.nanoTime() - until < 0);
        }
      }
    }
  }
}
