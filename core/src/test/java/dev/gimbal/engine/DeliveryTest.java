package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.ManualTasks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A delivery whose items are scripts, run when the test says so. */
@Timeout(60)
class DeliveryTest {

  private interface Item {
    void deliver() throws Exception;
  }

  private final List<String> executed = new ArrayList<>();
  private final ManualTasks tasks =
      new ManualTasks(
          name -> {
            executed.add(name);
            return false;
          });
  private final MemoryLoader loader = Loaders.open(tasks);
  private final Scripted delivery = new Scripted();
  private final List<String> calls = new ArrayList<>();
  private int failures;
  private final List<FutureTask<?>> started = new ArrayList<>();

  private final class Scripted extends Delivery {
    private final ArrayDeque<Item> items = new ArrayDeque<>();

    /** Runs when a run finds nothing to deliver. */
    private Runnable noMore = () -> {};

    /** Runs when the run looks for more at its end. */
    private Runnable lastLook = () -> {};

    private volatile boolean closed;
    private volatile long now;
    private volatile Thread runner;

    Scripted() {
      super(loader);
      loader.deliveries().add(this);
    }

    @Override
    public String name() {
      return "it";
    }

    @Override
    boolean deliverNext() throws Exception {
      runner = Thread.currentThread();
      Item item = closed ? null : items.poll();
      if (item == null) {
        noMore.run();
        return false;
      }
      item.deliver();
      return true;
    }

    @Override
    boolean hasNext() {
      if (Thread.currentThread() == runner) {
        lastLook.run();
      }
      return !closed && !items.isEmpty();
    }

    @Override
    boolean isClosed() {
      return closed;
    }

    @Override
    void closeAndRemove() {
      closed = true;
    }

    @Override
    long nanoTime() {
      return now;
    }
  }

  /** What an item finds wrong is thrown at the delivery, which counts it. */
  @AfterEach
  void nothingWasWrong() throws Exception {
    assertEquals(failures, loader.counters().listenerFailures.sum());
    for (FutureTask<?> task : started) {
      task.get();
    }
  }

