package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks all sources to read again and collects their answers for one step. */
final class Reload {

  /** What a source said when it was asked. */
  record Told(SourceSession session, Said said) {}

  private Reload() {}

  /**
   * Waits for the answers of all sources, up to the start timeout. Whatever a source says after it
   * was given up counts as said without being asked.
   *
   * @param problems takes what failed
   */
  static List<Told> collect(
      MemoryLoader loader, List<SourceSession> sessions, List<Problem> problems) {
    Duration timeout = loader.settings().startTimeout();
    List<Collector> collectors = new ArrayList<>();
    for (SourceSession session : sessions) {
      Collector collector = new Collector(session);
      collectors.add(collector);
      if (!loader.tryExecute("reload " + session.name(), collector::run)) {
        collector.end.completeExceptionally(MemoryLoader.closedException());
      }
    }
    long deadline = System.nanoTime() + Progress.nanos(timeout);
    List<Told> answers = new ArrayList<>();
    for (Collector collector : collectors) {
      try {
        long left = Math.max(0, deadline - System.nanoTime());
        collector.end.get(left, TimeUnit.NANOSECONDS);
        answers.addAll(collector.take());
      } catch (InterruptedException e) {
        collectors.forEach(Collector::giveUp);
        Thread.currentThread().interrupt();
        throw new ConfigException(
            ErrorCode.SOURCE_TIMEOUT, "the reload was interrupted; what was read still counts");
      } catch (TimeoutException | ExecutionException e) {
        collector.giveUp();
        ConfigException why = failure(collector.session, e, timeout);
        collector.session.failed(why);
        problems.addAll(why.problems());
      }
    }
    for (Told told : answers) {
      if (told.said() instanceof Said.Failed failed) {
        problems.addAll(failed.why().problems());
      }
    }
    return answers;
  }

  private static ConfigException failure(SourceSession session, Exception e, Duration timeout) {
    boolean late = e instanceof TimeoutException;
    Problem problem =
        Problem.at(
            late ? ErrorCode.SOURCE_TIMEOUT : ErrorCode.SOURCE_FAILED,
            Origin.of(session.name()),
            late
                ? "the source did not answer within " + TextDuration.of(timeout)
                : "the reload failed: " + e.getCause());
    return new ConfigException(List.of(problem), e.getCause());
  }

  /**
   * A sink that keeps what a source says while it is asked. Used by the threads of that source; who
   * gives it up is another.
   */
  private static final class Collector implements Sink {
    private final SourceSession session;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @GuardedBy("this")
    private final List<Told> answers = new ArrayList<>();

    @GuardedBy("this")
    private boolean givenUp;

    Collector(SourceSession session) {
      this.session = session;
    }

    void run() {
      try {
        session.life().reload(this);
        end.complete(null);
      } catch (ConfigException e) {
        failed(e);
        end.complete(null);
      } catch (RuntimeException | Error e) {
        end.completeExceptionally(e);
      }
    }

    private void say(Said said) {
      synchronized (this) {
        if (!givenUp) {
          answers.add(new Told(session, said));
          return;
        }
      }
      session.say(said);
    }

    /** What was said until now. From now on it is the session's own sink. */
    synchronized List<Told> take() {
      givenUp = true;
      return List.copyOf(answers);
    }

    /** Lets go of it; what it said until now counts as said without being asked. */
    void giveUp() {
      take().forEach(told -> session.say(told.said()));
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return session.parse(content, options);
    }

    @Override
    public void document(Revision revision, Document document) {
      say(Input.document(session, revision, LayerContent.of(document), null));
    }

    @Override
    public void document(Revision revision, Document document, ConfigException odd) {
      say(Input.document(session, revision, LayerContent.of(document), odd));
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      say(Input.patch(session, revision, patch));
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      say(Input.variables(session, revision, variables));
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

    @Override
    public long write(Write write) {
      return session.write(write);
    }

    @Override
    public Tasks tasks() {
      return session.tasks();
    }

    @Override
    public Formats formats() {
      return session.formats();
    }

    @Override
    public ReadOptions readOptions() {
      return session.readOptions();
    }

    @Override
    public boolean watching() {
      return session.watching();
    }
  }
}
