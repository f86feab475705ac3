package dev.gimbal.source;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Somebody who reloads and waits: gets one answer, or goes without one, never both. */
final class Asker {

  private final Sink sink;

  /** Whether it was answered or has gone. Any thread sets it, and only the first decides. */
  private final AtomicBoolean decided = new AtomicBoolean();

  private final CompletableFuture<Void> end = new CompletableFuture<>();

  Asker(Sink sink) {
    this.sink = sink;
  }

  /**
   * Gives the answer, unless it has gone; whether it took it. What the answer throws is thrown by
   * {@link #await}.
   */
  boolean answer(Consumer<Sink> answer) {
    if (!decided.compareAndSet(false, true)) {
      return false;
    }
    try {
      answer.accept(sink);
      end.complete(null);
      return true;
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
      return false;
    }
  }

  /** Lets it go without an answer, if it has none. */
  void release() {
    if (decided.compareAndSet(false, true)) {
      end.complete(null);
    }
  }

  /**
   * Waits for the answer. An interrupt ends the waiting and stays set. Nobody calls the sink once
   * this has returned.
   */
  void await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          end.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
          release(); // ends the waiting, or the answer is being given
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