  private Thread start(Callable<?> body) {
    FutureTask<?> task = new FutureTask<>(body);
    started.add(task);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void untilParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(thread.isAlive(), "it did not wait");
      Thread.onSpinWait();
    }
  }

  @Test
  void wakesBeforeARun_areOneRun_thatDeliversAll() {
    delivery.items.add(() -> calls.add("one"));
    delivery.wake();
    delivery.items.add(() -> calls.add("two"));
    delivery.wake();
    assertEquals(List.of("dispatch"), tasks.names());
    assertFalse(delivery.isIdle());
    tasks.run();
    assertEquals(List.of("one", "two"), calls);
    assertTrue(delivery.isIdle());
    delivery.items.add(() -> calls.add("three"));
    assertFalse(delivery.isIdle());
    delivery.wake();
    tasks.run();
    assertEquals(List.of("one", "two", "three"), calls);
  }

  @Test
  void whatComesWhileARunEnds_isDeliveredByTheNextOne() {
    delivery.items.add(() -> calls.add("one"));
    delivery.lastLook =
        () -> {
          delivery.lastLook = () -> {};
          delivery.items.add(() -> calls.add("two"));
        };
    delivery.wake();
    tasks.run();
    assertEquals(List.of("one", "two"), calls);
    assertEquals(List.of(), tasks.names());
  }

  @Test
  void listenerThatThrows_isLoggedAndCounted_andTheNextCallComes() {
    delivery.items.add(
        () -> {
          throw new java.io.IOException("mine");
        });
    delivery.items.add(() -> calls.add("two"));
    delivery.wake();
    try (Warnings warnings = new Warnings()) {
      tasks.run();
      assertEquals(
          List.of(
              "WARNING Listener of it threw; the next change still comes"
                  + " <- java.lang.Exception: java.io.IOException"),
          warnings.all());
    }
    assertEquals(List.of("two"), calls);
    assertEquals(List.of("dispatch", "listener it"), executed);
    failures = 1;
  }

  @Test
  void call_isMarked_andLeavesItsThreadAsItWas() {
    delivery.items.add(() -> calls.add("inside " + Callbacks.inside()));
    delivery.items.add(() -> Thread.currentThread().interrupt());
    delivery.items.add(() -> calls.add("interrupted " + Thread.currentThread().isInterrupted()));
    delivery.wake();
    tasks.run();
    assertEquals(List.of("inside true", "interrupted false"), calls);
    assertFalse(Callbacks.inside());
    assertFalse(Thread.interrupted());
    Callbacks.Kind before = Callbacks.enter(Callbacks.Kind.SOURCE);
    delivery.wake();
    tasks.run();
    assertTrue(Callbacks.inside());
    Callbacks.leave(before);
  }

  @Test
  void callUnderWay_isReportedOnce_whenItIsOverTheLimit() {
    Duration limit = Duration.ofMillis(10);
    long nanos = limit.toNanos();
    try (Warnings warnings = new Warnings()) {
      delivery.now = 1_000;
      delivery.watch(1_000 + 2 * nanos, limit); // nothing runs
      delivery.items.add(
          () -> {
            delivery.watch(1_000 + nanos, limit);
            calls.add("slow " + loader.counters().slowListeners.sum());
            delivery.watch(1_000 + nanos + 1, limit);
            delivery.watch(1_000 + nanos + 2, limit);
            calls.add("slow " + loader.counters().slowListeners.sum());
          });
      delivery.items.add(() -> delivery.watch(1_000 + nanos + 1, limit));
      delivery.wake();
      tasks.run();
      assertEquals(List.of("slow 0", "slow 1"), calls);
      assertEquals(2, loader.counters().slowListeners.sum());
      String warning =
          "WARNING Listener of it has been running for over 10ms on " + Thread.currentThread();
      assertEquals(List.of(warning, warning), warnings.all());
    }
  }

  @Test
  void secondCall_isTimedFromItsOwnBeginning() {
    Duration limit = Duration.ofMillis(10);
    delivery.items.add(() -> delivery.now = 50_000_000);
    delivery.items.add(() -> delivery.watch(60_000_000, limit));
    delivery.wake();
    tasks.run();
    assertEquals(0, loader.counters().slowListeners.sum());
  }

  @Test
  void close_whereNothingRuns_leavesTheOpenOnes() {
    delivery.close();
    assertTrue(delivery.closed);
    assertEquals(java.util.Set.of(), loader.deliveries());
  }

  @Test
  void close_waitsForTheCallUnderWay_whichThenLeavesTheOpenOnes() {
    AtomicInteger closed = new AtomicInteger();
    delivery.items.add(
        () -> {
          Thread closer =
              start(
                  () -> {
                    delivery.close();
                    return closed.incrementAndGet();
                  });
          untilParked(closer);
          assertEquals(0, closed.get());
          assertEquals(java.util.Set.of(delivery), loader.deliveries());
        });
    delivery.items.add(() -> calls.add("after the close"));
    delivery.wake();
    tasks.run();
    assertEquals(List.of(), calls);
    assertEquals(java.util.Set.of(), loader.deliveries());
  }

  @Test
  void close_fromInsideACallback_waitsForNothing() {
    delivery.items.add(
        () -> {
          delivery.close();
          calls.add("closed");
        });
    delivery.wake();
    tasks.run();
    assertEquals(List.of("closed"), calls);
    assertEquals(java.util.Set.of(), loader.deliveries());
  }

  @Test
  void callThatDoesNotEnd_isNamed() {
    try (Warnings warnings = new Warnings()) {
      delivery.items.add(
          () -> {
            Thread closer =
                start(
                    () -> {
                      delivery.end();
                      delivery.awaitEnd(System.nanoTime() - 1);
                      return null;
                    });
            closer.join();
          });
      delivery.wake();
      tasks.run();
      assertEquals(
          List.of("WARNING it was closed, but its listener has not ended within 30s"),
          warnings.all());
      delivery.awaitEnd(System.nanoTime() - 1); // nothing runs
      assertEquals(1, warnings.all().size());
    }
  }

  @Test
  void whoWaitsForOneCall_isWokenBeforeTheNextOneEnds() {
    AtomicInteger ended = new AtomicInteger();
    Thread[] waiter = new Thread[1];
    delivery.items.add(
        () -> {
          waiter[0] =
              start(() -> loader.progress().await(() -> ended.get() == 1, Duration.ofSeconds(50)));
          untilParked(waiter[0]);
          ended.set(1);
        });
    delivery.items.add(() -> waiter[0].join());
    delivery.wake();
    tasks.run();
  }

  @Test
  void whoWaitsForTheEndOfARun_isWokenAfterIt() {
    AtomicInteger looks = new AtomicInteger();
    Thread[] waiter = new Thread[1];
    delivery.items.add(
        () -> {
          waiter[0] =
              start(
                  () ->
                      loader
                          .progress()
                          .await(
                              () -> looks.incrementAndGet() > 3 && delivery.isIdle(),
                              Duration.ofSeconds(50)));
          untilParked(waiter[0]);
        });
    delivery.noMore = () -> untilItWaitsAfter(looks, 2, waiter[0]);
    delivery.lastLook = () -> untilItWaitsAfter(looks, 3, waiter[0]);
    delivery.wake();
    tasks.run();
  }

  private static void untilItWaitsAfter(AtomicInteger looks, int so, Thread waiter) {
    while (looks.get() < so) {
      Thread.onSpinWait();
    }
    untilParked(waiter);
  }

  @Test
  void callsThatReturned_areCounted() {
    delivery.delivered();
    delivery.delivered();
    assertEquals(2, loader.counters().delivered.sum());
  }

  @Test
  void name_isWhatItPrints() {
    assertEquals("it", delivery.toString());
    assertEquals("it", delivery.name());
  }
}
