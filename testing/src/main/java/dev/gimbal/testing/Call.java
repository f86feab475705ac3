package dev.gimbal.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for tasks, on a thread of its own. The other thread runs a task only while the
 * call waits, so that the two take turns.
 */
final class Call<T> {

  private static final long LOOK_AGAIN_NANOS = 20_000;

  private final Callable<T> action;

  // Written by the call's thread, read after it ended.
  private @Nullable T result;
  private @Nullable Throwable failure;

  Call(Callable<T> action) {
    this.action = action;
  }

  /** Calls on this thread. */
  static <T> T direct(Callable<T> action) {
    Call<T> call = new Call<>(action);
    call.run();
    return call.result();
  }

  /** Calls on a thread of its own, and runs tasks here whenever that waits. */
  T await(BooleanSupplier runNext) {
    Thread thread = new Thread(this::run, "manual-tasks");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      if (Thread.interrupted()) {
        interrupted = true;
        thread.interrupt();
      }
      if (!isWaiting(thread) || !runNext.getAsBoolean()) {
        LockSupport.parkNanos(this, LOOK_AGAIN_NANOS); // no thread tells when it begins to wait
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result();
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  private void run() {
    try {
      result = action.call();
    } catch (Throwable e) {
      failure = e;
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // an action of T gave a T
  private T result() {
    Throwable thrown = failure;
    if (thrown != null) {
      throw Call.<RuntimeException>sneak(thrown);
    }
    return result;
  }

  /** Throws what the action threw, whatever its type: the caller is a method that declares it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> RuntimeException sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
