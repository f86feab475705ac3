package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.interleavings.Points;
import dev.gimbal.interleavings.Scenario;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Scenarios whose outcome everybody knows. */
public final class Toys {

  private Toys() {}

  /** Two count without a lock. */
  public static final class LostUpdate implements Scenario {
    private int count;

    @Override
    public List<Act> acts() {
      return List.of(() -> count++, () -> count++);
    }

    @Override
    public void end() {
      assertEquals(2, count, "lost");
    }
  }

  /** Two count in a monitor, in a lock, and by an atomic. */
  public static final class Counted implements Scenario {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger atomic = new AtomicInteger();
    private int inMonitor;
    private int inMethod;
    private int inLock;

    private synchronized void count() {
      inMethod++;
    }

    private void all() {
      synchronized (atomic) {
        inMonitor++;
      }
      count();
      lock.lock();
      try {
        inLock++;
      } finally {
        lock.unlock();
      }
      atomic.incrementAndGet();
    }

    @Override
    public List<Act> acts() {
      return List.of(this::all, this::all);
    }

    @Override
    public void end() {
      assertEquals(List.of(2, 2, 2, 2), List.of(inMonitor, inMethod, inLock, atomic.get()), "lost");
    }
  }

  /** Two take two locks in two orders. */
  public static final class Deadlock implements Scenario {
    private final ReentrantLock one = new ReentrantLock();
    private final Object other = new Object();

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            one.lock();
            synchronized (other) {
              one.unlock();
            }
          },
          () -> {
            synchronized (other) {
              one.lock();
              one.unlock();
            }
          });
    }
  }

  /** One announces itself after it has looked. */
  public static final class LostWakeUp implements Scenario {
    private volatile boolean come;
    private volatile Thread waiter;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            while (!come) {
              waiter = Thread.currentThread();
              LockSupport.park(this);
            }
          },
          () -> {
            come = true;
            Thread waiting = waiter;
            if (waiting != null) {
              LockSupport.unpark(waiting);
            }
          });
    }
  }

  /** One waits for a lock that is never free, but not for ever. */
  public static final class TimeOut implements Scenario {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public void begin() {
      lock.lock();
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> assertEquals(false, lock.tryLock(1, TimeUnit.SECONDS)));
    }
  }

  /** One waits in a circle. */
  public static final class Livelock implements Scenario {
    private volatile int looks;

    @Override
    public List<Act> acts() {
      return List.of(
          () -> {
            while (looks >= 0) {
              looks = 1;
            }
          });
    }
  }

  /** A task that was begun by another thread fails. */
  public static final class TaskFails implements Scenario {
    @Override
    public List<Act> acts() {
      return List.of(
          () ->
              Points.spawn(
                  "task",
                  () -> {
                    throw new IllegalStateException("in the task");
                  }));
    }
  }

  /** Two do two things each; the order is told. */
  public static final class Orders implements Scenario {
    private final StringBuilder order = new StringBuilder();
    private volatile int step;

    private void twice(int thread) {
      step = thread;
      order.append(thread);
      step = thread;
      order.append(thread);
    }

    @Override
    public List<Act> acts() {
      return List.of(() -> twice(1), () -> twice(2));
    }

    @Override
    public void end() {
      Points.log(order::toString, null);
    }
  }
}
