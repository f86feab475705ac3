package dev.gimbal.examples.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The same for both: watchers are opened and stopped without pause while the value changes; then
 * bursts of changes for a watcher that keeps up, and silence.
 */
final class Churn {

  private static final int CHURNERS = 3;
  private static final Duration BETWEEN_CHANGES = Duration.ofNanos(50_000);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int BURST = 5;

  private final Supplier<Contestant> maker;

  /** Written by the thread that changes values, read by the churners. */
  private volatile Contestant current;

  private final AtomicLong stops = new AtomicLong();
  private volatile boolean done;
  private long changes;
  private long deaths;
  private long watchersLeft;

  private Churn(Supplier<Contestant> maker) {
    this.maker = maker;
    this.current = maker.get();
  }

  static Tally run(Supplier<Contestant> maker, Duration time, int bursts)
      throws InterruptedException {
    Churn churn = new Churn(maker);
    churn.churn(time);
    int lost = lostFinals(maker, bursts);
    return new Tally(
        churn.changes, churn.stops.get(), churn.deaths, churn.watchersLeft, bursts, lost);
  }

  // ---- stop against send

  private void churn(Duration time) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CHURNERS; i++) {
      Random pauses = new Random(i);
      threads.add(start("race-churner-" + i, () -> openAndStop(pauses)));
    }
    List<Contestant> used = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      changes++;
      if (!current.change(changes)) {
        deaths++;
        used.add(current);
        current = maker.get();
      }
      LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
    }
    done = true;
    for (Thread thread : threads) {
      thread.join();
    }
    // One more change, so that whoever clears up with the next change can.
    changes++;
    deaths += current.change(changes) ? 0 : 1;
    used.add(current);
    for (Contestant contestant : used) {
      contestant.settle();
      watchersLeft += contestant.watchersLeft();
      contestant.close();
    }
  }

  private void openAndStop(Random pauses) {
    while (!done) {
      Contestant.Watch watch = current.watch();
      Thread consumer = start("race-consumer", () -> consume(watch));
      LockSupport.parkNanos(pauses.nextInt(1_000_000));
      watch.stop();
      stops.incrementAndGet();
      joinUninterruptibly(consumer);
    }
  }

  private static void consume(Contestant.Watch watch) {
    try {
      while (true) {
        watch.next(Duration.ofMinutes(1));
      }
    } catch (Contestant.StoppedException | InterruptedException end) {
      // That is how it ends.
    }
  }

  // ---- the last update of a burst

  private static int lostFinals(Supplier<Contestant> maker, int bursts)
      throws InterruptedException {
    int lost = 0;
    try (Contestant contestant = maker.get()) {
      for (int burst = 0; burst < bursts; burst++) {
        Contestant.Watch watch = contestant.watch();
        Follower follower = new Follower(watch);
        Thread thread = start("race-follower", follower);
        long last = 0;
        for (int i = 0; i < BURST; i++) {
          last = (long) burst * BURST + i + 1;
          contestant.change(last);
        }
        contestant.settle();
        follower.silence = true;
        thread.join();
        lost += follower.seen == last ? 0 : 1;
        watch.stop();
      }
    }
    return lost;
  }

  /** Reads until there is silence and nothing more to read. */
  private static final class Follower implements Runnable {
    private final Contestant.Watch watch;
    private volatile boolean silence;
    private volatile long seen;

    Follower(Contestant.Watch watch) {
      this.watch = watch;
    }

    @Override
    public void run() {
      try {
        boolean more = true;
        while (more) {
          boolean silent = silence;
          var next = watch.next(BETWEEN_LOOKS);
          next.ifPresent(value -> seen = value);
          more = next.isPresent() || !silent;
        }
      } catch (Contestant.StoppedException | InterruptedException end) {
        // Then it has seen what it has seen.
      }
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void joinUninterruptibly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
