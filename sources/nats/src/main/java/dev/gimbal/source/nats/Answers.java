package dev.gimbal.source.nats;

import dev.gimbal.source.RemoteUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for on a connection. When the server refuses a message, it sends no answer, but an
 * error of the whole connection that names the subject. Safe for use by many threads.
 */
final class Answers {

  private static final String PUBLISH = "for Publish to \"";

  private record Waiting(String subject, CompletableFuture<?> answer) {}

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** Ends with the connection, by a failure. */
  private final CompletableFuture<Object> ended = new CompletableFuture<>();

  /** Whoever waits waits no more. */
  void end(IOException why) {
    ended.completeExceptionally(why);
  }

  /**
   * Waits as long as there is a connection.
   *
   * @return null when it did not come in time
   */
  <T> @Nullable T await(CompletableFuture<T> coming, Duration timeout)
      throws IOException, InterruptedException {
    try {
      return either(coming, timeout);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException end
          ? new IOException(end.getMessage(), end)
          : new IOException(e);
    }
  }

  /**
   * Sends a message to a subject, and waits for the answer.
   *
   * @return null when it did not come in time
   * @throws RemoteUnavailableException when the server refuses the message
   * @throws ExecutionException when there is none for another reason
   */
  <T> @Nullable T of(String subject, Duration timeout, Supplier<CompletableFuture<T>> sent)
      throws RemoteUnavailableException, ExecutionException, InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Waiting one = new Waiting(subject, answer);
    waiting.add(one);
    try {
      CompletableFuture<T> coming = sent.get();
      CompletableFuture<?> unused =
          coming.whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
      return either(answer, timeout);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RemoteUnavailableException refusal) {
        throw new RemoteUnavailableException(String.valueOf(refusal.getMessage()), null);
      }
      throw e;
    } finally {
      waiting.remove(one);
    }
  }

  /**
   * What comes, or the end of the connection.
   *
   * @return null when neither came in time
   */
  <T> @Nullable T either(CompletableFuture<T> coming, Duration timeout)
      throws ExecutionException, InterruptedException {
    try {
      CompletableFuture.anyOf(coming, ended).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return coming.join();
    } catch (TimeoutException e) {
      return null;
    }
  }

  /** The subject to which the server lets nothing be published; null of another error. */
  static @Nullable String refusedSubject(String error) {
    int begin = error.indexOf(PUBLISH);
    int end = error.lastIndexOf('"');
    return begin < 0 || end < begin + PUBLISH.length()
        ? null
        : error.substring(begin + PUBLISH.length(), end);
  }

  /** Tells all who wait for an answer from this subject; returns whether there are such. */
  boolean refuse(String subject, String error) {
    boolean found = false;
    for (Waiting one : waiting) {
      if (one.subject.equals(subject)) {
        found = true;
        one.answer.completeExceptionally(
            new RemoteUnavailableException("the server says: " + error, null));
      }
    }
    return found;
  }
}
