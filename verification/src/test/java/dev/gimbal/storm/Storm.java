package dev.gimbal.storm;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.Subscription;
import dev.gimbal.source.MemorySource;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One round of the storm over one Config: sources publish at full speed, sources come and go, a
 * file is rewritten, watchers and subscriptions are opened and stopped; then it is quiet, and
 * everybody who is left must know the last value; then it is closed, and nobody hears more.
 */
final class Storm {

  static final int SOURCES = 3;

  /** What nothing here ever needs, on a busy machine either. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CHURNERS = 4;
  private static final String FILE_KEY = "file.n";

  private final Findings findings;
  private final long seed;

  /** How long who waits may take to wake up. */
  private final Duration patience;

  private final Path file;

  /** As it was built; the one below may be wrapped around it. */
  private final Config built;

  private final Config config;
  private final List<MemorySource> sources = new ArrayList<>();
  private final MemorySource echo = Sources.memory("echo");
  private final AtomicInteger echoes = new AtomicInteger();
  private final AtomicInteger callsUnderWay = new AtomicInteger();
  private final List<Thread> actors = new ArrayList<>();

  /** The last write of each source. Written by its writer, read by others after that ended. */
  private final long[] written = new long[SOURCES];

  /** Subscriptions that anybody may close from inside a callback. */
  private final Queue<Subscription> victims = new ConcurrentLinkedQueue<>();

  private final Queue<Survivor> survivors = new ConcurrentLinkedQueue<>();

  private volatile boolean raging = true;

  /** Whether close has returned. */
  private volatile boolean closed;

  /**
   * @param executor for listeners; null for the Config's own threads
   * @param wrap puts a seeded bug around the Config, or does nothing
   * @param patience how long who waits may take to wake up when it closes
   */
  Storm(
      Path folder,
      @Nullable Executor executor,
      UnaryOperator<Config> wrap,
      Findings findings,
      long seed,
      Duration patience)
      throws IOException {
    this.findings = findings;
    this.seed = seed;
    this.patience = patience;
    this.file = folder.resolve("storm-" + seed + ".properties");
    writeFile(0);
    Map<String, String> copies = new HashMap<>();
    for (int i = 0; i < SOURCES; i++) {
      copies.put(Written.copyKey(i), "${" + Written.key(i) + ".sum:-1}");
    }
    Config.Builder builder =
        Config.builder()
            .source(Sources.string("copies", "properties", properties(copies)))
            .source(Sources.file(file))
            .source(echo)
            .closeTimeout(PATIENCE)
            .startTimeout(PATIENCE);
    for (int i = 0; i < SOURCES; i++) {
      MemorySource source = Sources.memory(Written.key(i));
      long version = source.patch(Written.patch(i, 0));
      assert version == 0;
      sources.add(source);
      builder.source(source);
    }
    if (executor != null) {
      builder.executor(executor);
    }
    this.built = builder.build();
    this.config = wrap.apply(built);
  }

