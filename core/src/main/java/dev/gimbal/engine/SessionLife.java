package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.engine.SourceSession.Answer;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.text.Thrown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a source: opens it, again if that may help, asks it to read again, closes it. Foreign code
 * runs on workers only, and with nothing held.
 */
final class SessionLife {

  private final MemoryLoader loader;
  private final Source source;
  private final SourceSession sink;
  private final SessionTasks tasks;

  /** What the start waits for. Completed once, by whoever comes first. */
  private final CompletableFuture<Answer> firstAnswer = new CompletableFuture<>();

  /** Complete while the source's {@code open} is not under way. Replaced by {@link #open}. */
  private volatile CompletableFuture<Void> opening = CompletableFuture.completedFuture(null);

  /** What those who reload wait for. Changed by them, completed by who cuts. */
  private final Map<Asked.Asker, CompletableFuture<Void>> asking = new ConcurrentHashMap<>();

  /** The open session; null before and after. */
  @GuardedBy("this")
  private @Nullable Session session;

  /** Whether a good answer came, maybe from inside open: the start waits for both. */
  @GuardedBy("this")
  private boolean goodAnswer;

  SessionLife(MemoryLoader loader, Source source, SourceSession sink, SessionTasks tasks) {
    this.loader = loader;
    this.source = source;
    this.sink = sink;
    this.tasks = tasks;
  }

  CompletableFuture<Answer> firstAnswer() {
    return firstAnswer;
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
    if (sink.isClosed()) { // who closes looks at opening after it has refused
      ended.complete(null);
      return;
    }
    Runnable open =
        () -> {
          try {
            tasks.run(() -> openNow(attempts));
          } finally {
            ended.complete(null);
          }
        };
    if (!loader.tryExecute("open " + sink.name(), open)) {
      ended.complete(null);
      IllegalStateException noThread = new IllegalStateException("there is no thread for it");
      sink.failed(failedToOpen(noThread));
      openLater(attempts, failedToOpen(noThread));
    }
  }

  private void openNow(int attempts) {
    try {
      Session opened = Objects.requireNonNull(source.open(sink), "open gave null");
      if (!keep(opened)) {
        opened.close();
      }
    } catch (ConfigException e) {
      forgetAnswer();
      sink.failed(e);
      openLater(attempts, e);
    } catch (IllegalStateException | Error misuse) {
      ConfigException why = failedToOpen(misuse);
      forgetAnswer();
      sink.failed(why);
      firstAnswer.completeExceptionally(misuse); // ends the start, if this is during it
      openLater(attempts, why);
    } catch (RuntimeException unexpected) {
      ConfigException why = failedToOpen(unexpected);
      forgetAnswer();
      sink.failed(why);
      firstAnswer.complete(new Answer(why));
      openLater(attempts, why);
    }
  }

  /** A good answer from inside an open that then threw is none. */
  private synchronized void forgetAnswer() {
    goodAnswer = false;
  }

  private ConfigException failedToOpen(Throwable thrown) {
    String message = "the source failed to open: " + thrown;
    Problem problem = Problem.at(ErrorCode.SOURCE_FAILED, Origin.of(sink.name()), message);
    return new ConfigException(List.of(problem), thrown);
  }

  /** After 100 ms, then twice as long each time, up to 30 s; less a random part of up to a half. */
  private void openLater(int attempts, ConfigException why) {
    if (loader.settings().watching() && Start.mayJoinLater(why)) {
      long millis = Math.min(30_000, 100L << Math.min(attempts, 9));
      Duration delay = Duration.ofMillis(millis - (long) (tasks.random() * millis / 2));
      try {
        tasks.schedule("open", delay, () -> open(attempts + 1));
      } catch (RuntimeException | Error e) {
        Log.warn(() -> "There is no timer to open the source " + sink.name() + " again", e);
        firstAnswer.complete(new Answer(why));
      }
    }
  }

  /** Takes the open session over, unless this was closed meanwhile. */
  private boolean keep(Session opened) {
    boolean complete;
    synchronized (this) {
      if (sink.isClosed()) {
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

  /** Only the first one counts. A good one counts once the source is open, too. */
  void answer(Answer answer) {
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

  /** Ends the waits for a first answer and for answers to reloads. */
  void cut(RuntimeException why) {
    firstAnswer.completeExceptionally(why);
    for (CompletableFuture<Void> end : asking.values()) {
      end.complete(null);
    }
  }

  /** Somebody waits for an answer to a reload, at most until the source is closed. */
  void addAsking(Asked.Asker asker, CompletableFuture<Void> end) {
    asking.put(asker, end);
    if (sink.isClosed()) {
      end.complete(null);
    }
  }

  void removeAsking(Asked.Asker asker) {
    asking.remove(asker);
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

  /**
   * Edits what the source reads.
   *
   * @throws IllegalStateException when it is not open
   */
  void edit(Edit edit, Consumer<Document> check) {
    Session open;
    synchronized (this) {
      open = session;
    }
    sink.refuseClosed();
    if (open == null) {
      throw new IllegalStateException("the source \"" + sink.name() + "\" is not open yet");
    }
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.SOURCE);
    try {
      open.edit(edit, check);
    } finally {
      Callbacks.leave(before);
    }
    sink.refuseClosed();
  }

  /** Closes sources side by side on workers and waits; names those that do not end in time. */
  static void closeAll(List<SourceSession> sessions, MemoryLoader loader, Duration timeout) {
    Map<String, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    for (SourceSession session : sessions) {
      session.refuse();
      SessionLife life = session.life();
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.put(session.name(), CompletableFuture.allOf(end, life.opening));
      if (!loader.tryExecute("close " + session.name(), () -> life.close(end))) {
        life.close(end);
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.values().toArray(new CompletableFuture<?>[0]));
    if (!Callbacks.inside() && !Progress.ended(all, timeout)) {
      ends.values().removeIf(CompletableFuture::isDone);
      sessions.stream()
          .filter(session -> ends.containsKey(session.name()))
          .forEach(session -> session.life().tasks.close());
      String limit = TextDuration.of(loader.settings().limits().close());
      Log.warn(() -> "These sources did not close within " + limit + ": " + ends.keySet(), null);
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
      Log.warn(() -> "Closing the source " + sink.name() + " failed", Thrown.withoutMessage(e));
    } finally {
      Callbacks.leave(before);
      tasks.close();
      end.complete(null);
    }
  }
}
