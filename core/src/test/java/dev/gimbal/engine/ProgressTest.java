package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final Progress progress = new Progress();
  private final AtomicBoolean condition = new AtomicBoolean();

  /** A call on a thread of its own. */
  private static final class Waiter<T> {
    private final FutureTask<T> call;
    private final Thread thread;

    Waiter(Callable<T> body) {
      call = new FutureTask<>(body);
      thread = new Thread(call);
      thread.setDaemon(true);
      thread.start();
    }

    void untilParked() {
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        assertFalse(call.isDone(), "it did not wait");
        Thread.onSpinWait();
      }
    }

    T get() throws Exception {
      return call.get();
    }
  }

  @Test
  void await_ofWhatIsTrue_returnsAtOnce_alsoWithoutTime() throws Exception {
    assertTrue(progress.await(() -> true, Duration.ZERO));
    assertFalse(progress.await(() -> false, Duration.ZERO));
    assertFalse(progress.await(() -> false, Duration.ofNanos(1)));
    AtomicInteger looks = new AtomicInteger();
    assertFalse(progress.await(() -> looks.incrementAndGet() > 1, Duration.ZERO));
    assertEquals(1, looks.get());
  }

  @Test
  void changed_wakesEveryWaiter() throws Exception {
    Waiter<Boolean> one = new Waiter<>(() -> progress.await(condition::get, LONG));
    Waiter<Boolean> other = new Waiter<>(() -> progress.awaitUninterruptibly(condition::get, LONG));
    one.untilParked();
    other.untilParked();
    progress.changed(); // nothing came true: they go on waiting
    condition.set(true);
    progress.changed();
    assertTrue(one.get());
    assertTrue(other.get());
    progress.changed();
    assertTrue(progress.await(condition::get, LONG)); // nobody holds the lock
  }

  @Test
  void await_interrupted_throws_andTheNextOneWaits() throws Exception {
    Waiter<Boolean> waiter = new Waiter<>(() -> progress.await(condition::get, LONG));
    waiter.untilParked();
    waiter.thread.interrupt();
    ExecutionException e = assertThrows(ExecutionException.class, waiter::get);
    assertEquals(InterruptedException.class, e.getCause().getClass());
    assertFalse(progress.await(condition::get, Duration.ZERO));
  }

  @Test
  void awaitUninterruptibly_goesOnWaiting_andKeepsTheInterrupt() throws Exception {
    Waiter<Boolean> waiter =
        new Waiter<>(
            () -> {
              assertTrue(progress.awaitUninterruptibly(condition::get, LONG));
              return Thread.interrupted();
            });
    waiter.untilParked();
    waiter.thread.interrupt();
    while (waiter.thread.isInterrupted()) {
      Thread.onSpinWait(); // until it has taken the interrupt
    }
    waiter.untilParked();
    condition.set(true);
    progress.changed();
    assertTrue(waiter.get());
    assertFalse(progress.awaitUninterruptibly(() -> false, Duration.ZERO));
    assertFalse(Thread.interrupted());
  }

  @Test
  void ended_saysWhetherItIsOver_inWhateverWay() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    assertFalse(Progress.ended(end, Duration.ofNanos(1)));
    end.complete(null);
    assertTrue(Progress.ended(end, Duration.ZERO));
    assertTrue(
        Progress.ended(CompletableFuture.failedFuture(new Exception("mine")), Duration.ZERO));
    assertFalse(Thread.interrupted());
  }

  @Test
  void ended_goesOnWaiting_andKeepsTheInterrupt() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Waiter<Boolean> waiter =
        new Waiter<>(
            () -> {
              assertTrue(Progress.ended(end, LONG));
              return Thread.interrupted();
            });
    waiter.untilParked();
    waiter.thread.interrupt();
    while (waiter.thread.isInterrupted()) {
      Thread.onSpinWait();
    }
    waiter.untilParked();
    end.complete(null);
    assertTrue(waiter.get());
  }

  @Test
  void nanos_areFromZeroTo100Years() {
    assertEquals(0, Progress.nanos(Duration.ofNanos(-1)));
    assertEquals(0, Progress.nanos(Duration.ZERO));
    assertEquals(1, Progress.nanos(Duration.ofNanos(1)));
    long longest = Duration.ofDays(36_500).toNanos();
    assertEquals(longest, Progress.nanos(Duration.ofDays(36_500)));
    assertEquals(longest, Progress.nanos(Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals(longest - 1, Progress.nanos(Duration.ofDays(36_500).minusNanos(1)));
    assertEquals(Duration.ofSeconds(-5), Progress.atMost(Duration.ofSeconds(-5)));
  }
}
