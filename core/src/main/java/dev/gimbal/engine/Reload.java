package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Tasks;
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
  record Told(SourceSession session, List<Said> said) {}

  private final List<Collector> collectors = new ArrayList<>();

  private Reload() {}

  /**
   * Waits for the answers of all sources, up to the start timeout or until they close. Whatever a
   * source says after it was given up counts as said without being asked.
   *
   * @param problems takes what failed
   * @throws ConfigException when interrupted
   */
  static Reload of(MemoryLoader loader, List<SourceSession> sessions, List<Problem> problems) {
    Reload reload = new Reload();
    for (SourceSession session : sessions) {
      reload.ask(loader, session);
    }
    List<Collector> asked = List.copyOf(reload.collectors);
    Duration timeout = loader.settings().limits().start();
    long deadline = System.nanoTime() + Progress.nanos(timeout);
    try {
      for (Collector collector : asked) {
        reload.await(collector, deadline, timeout, problems);
      }
    } catch (InterruptedException e) {
      reload.collectors.forEach(Collector::giveUp);
      Thread.currentThread().interrupt();
      throw new ConfigException(
          ErrorCode.SOURCE_TIMEOUT, "the reload was interrupted; what was read still counts");
    } finally {
      asked.forEach(collector -> collector.session.life().removeAsking(collector.asker));
    }
    return reload;
  }

  private void ask(MemoryLoader loader, SourceSession session) {
    Collector collector = new Collector(session);
    collectors.add(collector);
    session.life().addAsking(collector.asker, collector.end);
    if (!loader.tryExecute("reload " + session.name(), collector::run)) {
      collector.end.completeExceptionally(
          loader.isClosed()
              ? MemoryLoader.closedException()
              : new IllegalStateException("there is no thread for it"));
    }
  }

  private void await(Collector collector, long deadline, Duration timeout, List<Problem> problems)
      throws InterruptedException {
    try {
      collector.end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      collectors.remove(collector);
      collector.giveUp();
      ConfigException why = failure(collector.session, e, timeout);
      collector.session.failed(why);
      problems.addAll(why.problems());
    }
  }

  /**
   * The answers that no later word of their source has overtaken; earlier words are dealt with
   * before. Called by the lane.
   */
  List<Told> take(Intake intake) {
    return collectors.stream().map(collector -> collector.take(intake)).toList();
  }

  /** Waits until overtaken answers are on their way to the lane; whether there are any. */
  boolean awaitOvertaken() {
    boolean any = false;
    for (Collector collector : collectors) {
      any |= collector.session.asked().awaitSentAhead(collector.asker);
    }
    return any;
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

  /** The sink of a source while it is asked; afterwards the same as its session. */
  private static final class Collector extends SayingSink {
    private final SourceSession session;
    private final Asked.Asker asker;

    /** Complete when the source has answered or closes. Completed by who asks it or closes it. */
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Collector(SourceSession session) {
      this.session = session;
      this.asker = session.asked().begin();
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

    Told take(Intake intake) {
      List<Said> said = session.asked().takeInOrder(asker, session.inbox());
      while (said == null) {
        intake.drain(session);
        said = session.asked().takeInOrder(asker, session.inbox());
      }
      return new Told(session, said);
    }

    void giveUp() {
      session.asked().giveUp(asker);
    }

    @Override
    SourceSession session() {
      return session;
    }

    @Override
    void say(Said said) {
      session.asked().say(asker, said);
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return session.parse(content, options);
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
