package dev.gimbal.engine;

import dev.gimbal.Subscription;
import dev.gimbal.text.Thrown;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calls one listener, one call at a time and in order.
 *
 * <p>Concurrency. {@link #wake} makes sure that a run is on its way; {@link #scheduled} admits one
 * run at a time. A run announces its call in {@link #running} before it takes the next item, and
 * taking fails once closed; {@link #close} closes first and looks at {@code running} after. So
 * either the run finds the item gone, or close sees the run and waits for it (G4).
 */
abstract class Delivery implements Subscription, Runnable {

  private final MemoryLoader loader;

  /** Whether a run is handed off or under way. */
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** The call under way or about to be. Written by the run, read by who closes and the watchdog. */
  private volatile @Nullable Call running;

  Delivery(MemoryLoader loader) {
    this.loader = loader;
  }

  /** Takes the next item and calls the listener; false when there was none. */
  abstract boolean deliverNext() throws Exception;

  abstract boolean hasNext();

  abstract boolean isClosed();

  /** Makes the terminal state and removes it from where it is registered. */
  abstract void closeAndRemove();

  final MemoryLoader loader() {
    return loader;
  }

  long nanoTime() {
    return loader.nanoTime();
  }

  /** Makes sure that what is waiting will be delivered. */
  final void wake() {
    if (scheduled.compareAndSet(false, true)) {
      loader.dispatcher().submit(this);
    }
  }

  /** There is nobody to run it now: the next wake asks again. */
  final void notTaken() {
    scheduled.set(false);
    loader.progress().changed();
  }

  @Override
  public final void run() {
    try {
      boolean more = true;
      while (more) {
        more = runOne();
      }
    } finally {
      scheduled.set(false);
      if (hasNext()) {
        wake();
      }
      loader.progress().changed();
    }
  }

  private boolean runOne() {
    running = new Call(Thread.currentThread(), nanoTime());
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.LISTENER);
    boolean more = true;
    try {
      more = deliverNext();
    } catch (Throwable e) {
      loader.counters().listenerFailures.increment();
      Log.warn(
          () -> "Listener of " + name() + " threw; the next change still comes",
          Thrown.withoutMessage(e));
    } finally {
      Callbacks.leave(before);
      // A listener that interrupted its thread interrupts nobody else's work, nor its next call.
      Interrupts.clear();
      dealtWith(); // once it is counted, so that who waits for it sees that
      running = null;
      leaveIfEnded();
      loader.progress().changed();
    }
    return more;
  }

  /** What was taken last has been dealt with, whatever came of it. Called by the run. */
  void dealtWith() {}

  /** Counts a call that returned. */
  final void delivered() {
    loader.counters().delivered.increment();
  }

  /** Whether nothing is waiting and nothing runs. */
  final boolean isIdle() {
    return !hasNext() && !scheduled.get();
  }

  /** Reports a call that takes longer than it may, once. */
  final void watch(long now, Duration limit) {
    Call call = running;
    if (call != null && !call.reported && now - call.began > Progress.nanos(limit)) {
      call.reported = true;
      loader.counters().slowListeners.increment();
      Log.warn(
          () ->
              "Listener of "
                  + name()
                  + " has been running for over "
                  + TextDuration.of(limit)
                  + " on "
                  + call.thread,
          null);
    }
  }

  @Override
  public final void close() {
    end();
    awaitEnd(System.nanoTime() + Progress.nanos(closeTimeout()));
  }

  private Duration closeTimeout() {
    return loader.settings().limits().close();
  }

  /** Makes the terminal state: no call begins from now on. Waits for nothing. */
  public final void end() {
    closeAndRemove();
    leaveIfEnded();
  }

  /**
   * A closing Config waits for it no more. The run calls it after its call, who closes after the
   * terminal state: one of them succeeds.
   */
  private void leaveIfEnded() {
    if (isClosed() && running == null) {
      loader.deliveries().remove(this);
    }
  }

  /**
   * Waits for the call under way until the deadline, in {@link System#nanoTime}; says so by name
   * when it does not end. From inside a callback it waits for nothing.
   */
  final void awaitEnd(long deadline) {
    if (running == null || Callbacks.inside()) {
      return;
    }
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    if (!loader.progress().awaitUninterruptibly(() -> running == null, left)) {
      String limit = TextDuration.of(closeTimeout());
      Log.warn(() -> name() + " was closed, but its listener has not ended within " + limit, null);
    }
  }

  @Override
  public final String toString() {
    return name();
  }

  /**
   * One call of the listener: its thread, and when it began in nanoseconds of the Config's clock.
   */
  private static final class Call {
    final Thread thread;
    final long began;

    /** Whether the watchdog has reported this call. Written and read by the watchdog. */
    volatile boolean reported;

    Call(Thread thread, long began) {
      this.thread = thread;
      this.began = began;
    }
  }
}
