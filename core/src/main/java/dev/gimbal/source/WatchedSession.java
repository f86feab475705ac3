package dev.gimbal.source;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Fingerprint.Presence;
import dev.gimbal.source.Outcome.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file or folder and watches it.
 *
 * <p>Concurrency: everything happens in steps, one at a time ({@link Steps}); fields without a word
 * belong to them. Events, timers and {@link #reload} only ask for a step. {@link #close} waits for
 * none: a step that hangs in I/O finds the session closed when it returns.
 *
 * <p>Ordering: a step looks, waits until what it saw may be read, reads, and looks again; if that
 * differs, it begins anew. Revisions are counted in the steps, so an older content never has a
 * higher one, whether it was watched or reloaded. Events are opened after the first answer, and
 * each newly watched folder makes the step look again, so that no change falls between.
 *
 * <p>Failure: {@link Settling} says when it counts. Whatever a step throws is reported, and the
 * next one comes with the timer.
 */
final class WatchedSession implements Session {

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration BREATH = Duration.ofMillis(10);
  private static final int ATTEMPTS = 10;

  private final WatchOptions options;
  private final Target target;
  private final Sink sink;
  private final Events.Factory eventsFactory;
  private final DoubleSupplier random;
  private final Steps steps;
  private final Settling settling;
  private final Answers answers;
  private final OutcomeReader reader;

  /** Whether a step was asked for that has not begun. Set by any thread, cleared by the step. */
  private final AtomicBoolean asked = new AtomicBoolean();

  private Duration retry = FIRST_RETRY;
  private boolean eventsTried;
  private boolean saidNoEvents;

  /** Opened by a step, closed by {@link #close} or by the step that finds the session closed. */
  private volatile @Nullable Events events;

  /** The next look. Written by steps, read by {@link #close}. */
  private volatile Tasks.@Nullable Cancellable timer;

  /** Written by {@link #close}, read by any thread. */
  private volatile boolean closed;

  /**
   * @param random of each value from 0 to 1, that spreads retries
   */
  WatchedSession(
      WatchOptions options,
      Target target,
      Sink sink,
      Events.Factory eventsFactory,
      DoubleSupplier random) {
    this.options = options;
    this.target = target;
    this.sink = sink;
    this.eventsFactory = eventsFactory;
    this.random = random;
    this.steps = Steps.of(options.name());
    this.settling = new Settling(options.stillFor(), options.settleFor());
    this.answers = new Answers(options.onMissing(), sink);
    this.reader = new OutcomeReader(options, target, settling, answers);
  }

  static Session open(WatchOptions options, Target target, Sink sink) {
    Events.Factory events =
        changed -> DirectoryEvents.open(options.path(), options.name(), sink.tasks(), changed);
    WatchedSession session =
        new WatchedSession(options, target, sink, events, sink.tasks()::random);
    session.changed();
    return session;
  }

  /** Something may have changed: asks for a step. */
  void changed() {
    if (!closed && asked.compareAndSet(false, true)) {
      try {
        sink.tasks().execute(options.name(), this::nextStep);
      } catch (RuntimeException | Error e) {
        asked.set(false); // the next sign asks again
        throw e;
      }
    }
  }

  private void nextStep() {
    steps.run(this::step);
  }

  @Override
  public void reload(Sink to) {
    Asker asker = new Asker(to);
    try {
      steps.run(
          () -> {
            answers.ask(asker);
            step();
          });
      asker.await();
    } finally {
      asker.release();
      steps.run(() -> answers.withdraw(asker));
    }
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) {
    target.edit(edit, check);
  }

  @Override
  public void close() {
    closed = true;
    Tasks.Cancellable waiting = timer;
    if (waiting != null) {
      waiting.cancel();
    }
    Events open = events;
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      steps.run(answers::dropAskers);
    }
  }

  private void step() {
    asked.set(false);
    if (closed) {
      answers.dropAskers();
      return;
    }
    Tasks.Cancellable waiting = timer;
    if (waiting != null) {
      waiting.cancel();
    }
    Duration next = options.period();
    try {
      next = advance();
    } catch (RuntimeException | AssertionError | VirtualMachineError | LinkageError e) {
      answers.answer(Outcome.of(Kind.UNREADABLE, SourceErrors.unexpected(options, e)));
    } finally {
      arm(next);
    }
  }

  private void arm(Duration delay) {
    boolean once = !sink.watching() || isStream();
    if (closed || once && !answers.isAwaited()) {
      return;
    }
    timer = sink.tasks().schedule(options.name(), delay, this::nextStep);
    if (closed) {
      close();
    }
  }

  private boolean isStream() {
    Fingerprint seen = settling.seen();
    return seen != null && seen.presence() == Presence.STREAM;
  }

  /** Goes as far as it can now; says when to go on. */
  private Duration advance() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Fingerprint seen = look();
      if (settling.isKnown() && !answers.isAwaited()) {
        return options.period();
      }
      Duration wait = settling.untilStill(nanoTime(), sink.tasks().now(), answers.isAwaited());
      if (!wait.isZero()) {
        return wait;
      }
      long readAt = nanoTime();
      Outcome outcome = read(seen);
      if (outcome == null) {
        continue;
      }
      wait = untilBelieved(outcome);
      if (!wait.isZero()) {
        return wait;
      }
      settling.believed(outcome, readAt);
      answers.answer(outcome);
      if (!openEvents()) {
        return idle(outcome);
      }
    }
    return BREATH;
  }

  /** Reads what was seen; null if it changed meanwhile, or more must be looked at. */
  private @Nullable Outcome read(Fingerprint seen) {
    OutcomeReader.Attempt attempt = reader.read(seen);
    if (seen.presence() == Presence.PRESENT && !look().equals(seen)) {
      return null;
    }
    Outcome outcome = reader.outcome(attempt, nanoTime());
    return seen.presence() == Presence.PRESENT && target.wantsMore() ? null : outcome;
  }

  private Duration untilBelieved(Outcome outcome) {
    Outcome told = answers.told();
    return outcome.sameAs(told)
        ? Duration.ZERO
        : settling.untilBelieved(outcome, nanoTime(), sink.tasks().now(), told == null);
  }

  private Duration idle(Outcome outcome) {
    Duration period = options.period();
    if (outcome.kind() == Kind.UNREADABLE) {
      Duration wait = spread(min(retry, period));
      retry = min(retry.multipliedBy(2), period);
      return wait;
    }
    retry = FIRST_RETRY;
    Duration untilKnown = settling.untilKnown(nanoTime());
    return untilKnown.isZero() ? period : min(untilKnown, period);
  }

  /** At most this long and at least half of it, so that many do not retry at once. */
  private Duration spread(Duration wait) {
    long half = wait.toNanos() / 2;
    return wait.minusNanos((long) (half * random.getAsDouble()));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private long nanoTime() {
    return sink.tasks().nanoTime();
  }

  /** Looks, and watches the folders that the look went through; looks again after a new one. */
  private Fingerprint look() {
    long mark = mark();
    Look look = target.look();
    for (int attempt = 0; attempt < ATTEMPTS && watch(look); attempt++) {
      mark = mark();
      look = target.look();
    }
    Events open = events;
    Set<Path> renamed = open == null ? Set.of() : open.renamedSince(settling.baseMark());
    settling.saw(look.fingerprint(), nanoTime(), mark, renamed);
    return look.fingerprint();
  }

  private long mark() {
    Events open = events;
    return open == null ? 0 : open.mark();
  }

  private boolean watch(Look look) {
    Events open = events;
    try {
      return open != null && open.watch(look.folders());
    } catch (IOException e) {
      sayNoEvents(e);
      return false;
    }
  }

  /** Opens the events, once; whether it did, so that it must be looked again. */
  private boolean openEvents() {
    if (eventsTried || closed || options.poll() != null || !sink.watching() || isStream()) {
      return false;
    }
    eventsTried = true;
    try {
      Events opened = eventsFactory.open(this::changed);
      events = opened;
      if (closed) {
        opened.close();
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      sayNoEvents(e);
      return false;
    }
  }

  private void sayNoEvents(Exception e) {
    if (!saidNoEvents && !closed) {
      saidNoEvents = true;
      System.getLogger("dev.gimbal.source")
          .log(
              System.Logger.Level.INFO,
              "source \"{0}\": not all file system events ({1}); looking every {2} besides",
              options.name(),
              e instanceof IOException io ? SourceErrors.reason(io) : e.toString(),
              options.period());
    }
  }
}
