package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.WatcherStoppedException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who waits always wakes: the park and unpark of {@link PullWatcher}, repeated until the two meet
 * in the narrow places. It samples; it does not enumerate: the twin, whose gap between looking and
 * announcing is widened, shows that the rounds go there at all.
 */
@Tag("race")
class WatcherWakesTest {

  private static final int ROUNDS = 200_000;
  private static final int STOPS = 2_000;

  /**
   * Pauses between looking and announcing in the twin, wider until a wake-up is lost: on a busy
   * machine the two threads seldom run at once.
   */
  private static final int[] GAPS = {20, 1_000, 50_000};

  /** After this long without an answer a round counts as lost. The twin always pays it once. */
  private static final Duration LOST = Duration.ofSeconds(20);

  private static final Duration LOST_IN_TWIN = Duration.ofSeconds(2);

  @Test
  void next_publishedAtAnyMoment_wakes() throws InterruptedException {
    PullWatcher watcher = Watchers.fromVersionZero();
    Rounds rounds =
        new Rounds() {
          @Override
          void publish(PublishedSnapshot snapshot) {
            watcher.offer(snapshot);
          }

          @Override
          long next() {
            return Watchers.next(watcher);
          }

          @Override
          void stop() {
            watcher.stop();
          }
        };
    assertEquals(ROUNDS, rounds.publish(ROUNDS, LOST));
  }

  @Test
  void next_publishedAtAnyMomentTwin_sleepsForEver() throws InterruptedException {
    boolean lost = false;
    for (int i = 0; i < GAPS.length && !lost; i++) {
      SeededWatchers.LostWakeup watcher = new SeededWatchers.LostWakeup(GAPS[i]);
      lost = rounds(watcher).publish(ROUNDS, LOST_IN_TWIN) < ROUNDS;
    }
    assertTrue(lost, "the twin lost no wake-up");
  }

  @Test
  @Tag("D33")
  void next_stoppedAtAnyMoment_wakes() throws InterruptedException {
    int woken = 0;
    while (woken < STOPS && stopped(Watchers.fromVersionZero(), woken)) {
      woken++;
    }
    assertEquals(STOPS, woken);
  }

  @Test
  void next_stoppedAtAnyMomentTwin_sleepsForEver() throws InterruptedException {
    boolean lost = false;
    for (int i = 0; i < GAPS.length && !lost; i++) {
      int woken = 0;
      while (woken < STOPS && stopped(new SeededWatchers.LostWakeup(GAPS[i]), woken)) {
        woken++;
      }
      lost = woken < STOPS;
    }
    assertTrue(lost, "the twin lost no wake-up");
  }

  private static boolean stopped(PullWatcher watcher, int round) throws InterruptedException {
    Consumer consumer = new Consumer(() -> Watchers.next(watcher));
    consumer.await(round);
    watcher.stop();
    return consumer.ends(LOST);
  }

  private static boolean stopped(SeededWatchers.LostWakeup watcher, int round)
      throws InterruptedException {
    Consumer consumer = new Consumer(() -> next(watcher));
    consumer.await(round);
    watcher.stop();
    return consumer.ends(LOST_IN_TWIN);
  }

  private static Rounds rounds(SeededWatchers.LostWakeup watcher) {
    return new Rounds() {
      @Override
      void publish(PublishedSnapshot snapshot) {
        watcher.offer(snapshot);
      }

      @Override
      long next() {
        return WatcherWakesTest.next(watcher);
      }

      @Override
      void stop() {
        watcher.stop();
      }
    };
  }

  private static long next(SeededWatchers.LostWakeup watcher) {
    try {
      return watcher.next().version();
    } catch (WatcherStoppedException stopped) {
      return Watchers.STOPPED;
    }
  }

  /** A thread that is about to wait, or waits, when it is stopped. */
  private static final class Consumer {
    private volatile boolean begun;
    private final Thread thread;

    Consumer(Runnable next) {
      thread =
          new Thread(
              () -> {
                begun = true;
                next.run();
              });
      thread.setDaemon(true);
      thread.start();
    }

    /** Waits until it begins, then for a time that differs from round to round. */
    void await(int round) {
      while (!begun) {
        Thread.onSpinWait();
      }
      for (int i = round % 512; i > 0; i--) {
        Thread.onSpinWait();
      }
    }

    boolean ends(Duration within) throws InterruptedException {
      thread.join(within.toMillis());
      return !thread.isAlive();
    }
  }

  /**
   * Publishes a version as soon as the one before has arrived: while its consumer goes to sleep.
   */
  private abstract static class Rounds {
    private final Random publisherPauses = new Random(1);
    private final Random consumerPauses = new Random(2);
    private volatile long seen;

    abstract void publish(PublishedSnapshot snapshot);

    abstract long next();

    abstract void stop();

    /** How many versions arrived until one was lost. */
    final int publish(int rounds, Duration lostAfter) throws InterruptedException {
      Thread consumer = new Thread(this::consume);
      consumer.setDaemon(true);
      consumer.start();
      int arrived = 0;
      while (arrived < rounds) {
        PublishedSnapshot next = Snapshots.of(arrived + 1);
        pause(publisherPauses);
        publish(next);
        if (!arrives(arrived + 1, lostAfter)) {
          break;
        }
        arrived++;
      }
      stop();
      consumer.join(lostAfter.toMillis());
      return arrived;
    }

    /** Up to a microsecond or so: both sides must reach the narrow place first now and then. */
    private void pause(Random random) {
      for (int i = random.nextInt(1_000); i > 0 && seen >= 0; i--) {}
    }

    private boolean arrives(int version, Duration lostAfter) {
      long deadline = System.nanoTime() + lostAfter.toNanos();
      while (seen < version) {
        if (System.nanoTime() - deadline > 0) {
          return false;
        }
        Thread.onSpinWait();
      }
      return true;
    }

    private void consume() {
      long version = next();
      while (version != Watchers.STOPPED) {
        seen = version;
        pause(consumerPauses);
        version = next();
      }
    }
  }
}
