package dev.gimbal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.gimbal.ConfigPath;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks that run on a worker. Either they say what they found or they are cut, never both; cut
 * ones are interrupted while they run, and what they find then goes elsewhere.
 *
 * @param <T> what they find
 */
final class CheckRun<T> {

  /**
   * Why checks say nothing.
   *
   * @param name what was under way
   * @param path the key it was about, or null
   * @param why in words
   */
  record Cut(String name, @Nullable ConfigPath path, String why) {}

  private record UnderWay(String name, @Nullable ConfigPath path) {}

  private final Function<Cut, T> instead;
  private final Consumer<T> unheard;
  private final CompletableFuture<T> found = new CompletableFuture<>();

  /** What is being checked. Written by the worker, read by who cuts. */
  private volatile UnderWay underWay = new UnderWay("the checks", null);

  /** NONE -> the thread that runs them -> NONE. */
  @GuardedBy("this")
  private @Nullable Thread worker;

  /**
   * @param instead the result of those that are cut
   * @param unheard takes what cut ones find all the same, on their thread; throws nothing
   */
  CheckRun(Function<Cut, T> instead, Consumer<T> unheard) {
    this.instead = instead;
    this.unheard = unheard;
  }

  /** Says what comes next, for who waits in vain; false when it is cut, so that nothing does. */
  boolean begins(String name, @Nullable ConfigPath path) {
    underWay = new UnderWay(name, path);
    return !found.isDone();
  }

  /** Runs the checks on this thread, unless they were cut before. */
  void run(Function<CheckRun<T>, T> checks) {
    synchronized (this) {
      worker = Thread.currentThread();
    }
    Callbacks.Kind outer = Callbacks.enter(Callbacks.Kind.CHECK);
    boolean heard = false;
    T late = null;
    try {
      late = found.isDone() ? null : checks.apply(this);
      heard = late != null && found.complete(late);
    } catch (Throwable bug) { // code of a user may throw what nobody declares
      heard = found.completeExceptionally(bug);
    } finally {
      Callbacks.leave(outer);
      synchronized (this) {
        worker = null;
      }
      if (!heard) {
        Interrupts.clear(); // who cut it has interrupted this thread for that alone
      }
    }
    if (!heard && late != null) {
      unheard.accept(late);
    }
  }

  /** Ends the waiting, unless the checks have said what they found. */
  void cut(String why) {
    UnderWay last = underWay;
    if (found.complete(instead.apply(new Cut(last.name(), last.path(), why)))) {
      synchronized (this) {
        if (worker != null) {
          worker.interrupt();
        }
      }
    }
  }

  /** What was found, or what stands for it. Interrupts are kept for later. */
  T await() {
    boolean over = Progress.ended(found, Progress.LONGEST);
    assert over;
    return found.join();
  }
}
