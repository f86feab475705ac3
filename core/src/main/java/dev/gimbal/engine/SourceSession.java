package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source at work: its sink, and what the lane knows of it. Whatever it takes goes to the lane in
 * one order. Its beginning and end are its {@link SessionLife}'s.
 */
final class SourceSession extends SayingSink {

  /** What a source answered first: nothing is wrong, or what is. */
  record Answer(@Nullable ConfigException failure) {
    static final Answer GOOD = new Answer(null);
  }

  private final MemoryLoader loader;

  /** Asked of the source once: it is foreign code, which never runs on the lane. */
  private final String name;

  private final boolean optional;
  private final SessionTasks tasks;
  private final Inbox inbox = new Inbox();
  private final Asked asked = new Asked(this::take);
  private final SessionLife life;

  /** Written by close, read before each call is taken over. */
  private volatile boolean closed;

  /** Written by the lane only, read by any thread. */
  private volatile SourceStatus status;

  // The lane's own:
  private LayerContent early = LayerContent.EMPTY;
  private @Nullable Revision earlyRevision;
  private boolean earlyGood;
  private long lastOrder = Long.MIN_VALUE;
  private boolean answered;

  SourceSession(MemoryLoader loader, Source source) {
    this.loader = loader;
    this.name = source.name();
    this.optional = source.isOptional();
    this.tasks = new SessionTasks(loader.tasks(), name);
    this.life = new SessionLife(loader, source, this, tasks);
    this.status =
        new SourceStatus(
            name,
            SourceStatus.State.DOWN,
            null,
            loader.tasks().now(),
            null,
            0,
            0,
            0,
            source.labels());
  }

  String name() {
    return name;
  }

  boolean isOptional() {
    return optional;
  }

  SessionLife life() {
    return life;
  }

  boolean isClosed() {
    return closed;
  }

  Asked asked() {
    return asked;
  }

  Inbox inbox() {
    return inbox;
  }

  SourceStatus status() {
    return status;
  }

  /** From now on nothing is taken over. */
  void refuse() {
    inbox.close(); // first, so that who sees the mark finds nothing waiting
    closed = true;
    life.cut(MemoryLoader.closedException());
  }

  void refuseClosed() {
    if (closed) {
      throw new IllegalStateException("the source \"" + name + "\" is closed or was removed");
    }
  }

  // ---- Sink

  @Override
  public Document parse(Content content, ReadOptions options) {
    Document document =
        inTime(
            new Origin(name, content.document(), 0, 0),
            "the format did not finish",
            () -> loader.settings().formats().parse(name, content, options));
    return decrypt(document);
  }

  /**
   * Runs foreign code that makes something of what the source has, as a check with the format
   * deadline.
   *
   * @param place what it is about
   * @param late what is wrong when the deadline passes
   * @throws ConfigException when the deadline passes; status tells at that moment
   */
  <T> T inTime(Origin place, String late, Supplier<T> foreign) {
    Duration limit = loader.settings().limits().format();
    Problem overrun =
        Problem.at(ErrorCode.DEADLINE, place, late + " within " + TextDuration.of(limit));
    ParseDeadline deadline = new ParseDeadline();
    Tasks.Cancellable timer =
        tasks.schedule(
            "format deadline",
            limit,
            () -> deadline.pass(() -> failed(new ConfigException(overrun))));
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
    try {
      T made = foreign.get();
      if (deadline.end()) {
        return made;
      }
    } catch (RuntimeException | Error e) {
      if (deadline.end()) {
        throw e;
      }
    } finally {
      Callbacks.leave(before);
      timer.cancel();
      if (closed && tasks.isRunning(Thread.currentThread())) {
        Thread.currentThread().interrupt(); // who closes interrupts, too
      }
    }
    throw new ConfigException(overrun);
  }

  @Override
  SourceSession session() {
    return this;
  }

  /** What decrypts one thing that the source says. */
  Decryption decryption() {
    return new Decryption(this, loader.settings().keys());
  }

  /** Takes over what the source says unasked, unless it is closed. */
  @Override
  void say(Said said) {
    asked.say(said);
  }

  private void take(Said said) {
    if (!closed) {
      loader.intake().take(this, said);
    }
  }

  @Override
  public long write(Write write) {
    refuseClosed();
    return loader
        .intake()
        .write(
            new Input(this, Input.Kind.WRITE, null, was -> was.withTree(write.apply(was.tree()))));
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Formats formats() {
    return loader.settings().formats();
  }

  @Override
  public ReadOptions readOptions() {
    return loader.settings().readOptions();
  }

  @Override
  public boolean watching() {
    return loader.settings().watching();
  }

  // ---- the lane's

  /** Whether a revision is newer than what was taken before; it counts as taken then. */
  boolean advance(@Nullable Revision revision) {
    if (revision == null) {
      return true;
    }
    if (revision.order() <= lastOrder) {
      return false;
    }
    lastOrder = revision.order();
    return true;
  }

  void forgetRevision() {
    lastOrder = Long.MIN_VALUE;
  }

  LayerContent early() {
    return early;
  }

  /** The revision of what arrived before the layer existed, or null. */
  @Nullable Revision earlyRevision() {
    return earlyRevision;
  }

  /**
   * Keeps what arrives before the layer exists, if it is newer than what is there.
   *
   * @throws ConfigException when a patch does not fit
   */
  void takeEarly(Input input) {
    if (advance(input.revision())) {
      early = input.applyTo(early);
      earlyRevision = input.revision() == null ? earlyRevision : input.revision();
      if (input.kind() == Input.Kind.WHOLE || input.kind() == Input.Kind.PATCH) {
        earlyGood = input.odd() == null;
        answer(Answer.GOOD);
      }
    }
  }

  /** Whether nothing was wrong with the last that arrived before the layer existed. */
  boolean isEarlyGood() {
    return earlyGood;
  }

  /** What arrived last was no good news. */
  void spoilEarly() {
    earlyGood = false;
  }

  /** Once the layer has it, nothing is kept twice. */
  void forgetEarly() {
    early = LayerContent.EMPTY;
  }

  /** Tells the start what the source answered; only the first answer counts. */
  void answer(Answer answer) {
    answered |= answer.failure() == null;
    life.answer(answer);
  }

  /** Whether it ever answered with something. */
  boolean hasAnswered() {
    return answered;
  }

  void status(SourceStatus next) {
    status = next;
  }
}
