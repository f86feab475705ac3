package dev.gimbal.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loader's single serial writer: a combining queue. The thread that finds it idle runs what is
 * queued, its own task and those that others add meanwhile; nobody runs two tasks at once, and each
 * task sees what the ones before it wrote. No user code runs here. Who has run {@link #TURN} tasks
 * lets another thread go on, so that a flood of others' work does not keep it; and where tasks wait
 * for user code elsewhere, the lane moves out to a thread of its own, so that nobody waits for that
 * but who wants the result.
 */
final class Lane {

  /** Tasks that one thread runs before it lets another go on. */
  static final int TURN = 256;

  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();

  /** Whether a thread runs tasks, or was handed the lane and will. Changed by any thread. */
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Whether it runs on threads of its own. NO -> YES for good. Changed by any thread. */
  private volatile boolean movedOut;

  private final Consumer<Throwable> bug;
  private final Predicate<Runnable> handOver;

  /**
   * @param bug told about what a task of ours threw; it is never lost. Throws nothing
   * @param handOver runs what it is given on another thread; false when it will not be run
   */
  Lane(Consumer<Throwable> bug, Predicate<Runnable> handOver) {
    this.bug = bug;
    this.handOver = handOver;
  }

  /** From now on tasks may wait for user code; who is at it lets another thread go on. */
  void moveOut() {
    movedOut = true;
  }

  /** Runs a task here or hands it to the thread that is at it. */
  void submit(Runnable task) {
    queue.add(task);
    if (enter() && !(movedOut && handOver.test(this::runOwn))) {
      runTurns(false);
    }
  }

  /** Whether there is something to run and this thread is the one that runs it. */
  private boolean enter() {
    return !queue.isEmpty() && busy.compareAndSet(false, true);
  }

  /**
   * What a thread does that has entered, or that the lane was handed to. Who leaves the lane looks
   * at the queue afterwards, so that no task stays behind.
   */
  private void runTurns(boolean own) {
    boolean left;
    do {
      left = runTurn(own);
    } while (left && enter());
  }

  private void runOwn() {
    runTurns(true);
  }

  /**
   * Runs tasks as the only one, until there is none or another thread has taken the lane over;
   * whether it left the lane itself.
   *
   * @param own whether this is a thread of the lane's own
   */
  private boolean runTurn(boolean own) {
    boolean handedOver = false;
    try {
      int ran = 0;
      for (Runnable task = queue.poll(); task != null; task = handedOver ? null : queue.poll()) {
        run(task);
        ran++;
        boolean turnIsOver = ran >= TURN || movedOut && !own;
        handedOver = turnIsOver && !queue.isEmpty() && handOver.test(this::runOwn);
      }
    } finally {
      if (!handedOver) {
        busy.set(false);
      }
    }
    return !handedOver;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      bug.accept(e);
    }
  }

  /**
   * Has a task run on the lane, here or by who is at it, and waits for its result, or throws what
   * it threw. Interrupts are kept for later.
   */
  <T> T call(Supplier<T> task) {
    Call<T> call = new Call<>(task);
    submit(call);
    return call.await();
  }

  private static final class Call<T> implements Runnable {
    private final Supplier<T> task;
    private final Thread caller = Thread.currentThread();

    /** What came of it. Written by the lane before {@link #done}, read by the caller after it. */
    private @Nullable T result;

    private @Nullable Throwable failure;

    /** Publishes the two above. Written by the lane, read by the caller. */
    private volatile boolean done;

    Call(Supplier<T> task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        result = task.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      done = true;
      if (caller != Thread.currentThread()) {
        LockSupport.unpark(caller);
      }
    }

    @SuppressWarnings("NullAway") // a supplier of T that returned gave a T
    T await() {
      boolean interrupted = false;
      while (!done) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      return result;
    }
  }
}
