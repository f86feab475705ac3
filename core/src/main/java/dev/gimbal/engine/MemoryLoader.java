package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ConfigStatus;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The loader that keeps everything in memory: runs the sources, and on its lane merges the layers,
 * checks the candidate, publishes the snapshot and tells the watchers.
 *
 * <p>Concurrency. Sources and applications hand inputs to the {@link Lane}; only the lane touches
 * the {@link Stepper} and writes {@link #published}. Readers read that one cell. After writing it
 * the lane offers the snapshot to the affected mailboxes and then raises {@link #offered}. {@code
 * docs/concurrency.md} is the map.
 */
final class MemoryLoader {

  private final Settings settings;
  private final Tasks tasks;
  private final Counters counters = new Counters();
  private final Progress progress = new Progress();
  private final Statuses statuses = new Statuses();
  private final WatchTrie watchers = new WatchTrie();
  private final Dispatcher dispatcher;
  private final Lane lane =
      new Lane(
          e -> Log.warn(() -> "A bug in Gimbal: a step failed; the snapshot stays", e),
          this::handOver);
  private final @Nullable EngineTasks own;
  private final Stepper stepper;
  private final Shutdown shutdown;

  /** Open subscriptions, for delivery, watchdog and close. Changed by any thread. */
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

  /** The current snapshot. Written by the lane only; read by any thread. */
  private volatile PublishedSnapshot published =
      new PublishedSnapshot(0, Placeholders.EMPTY.merged(), Placeholders.EMPTY.tree(), List.of());

  /** The last version whose offers are made. Written by the lane only; read by any thread. */
  private volatile long offered;

  /** OPEN -> CLOSED close(). Written by who closes; read by any thread. */
  private volatile boolean closed;

  /** Whether the watchdog's timer runs. */
  @GuardedBy("deliveries")
  private boolean watchdog;

  MemoryLoader(
      Settings settings,
      Tasks tasks,
      @Nullable EngineTasks own,
      @Nullable Executor executor,
      Placeholders.Outside outside) {
    this.settings = settings;
    this.tasks = tasks;
    this.own = own;
    this.dispatcher = new Dispatcher(tasks, executor, counters);
    this.stepper = new Stepper(settings.policies(), outside, statuses, this::publish);
    this.shutdown = new Shutdown(this, own);
  }

  /** Lets another thread go on with the lane's work; false when there is none to be had. */
  private boolean handOver(Runnable drain) {
    try {
      if (own != null) {
        return own.tryExecute("lane", drain);
      }
      tasks.execute("lane", drain);
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  // ---- read

  PublishedSnapshot published() {
    return published;
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

  private long publish(Candidate before, Candidate candidate) {
    boolean first = published.version() == 0;
    boolean same = !first && candidate.tree() == before.tree();
    if (same && candidate.views().equals(before.views())) {
      return published.version();
    }
    long version = same ? published.version() : published.version() + 1;
    PublishedSnapshot snapshot =
        new PublishedSnapshot(version, candidate.top(), candidate.tree(), candidate.views());
    published = snapshot;
    if (!same) {
      watchers.offer(before.tree(), candidate.tree(), snapshot);
      offered = version;
      progress.changed();
    }
    return version;
  }

  // ---- inputs

  /** Takes over what a source said. Waits only while too much of that source's waits already. */
  void take(SourceSession session, Said said) {
    if (session.inbox().put(said)) {
      lane.submit(() -> drain(session));
    }
  }

  /** Deals with all that a source said, in order; changes that follow each other share a step. */
  private void drain(SourceSession session) {
    List<Input> inputs = new ArrayList<>();
    for (Said said : session.inbox().takeAll()) {
      if (said instanceof Input input) {
        inputs.add(input);
      } else {
        change(session, inputs);
        inputs.clear();
        tell(session, said);
      }
    }
    change(session, inputs);
  }

  private void change(SourceSession session, List<Input> inputs) {
    if (inputs.isEmpty()) {
      return;
    }
    if (isJoined(session)) {
      session.answer(SourceSession.Answer.GOOD);
      ConfigException told = apply(List.copyOf(inputs));
      assert told == null || !told.problems().isEmpty();
    } else {
      inputs.forEach(session::takeEarly);
    }
  }

  private void tell(SourceSession session, Said said) {
    if (said instanceof Said.Absent absent) {
      absent(session, absent.why());
    } else if (said instanceof Said.Failed failed) {
      failed(session, failed.why());
    } else if (said instanceof Said.Degraded degraded) {
      statuses.degraded(session, degraded.why());
    } else {
      session.forgetRevision();
    }
  }

  private boolean isJoined(SourceSession session) {
    return stepper.layers().indexOf(session) >= 0;
  }

  /** What was refused: the source's status tells, no caller waits for it. Null when nothing was. */
  private @Nullable ConfigException apply(List<Input> inputs) {
    try {
      long version = closed ? 0 : stepper.apply(inputs, published.version());
      assert version >= 0;
      return null;
    } catch (ConfigException refused) {
      return refused;
    }
  }

  long write(Input input) {
    Callbacks.refuseInCheck("a write");
    return lane.call(
        () -> {
          refuseClosed();
          if (!isJoined(input.session())) {
            input.session().takeEarly(input);
            return published.version();
          }
          return stepper.apply(List.of(input), published.version());
        });
  }

  private void absent(SourceSession session, ConfigException why) {
    SourceStatus.State state = missing(session);
    if (!isJoined(session)) {
      statuses.failed(session, state, why);
      session.answer(new SourceSession.Answer(why));
      return;
    }
    ConfigException refused = apply(List.of(Input.absent(session)));
    List<Problem> problems = new ArrayList<>(why.problems());
    if (refused != null) {
      problems.addAll(refused.problems());
    }
    statuses.failed(session, state, new ConfigException(problems, why.getCause()));
  }

  private void failed(SourceSession session, ConfigException why) {
    statuses.failed(session, missing(session), why);
    if (Start.isFinal(session, why, settings.watching())) {
      session.answer(new SourceSession.Answer(why));
    }
  }

  private static SourceStatus.State missing(SourceSession session) {
    return session.hasAnswered() ? SourceStatus.State.DEGRADED : SourceStatus.State.DOWN;
  }

  // ---- control

  /** Opens sources and puts their layers on top, as one step. All or nothing. */
  long add(List<Source> sources) {
    Callbacks.refuseInCheck("adding a source");
    refuseClosed();
    List<SourceSession> sessions = new ArrayList<>();
    for (Source source : sources) {
      sessions.add(new SourceSession(this, source));
    }
    boolean joined = false;
    try {
      Start.await(sessions, settings.startTimeout());
      long version = lane.call(() -> join(sessions));
      joined = true;
      return version;
    } finally {
      if (!joined) {
        SourceSession.closeAll(sessions, tasks, settings.closeTimeout());
      }
    }
  }

  private long join(List<SourceSession> sessions) {
    refuseClosed();
    Layers next = stepper.layers();
    for (SourceSession session : sessions) {
      Start.refuseTwin(next, session.name());
      next = next.with(new Layer(session, session.early(), session.early()));
    }
    long version = stepper.replaceLayers(next);
    for (SourceSession session : sessions) {
      if (session.hasAnswered() && session.status().reason() == null) {
        statuses.accepted(session, session.earlyRevision());
      }
    }
    return version;
  }

  long remove(String name) {
    Callbacks.refuseInCheck("removing a source");
    SourceSession[] removed = new SourceSession[1];
    long version =
        lane.call(
            () -> {
              refuseClosed();
              removed[0] = find(name);
              return stepper.replaceLayers(stepper.layers().without(removed[0]));
            });
    SourceSession.closeAll(List.of(removed[0]), tasks, settings.closeTimeout());
    return version;
  }

  private SourceSession find(String name) {
    for (Layer layer : stepper.layers().all()) {
      if (layer.session().name().equals(name)) {
        return layer.session();
      }
    }
    throw new IllegalArgumentException("no source \"" + name + "\"");
  }

  long reload() {
    Callbacks.refuseInCheck("a reload");
    refuseClosed();
    List<SourceSession> sessions = sessions();
    List<Problem> problems = new ArrayList<>();
    List<Input> inputs = Reload.collect(sessions, tasks, settings.startTimeout(), problems);
    long version =
        lane.call(
            () -> {
              refuseClosed();
              try {
                return stepper.apply(inputs, published.version());
              } catch (ConfigException e) {
                problems.addAll(e.problems());
                return published.version();
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return version;
  }

  List<SourceSession> sessions() {
    return lane.call(() -> stepper.layers().all().stream().map(Layer::session).toList());
  }

  void declare(Declaration declaration) {
    Callbacks.refuseInCheck("declaring a key");
    lane.<Boolean>call(
        () -> {
          refuseClosed();
          stepper.declare(declaration);
          return true;
        });
  }

  List<Problem> warnings() {
    return lane.call(() -> stepper.warnings(null));
  }

  // ---- watch

  /** Registers a receiver; from its registration on, or from the present, it misses nothing. */
  void register(Receiver receiver, List<ConfigPath> paths) {
    for (ConfigPath path : paths) {
      if (!watchers.add(path, receiver)) {
        receiver.end();
        throw closedException();
      }
    }
    if (receiver instanceof Delivery delivery) {
      register(delivery);
    }
    receiver.offer(published);
  }

  void register(StatusSubscription subscription) {
    statuses.add(subscription);
    register((Delivery) subscription);
  }

  private void register(Delivery delivery) {
    deliveries.add(delivery);
    synchronized (deliveries) {
      if (!watchdog) {
        watchdog = true;
        scheduleWatchdog();
      }
    }
    if (closed) {
      delivery.close();
      deliveries.remove(delivery);
      throw closedException();
    }
  }

  private void scheduleWatchdog() {
    Duration limit = settings.slowListenerAfter();
    Duration period =
        limit.compareTo(Duration.ofSeconds(4)) > 0 ? Duration.ofSeconds(1) : limit.dividedBy(4);
    tasks.schedule("watchdog", period, this::watchdog);
  }

  private void watchdog() {
    long now = tasks.nanoTime();
    deliveries.forEach(delivery -> delivery.watch(now, settings.slowListenerAfter()));
    synchronized (deliveries) {
      watchdog = !deliveries.isEmpty() && !closed;
      if (watchdog) {
        scheduleWatchdog();
      }
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
    if (!progress.await(() -> published.version() >= version, timeout)) {
      throw new TimeoutException(
          "version "
              + version
              + " is not published within "
              + timeout
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
    if (!progress.await(() -> isDelivered(version), timeout)) {
      throw new TimeoutException("version " + version + " is not delivered within " + timeout);
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
    List<SourceStatus> sources = new ArrayList<>();
    sessions().forEach(session -> sources.add(session.status()));
    int receivers = Set.copyOf(watchers.receivers()).size();
    int pushes = (int) deliveries.stream().filter(PushSubscription.class::isInstance).count();
    return new ConfigStatus(
        published.version(),
        closed,
        sources,
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

  /** From now on nothing is taken over; steps under way have ended when this returns. */
  List<SourceSession> stopTaking() {
    closed = true;
    List<SourceSession> sessions = sessions();
    sessions.forEach(SourceSession::refuse);
    return sessions;
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
