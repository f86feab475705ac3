package dev.gimbal.interleavings;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What {@link Weaver} calls in the place of what would block, and before what threads may share.
 */
public final class Points {

  private static final int INTERRUPTS = Shared.number("interrupts", true);
  private static final int PERMITS = Shared.number("permits", true);
  private static final int FUTURES = Shared.number("futures", true);

  private Points() {}

  /** Before a place is touched. */
  public static void point(int place) {
    Run run = Run.ofThisThread();
    if (run != null) {
      run.point(place);
    }
  }

  public static void enter(Object object) {
    Run run = Run.ofThisThread();
    if (run == null) {
      throw new IllegalStateException("a monitor is entered outside of a run");
    }
    run.point(Shared.number("monitor of " + object.getClass().getName(), true));
    run.enter(object);
  }

  public static void exit(Object object) {
    Run run = Run.ofThisThread();
    if (run != null) {
      run.exit(object);
    }
  }

  public static void park(Object blocker) {
    parkNanos(blocker, Long.MAX_VALUE);
  }

  public static void parkNanos(Object blocker, long nanos) {
    point(PERMITS);
    Run.ofThisThread().park(nanos);
  }

  public static void unpark(Thread thread) {
    if (thread != null) {
      point(PERMITS);
      Run.ofThisThread().unpark(thread);
    }
  }

  public static void interrupt(Thread thread) {
    point(INTERRUPTS);
    Run.ofThisThread().fiber(thread).interrupted = true;
  }

  public static boolean interrupted() {
    point(INTERRUPTS);
    return Run.ofThisThread().clearInterrupt();
  }

  public static boolean isInterrupted(Thread thread) {
    point(INTERRUPTS);
    return Run.ofThisThread().fiber(thread).interrupted;
  }

  public static <E> Set<E> synchronizedSet(Set<E> set) {
    return new ManagedSet<>(set);
  }

  public static void start(Thread thread) {
    Run.ofThisThread().spawn(thread.getName(), thread::run);
  }

  /** Begins a task on a thread of its own. */
  public static void spawn(String name, Runnable task) {
    Run.ofThisThread().spawn(name, task);
  }

  /** Fails the scenario from code whose exceptions are caught. */
  public static void fail(String why) {
    Run.ofThisThread().fail(new AssertionError(why));
  }

  /** Takes the place of the engine's log. */
  public static void log(Supplier<String> message, Throwable cause) {
    Run run = Run.ofThisThread();
    if (run != null && !(cause instanceof Run.Aborted)) {
      run.logged().add(message.get() + (cause == null ? "" : " (" + cause + ")"));
    }
  }

  /** What the engine logged in this run. */
  public static List<String> logged() {
    return Run.ofThisThread().logged();
  }

  public static long nanoTime() {
    Run run = Run.ofThisThread();
    return run == null ? System.nanoTime() : run.nanoTime();
  }

  public static <T> T get(CompletableFuture<T> future, long time, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    point(FUTURES);
    Run run = Run.ofThisThread();
    if (run == null) {
      return future.get(time, unit);
    }
    switch (run.block("a future", future::isDone, Run.nanos(time, unit), true)) {
      case READY -> {
        return future.get();
      }
      case TIMED_OUT -> throw new TimeoutException();
      default -> {
        boolean ignored = run.clearInterrupt();
        throw new InterruptedException();
      }
    }
  }

  public static <T> T get(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException {
    try {
      return get(future, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  public static boolean complete(CompletableFuture<Object> future, Object value) {
    point(FUTURES);
    return future.complete(value);
  }

  public static boolean completeExceptionally(CompletableFuture<?> future, Throwable why) {
    point(FUTURES);
    return future.completeExceptionally(why);
  }

  public static boolean isDone(CompletableFuture<?> future) {
    point(FUTURES);
    return future.isDone();
  }
}
