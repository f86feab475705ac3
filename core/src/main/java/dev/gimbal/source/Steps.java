package dev.gimbal.source;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs steps one after another, in the order they were given, on the thread that finds it idle.
 * What one step wrote, the next one sees. No lock is held while a step runs.
 */
final class Steps {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Runs a step now, or leaves it to the thread that runs others. A step that throws ends alone.
   */
  void run(Runnable step) {
    waiting.add(step);
    if (count.getAndIncrement() != 0) {
      return;
    }
    Throwable failure = null;
    do {
      try {
        waiting.remove().run();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    } while (count.decrementAndGet() != 0);
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Runs a step and returns when it has run; an interrupt ends the waiting, not the step. */
  void runAndWait(Runnable step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    run(
        () -> {
          try {
            step.run();
            done.complete(null);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    await(done);
  }

  /** Waits for a result; whether it came: an interrupt ends the waiting and stays set. */
  static boolean await(CompletableFuture<Void> done) {
    try {
      done.get();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
