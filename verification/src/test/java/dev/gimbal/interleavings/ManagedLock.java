package dev.gimbal.interleavings;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that is free, or is waited for, as its {@link Run} says. */
public final class ManagedLock extends ReentrantLock {

  private static final long serialVersionUID = 1L;

  private transient Fiber owner;
  private transient int holds;

  private static Run run() {
    Run run = Run.ofThisThread();
    if (run == null) {
      throw new IllegalStateException("a lock is taken outside of a run");
    }
    return run;
  }

  private boolean isMine() {
    return owner == run().current();
  }

  private Fiber.Woken take(long nanos, boolean interruptible) {
    Run run = run();
    if (interruptible && run.current().interrupted) {
      return Fiber.Woken.INTERRUPTED;
    }
    if (owner != null && !isMine()) {
      Fiber.Woken woken = run.block("a lock", () -> owner == null, nanos, interruptible);
      if (woken != Fiber.Woken.READY) {
        return woken;
      }
    }
    owner = run.current();
    holds++;
    return Fiber.Woken.READY;
  }

  @Override
  public void lock() {
    Fiber.Woken ignored = take(Long.MAX_VALUE, false);
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    throwIfInterrupted(take(Long.MAX_VALUE, true));
  }

  @Override
  public boolean tryLock() {
    return (owner == null || isMine()) && take(0, false) == Fiber.Woken.READY;
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    Fiber.Woken woken = take(Run.nanos(time, unit), true);
    throwIfInterrupted(woken);
    return woken == Fiber.Woken.READY;
  }

  private static void throwIfInterrupted(Fiber.Woken woken) throws InterruptedException {
    if (woken == Fiber.Woken.INTERRUPTED) {
      boolean ignored = run().clearInterrupt();
      throw new InterruptedException();
    }
  }

  /** Works also while a run is being ended. */
  @Override
  public void unlock() {
    if (!isMine()) {
      throw new IllegalMonitorStateException();
    }
    if (--holds == 0) {
      owner = null;
    }
  }

  @Override
  public boolean isHeldByCurrentThread() {
    return isMine();
  }

  @Override
  public Condition newCondition() {
    return new Waiting();
  }

  private static final class Ticket {
    boolean signalled;
  }

  private final class Waiting implements Condition {
    private final List<Ticket> tickets = new ArrayList<>();

    private Fiber.Woken await(long nanos, boolean interruptible) {
      if (!isMine()) {
        throw new IllegalMonitorStateException();
      }
      Ticket ticket = new Ticket();
      tickets.add(ticket);
      int held = holds;
      holds = 0;
      owner = null;
      Fiber.Woken woken = run().block("a condition", () -> ticket.signalled, nanos, interruptible);
      tickets.remove(ticket);
      Fiber.Woken ignored = take(Long.MAX_VALUE, false);
      holds = held;
      return woken;
    }

    @Override
    public void await() throws InterruptedException {
      throwIfInterrupted(await(Long.MAX_VALUE, true));
    }

    @Override
    public void awaitUninterruptibly() {
      Fiber.Woken ignored = await(Long.MAX_VALUE, false);
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
      long deadline = run().nanoTime() + nanos;
      throwIfInterrupted(await(nanos, true));
      return deadline - run().nanoTime();
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      return awaitNanos(unit.toNanos(time)) > 0;
    }

    @Override
    public boolean awaitUntil(Date deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signal() {
      for (Ticket ticket : tickets) {
        if (!ticket.signalled) {
          ticket.signalled = true;
          return;
        }
      }
    }

    @Override
    public void signalAll() {
      tickets.forEach(ticket -> ticket.signalled = true);
    }
  }
}
