package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ConfigStatus;
import dev.gimbal.KeyReport;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import dev.gimbal.bind.Conversions;
import dev.gimbal.source.Tasks;
import dev.gimbal.tree.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The loader that keeps everything in memory: runs the sources, and on its lane merges the layers,
 * checks the candidate, publishes the snapshot and tells the watchers.
 *
 * <p>Concurrency. Sources and applications hand inputs to the {@link Lane}; only the lane touches
 * the {@link Stepper} and writes {@link #published}. Readers read that one cell. Then the lane
 * offers it to the affected mailboxes and raises {@link #offered}: {@code docs/concurrency.md}.
 */
final class MemoryLoader implements Stepper.Publisher {

  private final Settings settings;
  private final Tasks tasks;
  private final Timers timers;
  private final Counters counters;
  private final Progress progress = new Progress();
  private final Statuses statuses = new Statuses();
  private final WatchTrie watchers = new WatchTrie();
  private final Renewal renewal;
  private final Dispatcher dispatcher;
  private final Lane lane =
      new Lane(
          e -> Log.warn(() -> "A bug in Gimbal: a step failed; the snapshot stays", e),
          drain -> tryExecute(Tasks.LANE, drain));
  private final @Nullable EngineTasks own;
  private final Verdicts verdicts;
  private final Checks checks;
  private final Stepper stepper;
  private final Intake intake;
  private final SourceControl sources;
  private final Shutdown shutdown;

  /**
   * Open subscriptions, for delivery, watchdog and close, and closed ones until their call has
   * ended. Changed by any thread.
   */
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  /** The current snapshot. Written by the lane only; read by any thread. */
  private volatile PublishedSnapshot published;

  /**
   * The last snapshots with what they were made of, the oldest first; a new one is here before it
   * is in {@link #published}. Written by the lane only; read by any thread.
   */
  private volatile List<KeptSnapshots.Kept> kept = List.of();

  /** The last version whose offers are made. Written by the lane only; read by any thread. */
  private volatile long offered;

  /** OPEN -> CLOSED close(). Written by who closes; read by any thread. */
  private volatile boolean closed;

  /** Whether the watchdog's timer is set, or would be if the Config were not closed. */
  @GuardedBy("deliveries")
  private boolean watchdog;

  MemoryLoader(
      Settings settings,
      Tasks tasks,
      @Nullable EngineTasks own,
      @Nullable Executor executor,
      Placeholders.Outside outside) {
    this.settings = settings;
    this.counters = new Counters(settings.trackReads());
    this.published =
        PublishedSnapshot.of(0, Candidate.NOTHING, Conversions.standard(), counters, 0);
    this.tasks = tasks;
    this.timers = new Timers(tasks);
    this.renewal = new Renewal(timers, watchers, this::published);
    this.own = own;
    this.dispatcher = new Dispatcher(tasks, timers, executor, counters);
    this.verdicts =
        new Verdicts(
            tasks, timers, work -> tryExecute(Tasks.CHECK, work), settings.limits().check());
    this.checks =
        new Checks(
            settings.conversions(),
            settings.userCode(),
            settings.owned(),
            verdicts,
            settings.secrets());
    List<Resources.Entry> entries = settings.userCode().resources();
    List<Declaration> declared = declared(settings.declared(), Resources.keys(entries));
    if (checks.callUserCode() || !entries.isEmpty() || anyCallsUserCode(declared)) {
      lane.moveOut();
    }
    this.stepper =
        new Stepper(
            declared,
            new Trial.Means(
                new Merger(),
                settings.policies(),
                outside,
                checks,
                new Resources(entries, verdicts, tasks)),
            statuses,
            this);
    this.intake = new Intake(this, stepper);
    this.sources = new SourceControl(this, stepper, intake);
    this.shutdown = new Shutdown(this, own);
  }

  /**
   * What is declared before the first step.
   *
   * @param required the keys among them whose values must stay once they are there
   */
  private List<Declaration> declared(List<Declaration.Key> keys, List<Declaration.Key> required) {
    List<Declaration> declared = new ArrayList<>();
    for (Declaration.Key key : keys) {
      Declaration declaration = new Declaration(key, checks.callUserCode(key.type()));
      if (required.contains(key)) {
        declaration.require();
      }
      declared.add(declaration);
    }
    return declared;
  }

  private static boolean anyCallsUserCode(List<Declaration> declared) {
    for (Declaration declaration : declared) {
      if (declaration.callsUserCode()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a task was taken over by a thread of its own. */
  boolean tryExecute(String name, Runnable task) {
    try {
      if (own != null) {
        return own.tryExecute(name, task);
      }
      tasks.execute(name, task);
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  // ---- read

  PublishedSnapshot published() {
    return published;
  }

  List<KeptSnapshots.Kept> kept() {
    return kept;
  }

  Stepper stepper() {
    return stepper;
  }

  /** Whether this loader published it. */
  boolean owns(PublishedSnapshot snapshot) {
    return snapshot.isOf(counters);
  }

  Settings settings() {
    return settings;
  }

  Tasks tasks() {
    return tasks;
  }

  long nanoTime() {
    return tasks.nanoTime();
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  Progress progress() {
    return progress;
  }

  Counters counters() {
    return counters;
  }

  Lane lane() {
    return lane;
  }

  WatchTrie watchers() {
    return watchers;
  }

  Statuses statuses() {
    return statuses;
  }

  boolean isClosed() {
    return closed;
  }

  /** Lane visits and trie visits so far, for the tests that count them. */
  long visits() {
    return lane.call(() -> stepper.visits() + watchers.visits());
  }

  // ---- publish (lane)

  /** The lane's. */
  @Override
  public long publish(Candidate before, Candidate candidate) {
    boolean first = published.version() == 0;
    boolean same = !first && candidate.tree() == before.tree();
    long pinned = stepper.pin().version();
    if (same && candidate.shows(before) && published.pinned() == pinned) {
      return published.version();
    }
    long version = same ? published.version() : published.version() + 1;
    PublishedSnapshot snapshot =
        PublishedSnapshot.of(version, candidate, settings.conversions(), counters, pinned);
    kept =
        KeptSnapshots.with(kept, new KeptSnapshots.Kept(snapshot, candidate), settings.history());
    published = snapshot;
    if (!same) {
      watchers.offer(before.tree(), candidate.tree(), snapshot);
      offered = version;
      progress.changed();
      renewal.published(version);
      warn(checks.warnings(stepper.known(), snapshot, before.tree()));
    }
    return version;
  }

  /** On a thread of its own: what takes the log may be slow. */
  private void warn(List<Problem> warnings) {
    if (!warnings.isEmpty()) {
      Runnable log = () -> Log.warn(() -> text(warnings), null);
      if (!tryExecute("log", log)) {
        log.run();
      }
    }
  }

  private static String text(List<Problem> warnings) {
    return warnings.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  // ---- sources

  Intake intake() {
    return intake;
  }

  SourceControl sources() {
    return sources;
  }

  /**
   * The one declaration of a key; it is declared if it is not yet.
   *
   * @param required whether the value must stay once it is there
   */
  Declaration declare(Declaration.Key key, boolean required) {
    Callbacks.refuseInCheck("declaring a key");
    refuseClosed();
    Declaration known = stepper.declared(key);
    if (known != null && (known.isRequired() || !required)) {
      return known;
    }
    boolean callsUserCode = checks.callUserCode(key.type());
    if (callsUserCode) {
      lane.moveOut();
    }
    return step(() -> stepper.declare(key, callsUserCode, required));
  }

  /**
   * Runs a step that an application asks for, and waits for it.
   *
   * @throws IllegalStateException when the Config is closed, or was while checks ran
   */
  <T> T step(Supplier<T> step) {
    return lane.call(
        () -> {
          refuseClosed();
          try {
            return step.get();
          } catch (ConfigException refused) {
            refuseClosed();
            throw refused;
          }
        });
  }

  KeyReport keys() {
    List<Declaration.Key> read = new ArrayList<>(stepper.declared());
    if (counters.reads != null) {
      read.addAll(counters.reads);
    }
    List<KeptSnapshots.Kept> all = kept;
    return KeyReporter.report(all.get(all.size() - 1), stepper.known(), checks.known(read));
  }

  List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>(stepper.warnings());
    warnings.addAll(checks.idlePrefixes(stepper.known()));
    warnings.addAll(checks.warnings(stepper.known(), published, ObjectNode.EMPTY));
    return List.copyOf(warnings);
  }

  // ---- watch

  /** Registers a receiver; from its registration on, or from the present, it misses nothing. */
  void register(Receiver receiver, List<ConfigPath> paths) {
    if (receiver instanceof Delivery delivery) {
      register(delivery); // before the first call can begin, so that close finds it
    }
    for (ConfigPath path : paths) {
      if (!watchers.add(path, receiver)) {
        receiver.end();
        deliveries.remove(receiver);
        throw closedException();
      }
    }
    receiver.offer(published);
  }

  void register(StatusSubscription subscription) {
    register((Delivery) subscription); // before the first call can begin, so that close finds it
    statuses.add(subscription);
    if (closed) {
      subscription.end();
    }
  }

  private void register(Delivery delivery) {
    deliveries.add(delivery);
    boolean first;
    synchronized (deliveries) {
      first = !watchdog;
      watchdog = true;
    }
    if (first) {
      scheduleWatchdog();
    }
    if (closed) {
      delivery.close();
      deliveries.remove(delivery);
      throw closedException();
    }
  }

  private void scheduleWatchdog() {
    Duration limit = settings.limits().slowListener();
    Duration period =
        limit.compareTo(Duration.ofSeconds(4)) > 0 ? Duration.ofSeconds(1) : limit.dividedBy(4);
    try {
      timers.schedule("watchdog", period, this::watchdog);
    } catch (RuntimeException | Error e) {
      synchronized (deliveries) {
        watchdog = false;
      }
      Log.warn(() -> "There is no timer to watch listeners; the next subscription asks again", e);
    }
  }

  private void watchdog() {
    long now = tasks.nanoTime();
    deliveries.forEach(delivery -> delivery.watch(now, settings.limits().slowListener()));
    boolean again;
    synchronized (deliveries) {
      again = !deliveries.isEmpty();
      watchdog = again;
    }
    if (again) {
      scheduleWatchdog();
    }
  }

  void forget(Receiver receiver, List<ConfigPath> paths) {
    paths.forEach(path -> watchers.remove(path, receiver));
    progress.changed();
  }

  void forget(StatusSubscription subscription) {
    statuses.remove(subscription);
  }

  Set<Delivery> deliveries() {
    return deliveries;
  }

  void awaitVersion(long version, Duration timeout) throws InterruptedException, TimeoutException {
    boolean came = progress.await(() -> closed || published.version() >= version, timeout);
    if (came && published.version() < version) {
      throw closedException();
    }
    if (!came) {
      throw new TimeoutException(
          "version "
              + version
              + " is not published within "
              + TextDuration.of(timeout)
              + "; the current one is "
              + published.version());
    }
  }

  void awaitDelivered(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    if (Callbacks.inside()) {
      throw new IllegalStateException(
          "awaitDelivered from inside a callback would wait for itself");
    }
    boolean came =
        progress.await(() -> isDelivered(version) || (closed && offered < version), timeout);
    if (came && offered < version) {
      throw closedException();
    }
    if (!came) {
      throw new TimeoutException(
          "version " + version + " is not delivered within " + TextDuration.of(timeout));
    }
  }

  private boolean isDelivered(long version) {
    if (offered < version) {
      return false;
    }
    for (Delivery delivery : deliveries) {
      if (delivery instanceof PushSubscription push && !push.isPast(version)) {
        return false;
      }
    }
    return true;
  }

  // ---- status and end

  ConfigStatus status() {
    List<SourceStatus> states = new ArrayList<>();
    sources.sessions().forEach(session -> states.add(session.status()));
    int receivers = Set.copyOf(watchers.receivers()).size();
    int pushes = (int) deliveries.stream().filter(PushSubscription.class::isInstance).count();
    return new ConfigStatus(
        published.version(),
        new KeptSnapshots(this).pinned(),
        closed,
        states,
        deliveries.size(),
        Math.max(0, receivers - pushes),
        counters.delivered.sum(),
        counters.listenerFailures.sum(),
        counters.slowListeners.sum(),
        counters.refusedHandoffs.sum());
  }

  void close() {
    shutdown.close();
  }

  /** Whatever begins from now on is refused. */
  void markClosed() {
    closed = true;
    timers.close();
    verdicts.close();
  }

  void refuseClosed() {
    if (closed) {
      throw closedException();
    }
  }

  static IllegalStateException closedException() {
    return new IllegalStateException("the Config is closed");
  }
}
