package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment A: watchers are opened and stopped while the value they watch changes; twenty loaders
 * each. No publisher dies, no watcher stays registered, nobody who waits is forgotten, and a
 * watcher that stays open sees rising values and the last.
 */
@Timeout(300)
@Tag("experiments")
class StopBesideChangesTest {

  private static final int LOADERS = 20;

  /** How watchers live, and how fast the value changes meanwhile. */
  private enum Pace {
    /** As fast as it goes. */
    HOT(2, 8, 0, 0, 0, 600),
    /** Each lives 5 ms; a change each millisecond. */
    STEADY(20, 4, 5_000, 5_000, 1_000, 400),
    /** Each lives up to 100 ms; a change after at most 40 ms. */
    GENTLE(20, 4, 0, 100_000, 40_000, 240);

    private final int atOnce;
    private final int churners;
    private final int lifeMin;
    private final int lifeMax;
    private final int gapMax;
    private final int stops;

    Pace(int atOnce, int churners, int lifeMin, int lifeMax, int gapMax, int stops) {
      this.atOnce = atOnce;
      this.churners = churners;
      this.lifeMin = lifeMin;
      this.lifeMax = lifeMax;
      this.gapMax = gapMax;
      this.stops = stops;
    }

    int life(Random random) {
      return random.nextInt(lifeMin, lifeMax + 1);
    }

    int gap(Random random) {
      return this == STEADY ? gapMax : random.nextInt(gapMax + 1);
    }

    long stops() {
      return Experiment.scaled(stops);
    }
  }

  /**
   * What happened to one or more loaders.
   *
   * @param stops watchers that were opened and stopped; not all, if the publisher died
   * @param deaths publishers that ended
   * @param disorders watchers that stayed open and saw a value or a version that did not rise
   * @param lost watchers that stayed open and did not see the last value
   * @param left watchers still registered although stopped
   */
  private record Tally(long stops, int deaths, int disorders, int lost, int left) {

    static Tally sum(List<Tally> all) {
      return all.stream()
          .reduce(
              new Tally(0, 0, 0, 0, 0),
              (a, b) ->
                  new Tally(
                      a.stops + b.stops,
                      a.deaths + b.deaths,
                      a.disorders + b.disorders,
                      a.lost + b.lost,
                      a.left + b.left));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D1")
  void stop_whileValuesChange_killsNobodyAndLosesNothing(Pace pace) throws Exception {
    Tally tally = Experiment.noted("A " + pace, churn(pace, GimbalSubject::new));
    assertEquals(new Tally(LOADERS * pace.stops(), 0, 0, 0, 0), tally);
    Experiment.sound("A-1", pace, tally.deaths, LOADERS);
    Experiment.sound("A-2", pace, tally.lost, LOADERS);
    Experiment.sound("A-3", pace, tally.left, tally.stops);
  }

  /** The same kills the twin, whose watchers then stay, or the test above shows nothing. */
  @ParameterizedTest
  @EnumSource
  void stop_whileValuesChange_killsTheTwin(Pace pace) throws Exception {
    Tally tally = Experiment.noted("A twin " + pace, churn(pace, TwinSubject::new));
    Experiment.caught("A-1", pace, tally.deaths, LOADERS);
    Experiment.caught("A-2", pace, tally.lost, LOADERS);
    if (pace == Pace.HOT) {
      assertEquals(LOADERS, tally.deaths);
    }
  }

  private static Tally churn(Pace pace, Supplier<Subject> maker) throws Exception {
    return Tally.sum(
        Experiment.runs(
            LOADERS,
            pace.atOnce,
            number -> {
              Subject subject = maker.get();
              try {
                return new Churn(pace, subject, number).run();
              } finally {
                subject.abandon();
              }
            }));
  }

  /** One loader. */
  private static final class Churn {
    private static final String KEY = "a.b.c";

    private final Pace pace;
    private final Subject subject;
    private final int seed;
    private final AtomicLong stops = new AtomicLong();
    private volatile boolean dead;
    private volatile boolean done;

    Churn(Pace pace, Subject subject, int seed) {
      this.pace = pace;
      this.subject = subject;
      this.seed = seed;
    }

    Tally run() throws InterruptedException {
      subject.load(Map.of(KEY, 0L));
      Follower survivor = new Follower(subject.watch(KEY), 0);
      List<Thread> churners = new ArrayList<>();
      for (int i = 0; i < pace.churners; i++) {
        Random random = new Random(seed * 100L + i);
        churners.add(Experiment.start("experiment-churner", () -> openAndStop(random)));
      }
      long[] last = {0};
      Thread publisher = Experiment.start("experiment-publisher", () -> last[0] = publish());
      for (Thread churner : churners) {
        churner.join();
      }
      done = true;
      publisher.join();
      long value = last[0] + 1;
      dead |= !subject.put(0, KEY, value);
      subject.settle();
      List<Subject.Seen> seen = survivor.end();
      int left = subject.watchersLeft();
      return new Tally(
          stops.get(),
          dead ? 1 : 0,
          Follower.rises(seen) ? 0 : 1,
          Follower.endsWith(seen, value) ? 0 : 1,
          left);
    }

    private long publish() {
      Random random = new Random(seed);
      long value = 0;
      while (!done && !dead) {
        value++;
        dead = !subject.put(0, KEY, value);
        Experiment.pause(pace.gap(random));
      }
      return value;
    }

    private void openAndStop(Random random) {
      for (long i = 0; i < pace.stops() / pace.churners && !dead; i++) {
        Subject.Watch watch = subject.watch(KEY);
        Thread consumer = Experiment.start("experiment-consumer", () -> consume(watch));
        Experiment.pause(pace.life(random));
        watch.stop();
        stops.incrementAndGet();
        try {
          consumer.join();
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    /** Ends only when the watcher is stopped. */
    private void consume(Subject.Watch watch) {
      try {
        while (true) {
          watch.next(Duration.ofHours(1));
        }
      } catch (Subject.StoppedException end) {
        // That is how it ends.
      } catch (Throwable e) {
        dead = true;
      }
    }
  }
}
