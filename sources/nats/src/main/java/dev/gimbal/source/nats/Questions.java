package dev.gimbal.source.nats;

import dev.gimbal.source.RemoteUnavailableException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server until it answers. While the servers of a cluster choose who leads, what was asked
 * is lost without a word, and so is what one is to do that is away. So each question is asked
 * again, first after half a second and then each second; the first answer counts, also a late one
 * to what was asked before, as from a server that is far away or has much to do.
 *
 * <p>Safe for use by many threads. Questions are asked by threads of the connection.
 */
final class Questions {

  private static final Duration FIRST_PATIENCE = Duration.ofMillis(500);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(1);

  private final Duration whole;
  private final Answers answers;
  private final Executor workers;

  /**
   * @param whole how long all takes at most
   * @param answers ends with the connection
   */
  Questions(Duration whole, Answers answers, Executor workers) {
    this.whole = whole;
    this.answers = answers;
    this.workers = workers;
  }

  /** A question to the server, which may be asked again while it is asked. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Duration timeout) throws IOException, JetStreamApiException, InterruptedException;
  }

  /** The first answer. A failure of one that was asked is one of all. */
  <T> T ask(Question<T> question) throws IOException, JetStreamApiException, InterruptedException {
    long begin = System.nanoTime();
    CompletableFuture<T> first = new CompletableFuture<>();
    Duration patience = FIRST_PATIENCE;
    for (Duration left = whole; ; left = whole.minusNanos(System.nanoTime() - begin)) {
      if (left.isNegative() || left.isZero()) {
        throw new IOException("no answer within " + whole);
      }
      ask(question, left, first);
      T answer = await(first, left.compareTo(patience) < 0 ? left : patience);
      if (answer != null) {
        return answer;
      }
      patience = MOST_PATIENCE;
    }
  }

  private <T> void ask(Question<T> question, Duration timeout, CompletableFuture<T> first)
      throws IOException {
    try {
      workers.execute(
          () -> {
            try {
              first.complete(question.ask(timeout));
            } catch (Throwable e) { // who waits throws it
              first.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw new IOException("the connection is closed", e);
    }
  }

  private <T> @Nullable T await(CompletableFuture<T> first, Duration patience)
      throws IOException, JetStreamApiException, InterruptedException {
    try {
      return answers.either(first, patience);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      if (why instanceof JetStreamApiException answer) {
        throw answer;
      }
      if (why instanceof RemoteUnavailableException refusal) {
        throw refusal;
      }
      if (why instanceof Error error) {
        throw error;
      }
      if (why instanceof RuntimeException bug && !(bug instanceof IllegalStateException)) {
        throw bug;
      }
      throw new IOException(why == null ? null : why.getMessage(), why); // also: it is closed
    }
  }
}