  private static String properties(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 1 << 18);
    thread.setDaemon(true);
    return thread;
  }

  // ---- what everybody asks

  Findings findings() {
    return findings;
  }

  Config config() {
    return config;
  }

  boolean isRaging() {
    return raging;
  }

  boolean isClosed() {
    return closed;
  }

  void callBegins() {
    callsUnderWay.incrementAndGet();
  }

  void callEnds() {
    callsUnderWay.decrementAndGet();
  }

  void survives(Survivor survivor) {
    survivors.add(survivor);
    findings.did(Deed.SURVIVED);
  }

  int survivorCount() {
    return survivors.size();
  }

  void mayBeClosed(Subscription subscription) {
    victims.add(subscription);
  }

  /** A write from inside a callback. */
  void echo() {
    findings.did(Deed.WROTE);
    echo.put("echo.n", echoes.incrementAndGet());
  }

  void closeAnother() {
    Subscription victim = victims.poll();
    if (victim != null) {
      findings.did(Deed.CLOSED_ANOTHER);
      victim.close();
    }
  }

  /** Whether a snapshot was written so. */
  void look(Snapshot snapshot) {
    findings.did(Deed.SNAPSHOT);
    for (int i = 0; i < SOURCES; i++) {
      String fault = Written.fault(i, snapshot.get(Written.key(i)));
      if (fault == null) {
        fault =
            Written.copyFault(
                snapshot.get(Written.key(i) + ".sum"), snapshot.get(Written.copyKey(i)));
      }
      if (fault != null) {
        findings.broken(Broken.ATOMIC, fault);
      }
    }
  }

  // ---- the storm

  void rage(Duration length) throws InterruptedException {
    for (int i = 0; i < SOURCES; i++) {
      int source = i;
      act("writer", () -> write(source));
    }
    act("file", this::rewrite);
    act("sources", this::addAndRemove);
    act("reader", this::read);
    for (int i = 0; i < CHURNERS; i++) {
      act("churner", new Churner(this, seed * CHURNERS + i)::churn);
    }
    TimeUnit.NANOSECONDS.sleep(length.toNanos()); // that is how long the storm takes
    raging = false;
    for (Thread actor : actors) {
      actor.join(PATIENCE.toMillis());
      if (actor.isAlive()) {
        findings.broken(Broken.STOP, actor.getName() + " has not ended");
      }
    }
  }

  private void act(String name, Runnable task) {
    Thread actor =
        thread(
            "storm-" + name,
            () -> {
              try {
                task.run();
              } catch (RuntimeException | Error e) {
                findings.broken(Broken.UNHARMED, name + " was thrown " + e);
              }
            });
    actors.add(actor);
    actor.start();
  }

  private void write(int source) {
    long version = 0;
    while (raging) {
      long n = ++written[source];
      long shown = sources.get(source).patch(Written.patch(source, n));
      findings.did(Deed.PUBLISHED);
      if (shown <= version) {
        findings.broken(Broken.IN_ORDER, "a write is shown by " + shown + " after " + version);
      }
      version = shown;
    }
  }

  private void rewrite() {
    for (long n = 1; raging; n++) {
      writeFile(n);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // a file changes more slowly
    }
  }

  private void writeFile(long n) {
    try {
      Path next = Path.of(file + ".next");
      Files.writeString(next, FILE_KEY + "=" + n + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void addAndRemove() {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; raging; i++) {
      MemorySource extra = Sources.memory("extra" + i);
      extra.put("extra.n", i);
      long added = config.add(extra);
      long changed = extra.put("extra.n", -i - 1);
      long removed = config.remove("extra" + i);
      if (added > changed || changed >= removed) {
        findings.broken(Broken.IN_ORDER, added + " added, " + changed + ", removed " + removed);
      }
      findings.did(Deed.ADDED);
      if (random.nextInt(4) == 0) {
        refuseTwin();
        config.reload();
        findings.did(Deed.RELOADED);
      }
    }
  }

  private void refuseTwin() {
    try {
      config.add(Sources.memory(Written.key(0)));
      findings.broken(Broken.UNHARMED, "a second source of one name was added");
    } catch (ConfigException expected) {
      findings.did(Deed.REFUSED);
    }
  }

  private void read() {
    long version = 0;
    while (raging) {
      Snapshot snapshot = config.snapshot();
      if (snapshot.version() < version) {
        findings.broken(Broken.IN_ORDER, "read " + snapshot.version() + " after " + version);
      }
      version = snapshot.version();
      look(snapshot);
    }
  }

  // ---- quiet

  /** Writes once more where nobody else does, and looks what everybody knows. */
  void quiet() throws InterruptedException, TimeoutException {
    calm();
    new Prober(config, echo, findings).probe();
    for (int i = 0; i < SOURCES; i++) {
      long n = ++written[i];
      sources.get(i).patch(Written.patch(i, n));
    }
    writeFile(Long.MAX_VALUE);
    long version = config.reload();
    config.awaitVersion(version, PATIENCE);
    calm();
    Snapshot last = config.snapshot();
    look(last);
    for (int i = 0; i < SOURCES; i++) {
      long seen = Written.number(last.get(Written.key(i)));
      if (seen != written[i]) {
        findings.broken(Broken.LATEST, "get answers " + seen + ", written was " + written[i]);
      }
    }
    if (last.get(FILE_KEY).asLong() != Long.MAX_VALUE) {
      findings.broken(Broken.LATEST, "the file is read as " + last.get(FILE_KEY).asLong());
    }
    for (Survivor survivor : survivors) {
      survivor.expect(last, findings);
    }
  }

  /** Waits until every call has ended and no version comes any more. */
  private void calm() throws InterruptedException, TimeoutException {
    long version;
    do {
      version = config.snapshot().version();
      config.awaitDelivered(version, PATIENCE);
    } while (callsUnderWay.get() > 0 || version != config.snapshot().version());
  }

  // ---- the end

  /** Closes it while somebody waits for each kind of thing, twice at once. */
  void close() throws InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    for (Survivor survivor : survivors) {
      survivor.startWaiting(findings, waiting);
    }
    Thread other = thread("storm-closer", config::close);
    other.start();
    config.close();
    closed = true;
    if (callsUnderWay.get() > 0) {
      findings.broken(Broken.STOP, "calls go on after close");
    }
    other.join(PATIENCE.toMillis());
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : waiting) {
      thread.join(1 + Math.max(0, deadline - System.nanoTime()) / 1_000_000);
      if (thread.isAlive()) {
        findings.broken(Broken.STOP, "close has not woken who waits");
        thread.interrupt();
      }
    }
    lookWhenClosed();
  }

  private void lookWhenClosed() {
    if (Written.number(config.get(Written.key(0))) != written[0]) {
      findings.broken(Broken.STOP, "the closed Config answers something else");
    }
    refused("a watcher", () -> config.watch(Written.key(0)));
    refused("a subscription", () -> config.onChange(Written.key(0), change -> {}));
    refused("a write", () -> echo.put("echo.n", -1));
    refused("a reload", config::reload);
  }

  private void refused(String what, Runnable attempt) {
    try {
      attempt.run();
      findings.broken(Broken.STOP, "the closed Config took " + what);
    } catch (IllegalStateException expected) {
      // So it must be.
    }
  }

  /** Ends what a seeded bug did not. */
  void abandon() {
    raging = false;
    built.close();
  }

  /** What must be collected once nobody holds the storm. */
  List<WeakReference<?>> references() {
    List<WeakReference<?>> all = new ArrayList<>();
    all.add(new WeakReference<>(built));
    survivors.forEach(survivor -> all.add(survivor.reference()));
    return all;
  }
}
