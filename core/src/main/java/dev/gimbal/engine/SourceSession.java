package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A source at work: its sink, its state. Whatever it takes goes to the lane in one order. */
final class SourceSession implements Sink {

  /** What a source answered first: nothing is wrong, or what is. */
  record Answer(@Nullable ConfigException failure) {
    static final Answer GOOD = new Answer(null);
  }

  private final MemoryLoader loader;
  private final Source source;

  /** Asked of the source once: it is foreign code, which never runs on the lane. */
  private final String name;

  private final boolean optional;
  private final SessionTasks tasks;
  private final Inbox inbox = new Inbox();
  private final CompletableFuture<Answer> firstAnswer = new CompletableFuture<>();

  /** Complete while the source's {@code open} is not under way. Replaced by {@link #open}. */
  private volatile CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);

  /** Written by close, read before each call is taken over. */
  private volatile boolean closed;

  /** The open session; null before and after. */
  @GuardedBy("this")
  private @Nullable Session session;

  /** Whether a good answer came, maybe from inside open: the start waits for both. */
  @GuardedBy("this")
  private boolean goodAnswer;

  /** Written by the lane only, read by any thread. */
  private volatile SourceStatus status;

  // The lane's own:
  private LayerContent early = LayerContent.EMPTY;
  private @Nullable Revision earlyRevision;
  private long lastOrder = Long.MIN_VALUE;
  private boolean answered;

  SourceSession(MemoryLoader loader, Source source) {
    this.loader = loader;
    this.source = source;
    this.name = source.name();
    this.optional = source.isOptional();
    this.tasks = new SessionTasks(loader.tasks(), name);
    this.status =
        new SourceStatus(name, SourceStatus.State.DOWN, null, loader.tasks().now(), null, 0, 0, 0);
  }

  String name() {
    return name;
  }

  boolean isOptional() {
    return optional;
  }

  CompletableFuture<Answer> firstAnswer() {
    return firstAnswer;
  }

  Inbox inbox() {
    return inbox;
  }

  SourceStatus status() {
    return status;
  }

  /**
   * Opens the source on a worker. What it throws is its first answer; where waiting may help, it is
   * opened again and again.
   */
  void open() {
    open(0);
  }

  private void open(int attempts) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    opening = ended;
    Runnable open =
        () -> {
          try {
            tasks.run(() -> openNow(attempts));
          } finally {
            ended.complete(null);
          }
        };
    if (!loader.tryExecute("open " + name, open)) {
      ended.complete(null);
    }
  }

  private void openNow(int attempts) {
    try {
      Session opened = source.open(this);
      if (!keep(opened)) {
        opened.close();
      }
    } catch (ConfigException e) {
      failed(e);
      openLater(attempts, e);
    } catch (IllegalStateException | Error misuse) {
      failed(failedToOpen(misuse));
      firstAnswer.completeExceptionally(misuse);
    } catch (RuntimeException unexpected) {
      ConfigException why = failedToOpen(unexpected);
      failed(why);
      firstAnswer.complete(new Answer(why));
      openLater(attempts, why);
    }
  }

  private ConfigException failedToOpen(Throwable thrown) {
    Problem problem =
        Problem.at(
            ErrorCode.SOURCE_FAILED, Origin.of(name), "the source failed to open: " + thrown);
    return new ConfigException(List.of(problem), thrown);
  }

  /** After 100 ms, then twice as long each time, up to 30 s; less a random part of up to a half. */
  private void openLater(int attempts, ConfigException why) {
    if (loader.settings().watching() && Start.mayJoinLater(why)) {
      long millis = Math.min(30_000, 100L << Math.min(attempts, 9));
      Duration delay = Duration.ofMillis(millis - (long) (tasks.random() * millis / 2));
      tasks.schedule("open", delay, () -> open(attempts + 1));
    }
  }

  /** Takes the open session over, unless this was closed meanwhile. */
  private boolean keep(Session opened) {
    boolean complete;
    synchronized (this) {
      if (closed) {
        return false;
      }
      session = opened;
      complete = goodAnswer;
    }
    if (complete) {
      firstAnswer.complete(Answer.GOOD);
    }
    return true;
  }

  /** Reads again; the one answer goes to the given sink. */
  void reload(Sink to) {
    Session open;
    synchronized (this) {
      open = session;
    }
    if (open != null) {
      tasks.run(() -> open.reload(to));
    }
  }

  /** Closes sessions side by side on workers and waits; names those that do not end in time. */
  static void closeAll(List<SourceSession> sessions, MemoryLoader loader, Duration timeout) {
    Map<String, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    for (SourceSession session : sessions) {
      session.refuse();
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.put(session.name(), CompletableFuture.allOf(end, session.opening));
      if (!loader.tryExecute("close " + session.name(), () -> session.close(end))) {
        session.close(end);
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.values().toArray(CompletableFuture<?>[]::new));
    if (!Callbacks.inside() && !Progress.ended(all, timeout)) {
      ends.values().removeIf(CompletableFuture::isDone);
      Log.warn(
          () ->
              "These sources did not close within "
                  + TextDuration.of(timeout)
                  + ": "
                  + ends.keySet(),
          null);
    }
  }

  /** Ends the source's work, also while it is being opened. May block in foreign code. */
  private void close(CompletableFuture<Void> end) {
    Session open;
    synchronized (this) {
      open = session;
      session = null;
    }
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.SOURCE);
    try {
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException | Error e) {
      Log.warn(() -> "Closing the source " + name() + " failed", e);
    } finally {
      Callbacks.leave(before);
      tasks.close();
      end.complete(null);
    }
  }

  /** From now on nothing is taken over. */
  void refuse() {
    closed = true;
    inbox.close();
    firstAnswer.completeExceptionally(MemoryLoader.closedException());
  }

  void refuseClosed() {
    if (closed) {
      throw new IllegalStateException("the source \"" + name + "\" is closed or was removed");
    }
  }

  // ---- Sink

  @Override
  public Document parse(Content content, ReadOptions options) {
    Duration limit = loader.settings().formatTimeout();
    Problem overrun =
        Problem.at(
            ErrorCode.DEADLINE,
            new Origin(name, content.document(), 0, 0),
            "the format did not finish within " + TextDuration.of(limit));
    ParseDeadline deadline = new ParseDeadline();
    Tasks.Cancellable timer =
        tasks.schedule(
            "format deadline",
            limit,
            () -> deadline.pass(() -> failed(new ConfigException(overrun))));
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
    boolean inTime = true;
    Document document;
    try {
      document = loader.settings().formats().parse(name, content, options);
    } finally {
      Callbacks.leave(before);
      timer.cancel();
      inTime = deadline.end();
      if (closed) {
        Thread.currentThread().interrupt(); // who closes interrupts, too
      }
    }
    if (!inTime) {
      throw new ConfigException(overrun);
    }
    return document;
  }

  @Override
  public void document(Revision revision, Document document) {
    say(Input.document(this, revision, LayerContent.of(document), null));
  }

  @Override
  public void document(Revision revision, Document document, ConfigException odd) {
    say(Input.document(this, revision, LayerContent.of(document), odd));
  }

  @Override
  public void patch(Revision revision, Patch patch) {
    say(Input.patch(this, revision, patch));
  }

  @Override
  public void variables(Revision revision, Variables variables) {
    say(Input.variables(this, revision, variables));
  }

  @Override
  public void absent(ConfigException why) {
    say(new Said.Absent(why));
  }

  @Override
  public void failed(ConfigException why) {
    say(new Said.Failed(why));
  }

  @Override
  public void degraded(ConfigException why) {
    say(new Said.Degraded(why));
  }

  @Override
  public void reset() {
    say(new Said.Reset());
  }

  /** Takes over what the source says, unless it is closed. */
  void say(Said said) {
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
        answer(Answer.GOOD);
      }
    }
  }

  /** Once the layer has it, nothing is kept twice. */
  void forgetEarly() {
    early = LayerContent.EMPTY;
  }

  /** Only the first one counts. A good one counts once the source is open, too. */
  void answer(Answer answer) {
    answered |= answer.failure() == null;
    synchronized (this) {
      if (goodAnswer) {
        return;
      }
      goodAnswer = answer.failure() == null;
      if (goodAnswer && session == null) {
        return;
      }
    }
    firstAnswer.complete(answer);
  }

  /** Whether it ever answered with something. */
  boolean hasAnswered() {
    return answered;
  }

  void status(SourceStatus next) {
    status = next;
  }
}
