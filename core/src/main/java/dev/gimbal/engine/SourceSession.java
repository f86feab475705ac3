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
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source at work: its sink, its state. Whatever it takes goes to the lane in one order. */
final class SourceSession implements Sink {

  /** What a source answered first: nothing is wrong, or what is. */
  record Answer(@Nullable ConfigException failure) {
    static final Answer GOOD = new Answer(null);
  }

  private final MemoryLoader loader;
  private final Source source;
  private final SessionTasks tasks;
  private final CompletableFuture<Answer> firstAnswer = new CompletableFuture<>();

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
    this.tasks = new SessionTasks(loader.tasks(), source.name());
    this.status =
        new SourceStatus(
            source.name(), SourceStatus.State.DOWN, null, loader.tasks().now(), null, 0, 0, 0);
  }

  String name() {
    return source.name();
  }

  boolean isOptional() {
    return source.isOptional();
  }

  CompletableFuture<Answer> firstAnswer() {
    return firstAnswer;
  }

  SourceStatus status() {
    return status;
  }

  /** Opens the source. What it throws is its first answer. */
  void open() {
    try {
      Session opened = source.open(this);
      if (keep(opened)) {
        return;
      }
      opened.close();
    } catch (ConfigException e) {
      failed(e);
    } catch (RuntimeException e) {
      failed(
          new ConfigException(
              java.util.List.of(
                  Problem.at(
                      ErrorCode.SOURCE_FAILED,
                      Origin.of(name()),
                      "the source failed to open: " + e)),
              e));
      if (e instanceof IllegalStateException) {
        firstAnswer.completeExceptionally(e);
      }
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
      open.reload(to);
    }
  }

  /** Ends the source's work. May block in foreign code. */
  void close() {
    closed = true;
    Session open;
    synchronized (this) {
      open = session;
      session = null;
    }
    try {
      if (open != null) {
        open.close();
      }
    } catch (RuntimeException e) {
      Log.warn(() -> "Closing the source " + name() + " failed", e);
    } finally {
      tasks.close();
    }
  }

  /** From now on nothing is taken over. */
  void refuse() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  // ---- Sink

  @Override
  public Document parse(Content content, ReadOptions options) {
    AtomicBoolean overrun = new AtomicBoolean();
    Thread worker = Thread.currentThread();
    ConfigException late =
        new ConfigException(
            Problem.at(
                ErrorCode.DEADLINE,
                new Origin(name(), content.document(), 0, 0),
                "the format did not finish within " + loader.settings().formatTimeout()));
    Tasks.Cancellable deadline =
        tasks.schedule(
            "format deadline",
            loader.settings().formatTimeout(),
            () -> {
              overrun.set(true);
              failed(late);
              worker.interrupt();
            });
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.CHECK);
    try {
      Document document = loader.settings().formats().parse(name(), content, options);
      if (overrun.get()) {
        throw late;
      }
      return document;
    } finally {
      Callbacks.leave(before);
      deadline.cancel();
    }
  }

  @Override
  public void document(Revision revision, Document document) {
    LayerContent content = LayerContent.of(document);
    take(
        revision,
        was ->
            was.variables() == null
                ? new LayerContent(
                    (ObjectNode) Nodes.share(was.tree(), content.tree()),
                    null,
                    content.origins(),
                    content.warnings())
                : content);
  }

  @Override
  public void patch(Revision revision, Patch patch) {
    take(revision, was -> was.withTree(Nodes.apply(was.tree(), patch)));
  }

  @Override
  public void variables(Revision revision, Variables variables) {
    LayerContent content = LayerContent.of(variables);
    take(revision, was -> variables.equals(was.variables()) ? was : content);
  }

  private void take(Revision revision, UnaryOperator<LayerContent> change) {
    if (!closed) {
      loader.take(new Input(this, revision, change));
    }
  }

  @Override
  public long write(Write write) {
    if (closed) {
      throw new IllegalStateException("the source \"" + name() + "\" is closed");
    }
    return loader.write(new Input(this, null, was -> was.withTree(write.apply(was.tree()))));
  }

  @Override
  public void absent(ConfigException why) {
    if (!closed) {
      loader.absent(this, why);
    }
  }

  @Override
  public void failed(ConfigException why) {
    if (!closed) {
      loader.failed(this, why);
    }
  }

  @Override
  public void degraded(ConfigException why) {
    if (!closed) {
      loader.degraded(this, why);
    }
  }

  @Override
  public void reset() {
    if (!closed) {
      loader.reset(this);
    }
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

  /** Keeps what arrives before the layer exists. */
  void takeEarly(Input input) {
    early = input.change().apply(early);
    earlyRevision = input.revision() == null ? earlyRevision : input.revision();
  }

  void answer(Answer answer) {
    if (answer.failure() != null) {
      firstAnswer.complete(answer);
      return;
    }
    answered = true;
    synchronized (this) {
      goodAnswer = true;
      if (session == null) {
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
