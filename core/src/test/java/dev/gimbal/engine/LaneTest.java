package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaneTest {

  private static final int THREADS = 8;
  private static final int TASKS = 20_000;

  private final List<Throwable> bugs = new ArrayList<>();
  private final Lane lane = new Lane(bugs::add, drain -> false);

  @Test
  @Tag("class1")
  void tasksOfManyThreads_runOneAtATime_andEachThreadsInOrder() throws Exception {
    int[] plain = {0};
    long[] lastOf = new long[THREADS];
    AtomicInteger outOfOrder = new AtomicInteger();
    hammer(
        (thread, i) ->
            lane.submit(
                () -> {
                  countSlowly(plain);
                  if (lastOf[thread] != i) {
                    outOfOrder.incrementAndGet();
                  }
                  lastOf[thread] = i + 1;
                }));
    assertEquals(THREADS * TASKS, lane.<Integer>call(() -> plain[0]));
    assertEquals(0, outOfOrder.get());
    assertEquals(List.of(), bugs);
  }

  @Test
  @Tag("slow")
  void tasksOfManyThreadsWithoutALane_loseCounts() throws Exception {
    int[] plain = {0};
    hammer((thread, i) -> countSlowly(plain));
    assertTrue(plain[0] < THREADS * TASKS, "count: " + plain[0]);
  }

  /** Two threads in here at once lose a count. */
  private static void countSlowly(int[] plain) {
    int was = plain[0];
    Thread.yield();
    plain[0] = was + 1;
  }

  @Test
  void call_returnsWhatTheTaskGave_orThrowsWhatItThrew() {
    assertEquals("answer", lane.<String>call(() -> "answer"));
    IllegalStateException thrown = new IllegalStateException("mine");
    assertSame(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () ->
                lane.call(
                    () -> {
                      throw thrown;
                    })));
    assertEquals("still there", lane.<String>call(() -> "still there"));
    assertEquals(List.of(), bugs);
  }

  @Test
  @Tag("class10")
  void taskThatThrows_isReported_andTheNextRuns() {
    IllegalStateException thrown = new IllegalStateException("a bug");
    lane.submit(
        () -> {
          throw thrown;
        });
    assertEquals(1, lane.<Integer>call(() -> 1));
    assertEquals(List.of(thrown), bugs);
  }

  @Test
  void call_ofAnInterruptedThread_waitsAndKeepsTheInterrupt() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () ->
                lane.submit(
                    () -> {
                      busy.countDown();
                      awaitQuietly(release);
                    }));
    holder.start();
    busy.await();
    boolean[] interrupted = new boolean[1];
    int[] result = new int[1];
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              result[0] = lane.<Integer>call(() -> 7);
              interrupted[0] = Thread.interrupted();
            });
    caller.start();
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // it has taken its interrupt, and waits again
    }
    release.countDown();
    caller.join();
    holder.join();
    assertEquals(7, result[0]);
    assertTrue(interrupted[0]);
  }

  /** The one who is at it may leave just when the other's task comes. */
  @Test
  void callsOfTwoThreadsAtOnce_bothReturn() throws Exception {
    int rounds = 20_000;
    AtomicInteger arrived = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    Runnable caller =
        () -> {
          for (int round = 1; round <= rounds; round++) {
            arrived.incrementAndGet();
            while (arrived.get() < 2 * round) {
              Thread.yield();
            }
            lane.<Integer>call(ran::incrementAndGet);
          }
        };
    Thread other = new Thread(caller);
    other.setDaemon(true);
    other.start();
    caller.run();
    other.join();
    assertEquals(2 * rounds, ran.get());
  }

  /** Adds a task just after it was seen to be empty, as another thread may. */
  private static final class AddedLate extends ConcurrentLinkedQueue<Runnable> {
    private static final long serialVersionUID = 1;

    private final transient Runnable adds;
    private boolean added;

    AddedLate(Runnable adds) {
      this.adds = adds;
    }

    @Override
    public Runnable poll() {
      Runnable task = super.poll();
      if (task == null && !added) {
        added = true;
        adds.run();
      }
      return task;
    }
  }

  @Test
  void taskThatComesAfterTheLastLook_runsAllTheSame() throws Exception {
    List<String> ran = new ArrayList<>();
    Field queue = Lane.class.getDeclaredField("queue");
    queue.setAccessible(true);
    queue.set(lane, new AddedLate(() -> lane.submit(() -> ran.add("late"))));
    lane.submit(() -> ran.add("soon"));
    assertEquals(List.of("soon", "late"), ran);
  }

  private interface Step {
    void run(int thread, int i);
  }

  private static void hammer(Step step) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      threads.add(
          new Thread(
              () -> {
                awaitQuietly(start);
                for (int i = 0; i < TASKS; i++) {
                  step.run(thread, i);
                }
              }));
    }
    threads.forEach(Thread::start);
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs tasks that each add the next, until there were so many; who ran the last. */
  private static Thread lastOfAFlood(Lane flooded, int tasks) throws Exception {
    CompletableFuture<Thread> last = new CompletableFuture<>();
    flood(flooded, tasks, last);
    return last.get();
  }

  private static void flood(Lane flooded, int left, CompletableFuture<Thread> last) {
    flooded.submit(
        () -> {
          if (left == 0) {
            last.complete(Thread.currentThread());
          } else {
            flood(flooded, left - 1, last);
          }
        });
  }

  @Test
  void floodOfTasks_isHandedOver_afterATurn() throws Exception {
    List<Thread> others = new CopyOnWriteArrayList<>();
    Lane handing =
        new Lane(
            bugs::add,
            drain -> {
              Thread other = new Thread(drain);
              others.add(other);
              other.start();
              return true;
            });
    Thread last = lastOfAFlood(handing, 10 * Lane.TURN);
    assertEquals(10, others.size());
    assertSame(others.get(9), last);
    assertEquals("still there", handing.<String>call(() -> "still there"));
    assertEquals(List.of(), bugs);
  }

  @Test
  void floodOfTasks_staysHere_whereNobodyTakesOver() throws Exception {
    assertSame(Thread.currentThread(), lastOfAFlood(lane, 10 * Lane.TURN));
  }

  @Test
  void reportThatThrows_doesNotStopTheLane() {
    Lane reporting =
        new Lane(
            e -> {
              throw new IllegalStateException("the report failed", e);
            },
            drain -> false);
    assertThrows(
        IllegalStateException.class,
        () ->
            reporting.submit(
                () -> {
                  throw new IllegalArgumentException("a bug");
                }));
    assertEquals("still there", reporting.<String>call(() -> "still there"));
  }
}
