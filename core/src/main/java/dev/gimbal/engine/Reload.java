package dev.gimbal.engine;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks all sources to read again and collects their answers for one step. */
final class Reload {

  private Reload() {}

  static List<Input> collect(
      List<SourceSession> sessions, Tasks tasks, Duration timeout, List<Problem> problems) {
    Map<SourceSession, CompletableFuture<List<Input>>> answers = new LinkedHashMap<>();
    for (SourceSession session : sessions) {
      CompletableFuture<List<Input>> answer = new CompletableFuture<>();
      answers.put(session, answer);
      tasks.execute("reload " + session.name(), () -> reload(session, answer));
    }
    long deadline = System.nanoTime() + Progress.nanos(timeout);
    List<Input> inputs = new ArrayList<>();
    answers.forEach(
        (session, answer) -> {
          try {
            long left = Math.max(0, deadline - System.nanoTime());
            inputs.addAll(answer.get(left, TimeUnit.NANOSECONDS));
          } catch (ExecutionException | TimeoutException | InterruptedException e) {
            ConfigException why = failure(session, e, timeout);
            session.failed(why);
            problems.addAll(why.problems());
          }
        });
    return inputs;
  }

  private static void reload(SourceSession session, CompletableFuture<List<Input>> answer) {
    Collector collector = new Collector(session);
    try {
      session.reload(collector);
      ConfigException failure = collector.failure;
      if (failure == null) {
        answer.complete(collector.inputs);
      } else {
        answer.completeExceptionally(failure);
      }
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private static ConfigException failure(SourceSession session, Exception e, Duration timeout) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (e.getCause() instanceof ConfigException known) {
      return known;
    }
    boolean late = e instanceof TimeoutException;
    Problem problem =
        Problem.at(
            late ? ErrorCode.SOURCE_TIMEOUT : ErrorCode.SOURCE_FAILED,
            Origin.of(session.name()),
            late ? "the source did not answer within " + timeout : "the reload failed: " + e);
    return new ConfigException(List.of(problem), e.getCause());
  }

  /** A sink that keeps the one answer. Used by the thread that reloads. */
  private static final class Collector implements Sink {
    private final SourceSession session;
    private final List<Input> inputs = new ArrayList<>();
    private @Nullable ConfigException failure;

    Collector(SourceSession session) {
      this.session = session;
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return session.parse(content, options);
    }

    @Override
    public void document(Revision revision, Document document) {
      inputs.add(Input.document(session, revision, LayerContent.of(document)));
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      inputs.add(Input.patch(session, revision, patch));
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      inputs.add(Input.variables(session, revision, variables));
    }

    @Override
    public long write(Write write) {
      return session.write(write);
    }

    @Override
    public void absent(ConfigException why) {
      session.absent(why);
    }

    @Override
    public void failed(ConfigException why) {
      failure = why;
    }

    @Override
    public void degraded(ConfigException why) {
      session.degraded(why);
    }

    @Override
    public void reset() {
      session.reset();
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
