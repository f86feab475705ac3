package dev.gimbal.traces;

import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.Subscription;
import dev.gimbal.Value;
import dev.gimbal.Watcher;
import dev.gimbal.WatcherStoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One Config under load, within what {@code Engine.tla} models: two sources that change, fail and
 * are overtaken, watchers and subscriptions that come and go, readers, and maybe a close. Each is a
 * thread of its own. The seed says who does what; when, nobody says.
 */
final class Load {

  static final String WATCHED = "w." + Outside.FIRST;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SplittableRandom random;
  private final Bounds bounds;
  private final String loud;
  private final Pool pool;
  private final Tape tape = new Tape();
  private final List<Outside> sources = new ArrayList<>();
  private final ConcurrentLinkedQueue<Pulled> pulled = new ConcurrentLinkedQueue<>();
  private final CountDownLatch start = new CountDownLatch(1);
  private final AtomicInteger changing = new AtomicInteger();
  private final AtomicInteger registering = new AtomicInteger();
  private final Config config;
  private boolean hangs;

  private record Pulled(String name, Watcher watcher) {}

  private interface Part {
    void act(SplittableRandom random) throws Exception;
  }

  Load(long seed, Bounds bounds, String loud, Pool pool) {
    this.loud = loud;
    this.pool = pool;
    this.random = new SplittableRandom(seed);
    this.bounds = bounds;
    Config.Builder builder = Config.builder().tasks(pool).closeTimeout(Duration.ofSeconds(2));
    for (String name : Bounds.SOURCES) {
      Outside source = new Outside(name, Trace.comesBack(seed));
      sources.add(source);
      builder.source(source);
    }
    this.config = builder.build();
  }

  /** Does it; the calls of each thread. */
  List<List<Call>> run() throws InterruptedException {
    pool.awaitQuiet(PATIENCE);
    boolean closes = random.nextInt(3) == 0;
    for (String watcher : bounds.watchers()) {
      if (random.nextInt(8) > 0) {
        registering.incrementAndGet();
        part(random, own -> watch(watcher, own));
      }
    }
    for (String subscription : bounds.subscriptions()) {
      if (random.nextInt(8) > 0) {
        registering.incrementAndGet();
        part(random, own -> subscribe(subscription, own));
      }
    }
    sources.forEach(this::source);
    if (random.nextInt(2) == 0) {
      part(random, this::read);
    }
    if (closes) {
      part(random, this::close);
    }
    Noise.make(random, loud);
    Tape.insert(tape);
    start.countDown();
    hangs = !pool.awaitQuiet(PATIENCE);
    Noise.none();
    for (Pulled each : pulled) {
      drain(each);
    }
    observe();
    Tape.remove();
    config.close();
    hangs |= !pool.awaitQuiet(PATIENCE);
    return tape.roots();
  }

  /** Whether some of its threads have not ended. */
  boolean hangs() {
    return hangs;
  }

  private void part(SplittableRandom parent, Part part) {
    SplittableRandom own = parent.split();
    pool.act(
        () -> {
          start.await();
          part.act(own);
          return true;
        });
  }

  private void source(Outside source) {
    int changes = 1 + random.nextInt(bounds.changes());
    int faults = random.nextInt(2);
    boolean waits = random.nextInt(3) > 0;
    changing.incrementAndGet();
    part(random, own -> source.session(own, faults));
    part(
        random,
        own -> {
          if (waits) {
            Pause.until(() -> registering.get() == 0);
          }
          for (int i = 0; i < changes; i++) {
            Pause.some(own);
            source.change();
            if (own.nextInt(4) > 0) {
              source.awaitRead();
            }
          }
          if (changing.decrementAndGet() == 0) {
            sources.forEach(Outside::still);
          }
        });
    if (random.nextInt(3) == 0) {
      part(
          random,
          own -> {
            Pause.some(own);
            source.overtaken(own);
          });
    }
  }

  private void watch(String name, SplittableRandom own) throws Exception {
    Pause.some(own);
    Value since = Tape.call("get", name, () -> config.get(WATCHED));
    Pause.some(own);
    Watcher watcher;
    try {
      watcher = Tape.call("watch", name, () -> config.watch(since));
    } catch (IllegalStateException closed) {
      return;
    } finally {
      registering.decrementAndGet();
    }
    Pulled it = new Pulled(name, watcher);
    pulled.add(it);
    boolean stops = own.nextInt(3) == 0;
    if (stops && own.nextBoolean()) {
      part(own, other -> stop(name, watcher::stop, other));
      stops = false;
    }
    for (int i = own.nextInt(8); i > 0; i--) {
      next(it, Duration.ofNanos(own.nextInt(2_000_000)));
      Pause.upTo(40, own);
    }
    if (stops) {
      stop(name, watcher::stop, own);
    }
  }

  private static boolean next(Pulled it, Duration timeout) throws Exception {
    try {
      return Tape.call("next", it.name, () -> it.watcher.next(timeout)).isPresent();
    } catch (WatcherStoppedException stopped) {
      return false;
    }
  }

  private static void drain(Pulled it) {
    try {
      while (next(it, Duration.ZERO)) {}
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(String name, Runnable stop, SplittableRandom own) throws Exception {
    Pause.upTo(100, own);
    Tape.call(
        "stop",
        name,
        () -> {
          stop.run();
          return true;
        });
  }

  private void subscribe(String name, SplittableRandom own) throws Exception {
    Pause.some(own);
    Subscription subscription;
    try {
      subscription =
          Tape.call("onChange", name, () -> config.onChange("w", change -> listen(name, change)));
    } catch (IllegalStateException closed) {
      return;
    } finally {
      registering.decrementAndGet();
    }
    if (own.nextInt(3) > 0) {
      stop(name, subscription::close, own);
    }
  }

  private static void listen(String name, Change change) throws Exception {
    Tape.call(
        "listen",
        name,
        () -> {
          SplittableRandom own = new SplittableRandom(name.hashCode() + change.version());
          Pause.upTo(1 + own.nextInt(80), own);
          return change;
        });
  }

  private void read(SplittableRandom own) throws Exception {
    for (int i = own.nextInt(4); i >= 0; i--) {
      Pause.some(own);
      observe();
    }
  }

  private void observe() {
    try {
      Tape.call("observe", "", config::snapshot);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void close(SplittableRandom own) throws Exception {
    long late = Tape.now() + own.nextInt(300);
    Pause.until(() -> Tape.now() >= late);
    sources.forEach(Outside::still);
    Tape.call(
        "close",
        "",
        () -> {
          config.close();
          return true;
        });
  }
}
