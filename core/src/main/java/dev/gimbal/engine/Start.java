package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens sources and waits for their first answers. */
final class Start {

  /** How long other sources may still add their problems once the start has failed. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private Start() {}

  /**
   * Waits until every source has answered.
   *
   * @throws ConfigException with the problems of all required sources, and of optional ones that
   *     are malformed
   */
  static void await(List<SourceSession> sessions, Duration timeout) {
    for (SourceSession session : sessions) {
      session.life().open();
    }
    long deadline = System.nanoTime() + Progress.nanos(timeout);
    boolean refused = awaitAllOrOneRefusal(sessions, deadline);
    if (refused) {
      long left = deadline - System.nanoTime();
      deadline = System.nanoTime() + Math.min(left, GRACE.toNanos());
    }
    List<Problem> problems = new ArrayList<>();
    @Nullable Throwable cause = null;
    for (SourceSession session : sessions) {
      ConfigException failure = answer(session, deadline, timeout);
      boolean cutShort = refused && !session.life().firstAnswer().isDone();
      if (failure == null || cutShort) {
        continue;
      }
      if (isRefusal(session, failure)) {
        problems.addAll(failure.problems());
        cause = cause == null ? failure.getCause() : cause;
      } else if (session.status().reason() == null) {
        session.failed(failure); // it has said nothing, so its status says that
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, cause);
    }
  }

  private static boolean isRefusal(SourceSession session, ConfigException failure) {
    return !(session.isOptional() && mayJoinLater(failure));
  }

  /** Waits until all have answered or one answer ends the start; whether one does. */
  private static boolean awaitAllOrOneRefusal(List<SourceSession> sessions, long deadline) {
    CompletableFuture<Boolean> refusal = new CompletableFuture<>();
    List<CompletableFuture<SourceSession.Answer>> answers = new ArrayList<>();
    for (SourceSession session : sessions) {
      answers.add(
          session
              .life()
              .firstAnswer()
              .whenComplete(
                  (answer, thrown) -> {
                    ConfigException failure = thrown == null ? answer.failure() : null;
                    if (thrown != null || (failure != null && isRefusal(session, failure))) {
                      refusal.complete(true);
                    }
                  }));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      CompletableFuture.anyOf(all, refusal).get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return refusal.isDone();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return refusal.isDone();
  }

  private static ConfigException interrupted() {
    Thread.currentThread().interrupt();
    return new ConfigException(ErrorCode.SOURCE_TIMEOUT, "interrupted while waiting for sources");
  }

  private static @Nullable ConfigException answer(
      SourceSession session, long deadline, Duration timeout) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return session.life().firstAnswer().get(left, TimeUnit.NANOSECONDS).failure();
    } catch (TimeoutException e) {
      ConfigException reason = session.status().reason();
      String why = reason == null ? "" : ": " + reason.problems().get(0).message();
      return new ConfigException(
          Problem.at(
              ErrorCode.SOURCE_TIMEOUT,
              Origin.of(session.name()),
              "the source did not answer well within " + TextDuration.of(timeout) + why));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Absent and unreachable, never malformed. */
  static boolean mayJoinLater(ConfigException failure) {
    return switch (failure.code()) {
      case SOURCE_ABSENT, SOURCE_FAILED, SOURCE_TIMEOUT -> true;
      default -> false;
    };
  }

  /** Whether a failure ends the wait: waiting longer cannot help, or nobody wants to. */
  static boolean isFinal(SourceSession session, ConfigException why, boolean watching) {
    return !watching || session.isOptional() || why.code() != ErrorCode.SOURCE_FAILED;
  }

  static void refuseTwin(Layers layers, String name) {
    if (layers.names().contains(name)) {
      throw new ConfigException(
          ErrorCode.DUPLICATE_SOURCE,
          "two sources are named \"" + name + "\"; a name says which layer a value came from");
    }
  }
}
