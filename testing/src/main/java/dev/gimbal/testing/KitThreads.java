package dev.gimbal.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls beside a test, and the threads that were there at some moment. */
final class KitThreads {

  /** Something that is done. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** How the names of threads begin that the JDK starts once, for whoever asks first. */
  private static final List<String> OF_THE_JDK =
      List.of(
          "ForkJoinPool.commonPool-",
          "CompletableFutureDelayScheduler",
          "Common-Cleaner",
          "Keep-Alive-Timer",
          "process reaper",
          "Attach Listener",
          "Signal Dispatcher",
          "VirtualThread-unparker");

  private final Set<Thread> present;
  private final Predicate<Thread> foreign;

  private KitThreads(Set<Thread> present, Predicate<Thread> foreign) {
    this.present = present;
    this.foreign = foreign;
  }

  /**
   * Those that are there now.
   *
   * @param foreign whether one that comes later has to do with something else
   */
  static KitThreads present(Predicate<Thread> foreign) {
    return new KitThreads(Thread.getAllStackTraces().keySet(), foreign);
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
    others.removeIf(KitThreads::isOfTheJdk);
    others.removeIf(foreign);
    return others;
  }

  private static boolean isOfTheJdk(Thread thread) {
    return OF_THE_JDK.stream().anyMatch(thread.getName()::startsWith);
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
