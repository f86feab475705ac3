package dev.gimbal.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls beside a test, and the threads that were there at some moment. */
final class KitThreads {

  /** Something that is done. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  private final Set<Thread> present;

  private KitThreads(Set<Thread> present) {
    this.present = present;
  }

  static KitThreads present() {
    return new KitThreads(Thread.getAllStackTraces().keySet());
  }

  /** Waits until all other threads have ended; an error names those that do not. */
  void awaitNoOthers(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    Set<Thread> others = others();
    while (!others.isEmpty()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("threads that stay: " + others);
      }
      System.gc(); // some libraries end a thread when what it serves is collected
      Thread.sleep(20); // no thread tells that it has ended
      others = others();
    }
  }

  private Set<Thread> others() {
    Set<Thread> others = new HashSet<>(Thread.getAllStackTraces().keySet());
    others.removeAll(present);
    return others;
  }

  /** Calls on a thread of its own. */
  static <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "kit");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  /** Does something on a thread of its own. */
  static CompletableFuture<@Nullable Void> run(Action action) {
    return call(
        () -> {
          action.run();
          return null;
        });
  }

  /** What comes of a call; an error if it throws, or takes longer than this. */
  static <T extends @Nullable Object> T get(CompletableFuture<T> future, Duration patience)
      throws InterruptedException {
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no end within " + patience, e);
    }
  }
}
