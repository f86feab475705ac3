package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment B: a value changes in a burst, then there is silence. Readers and watchers end on the
 * last value, however fast the burst and however slow the watcher; what a watcher skips lies in
 * between.
 */
@Timeout(300)
@Tag("experiments")
class BurstsTest {

  private static final String KEY = "k";
  private static final int ROUNDS = 50;

  /** How many values, how far apart, from how many sources, and how long a watcher takes. */
  private enum Burst {
    AS_FAST_AS_IT_GOES(200, 2, 1, 1_000, 0, 0),
    TENTH_OF_A_MILLISECOND(200, 20, 1, 1_000, 100, 0),
    MILLISECOND(100, 20, 1, 200, 1_000, 0),
    TEN_MILLISECONDS(60, 60, 1, 20, 10_000, 0),
    SLOW_WATCHER(40, 40, 1, 200, 1_000, 5_000),
    SLOWER_WATCHER(20, 20, 1, 60, 10_000, 25_000),
    TWO_SOURCES(100, 4, 2, 50, 100, 0),
    TWO_SLOWER_SOURCES(100, 20, 2, 50, 1_000, 0);

    private final int runs;
    private final int atOnce;
    private final int sources;
    private final int values;
    private final long gapMicros;
    private final long workMicros;

    Burst(int runs, int atOnce, int sources, int values, long gapMicros, long workMicros) {
      this.runs = runs;
      this.atOnce = atOnce;
      this.sources = sources;
      this.values = values;
      this.gapMicros = gapMicros;
      this.workMicros = workMicros;
    }
  }

  /**
   * What happened.
   *
   * @param stale runs after which a reader did not get the last value
   * @param lost watchers that did not see the last value
   * @param disorders watchers that saw a value or a version that did not rise
   */
  private record Tally(int runs, int stale, int lost, int disorders) {

    Tally plus(Tally other) {
      return new Tally(
          runs + other.runs, stale + other.stale, lost + other.lost, disorders + other.disorders);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("D3")
  @Tag("D4")
  @Tag("class7")
  void burst_thenSilence_everybodyEndsOnTheLastValue(Burst burst) throws Exception {
    Tally tally = Experiment.noted("B " + burst, tally(burst, GimbalSubject::new));
    assertEquals(new Tally(Experiment.scaled(burst.runs), 0, 0, 0), tally);
    Experiment.sound("B-1", burst, tally.lost, (long) tally.runs * burst.sources);
    Experiment.sound("B-2", burst, tally.stale, (long) tally.runs * burst.sources);
  }

  /** The twin is asked only where it loses in most runs; at an easy pace it has time enough. */
  @ParameterizedTest
  @EnumSource(names = {"AS_FAST_AS_IT_GOES", "SLOW_WATCHER", "SLOWER_WATCHER"})
  void burst_thenSilence_theTwinLosesTheLastValue(Burst burst) throws Exception {
    Tally tally = Experiment.noted("B twin " + burst, tally(burst, TwinSubject::new));
    Experiment.caught("B-1", burst, tally.lost, tally.runs);
    if (burst == Burst.AS_FAST_AS_IT_GOES) {
      Experiment.caught("B-2", burst, tally.stale, tally.runs);
    }
  }

  private static Tally tally(Burst burst, Function<Map<String, Long>, Subject> maker)
      throws Exception {
    return Experiment.runs(Experiment.scaled(burst.runs), burst.atOnce, number -> run(burst, maker))
        .stream()
        .reduce(new Tally(0, 0, 0, 0), Tally::plus);
  }

  private static Tally run(Burst burst, Function<Map<String, Long>, Subject> maker)
      throws InterruptedException {
    Subject subject = maker.apply(Map.of(KEY + 0, 0L));
    try {
      List<Follower> followers = new ArrayList<>();
      for (int i = 0; i < burst.sources; i++) {
        if (i > 0) {
          subject.load(Map.of(KEY + i, 0L));
        }
        followers.add(new Follower(subject.watch(KEY + i), burst.workMicros));
      }
      subject.settle(); // the burst begins when everything is in place
      publish(burst, subject);
      subject.settle();
      Tally tally = new Tally(1, 0, 0, 0);
      for (int i = 0; i < burst.sources; i++) {
        List<Subject.Seen> seen = followers.get(i).end();
        int stale = subject.get(KEY + i) == burst.values ? 0 : 1;
        int lost = Follower.endsWith(seen, burst.values) ? 0 : 1;
        tally = tally.plus(new Tally(0, stale, lost, Follower.rises(seen) ? 0 : 1));
      }
      return tally;
    } finally {
      subject.abandon();
    }
  }

  private static void publish(Burst burst, Subject subject) throws InterruptedException {
    List<Thread> publishers = new ArrayList<>();
    for (int i = 0; i < burst.sources; i++) {
      int source = i;
      publishers.add(
          Experiment.start(
              "experiment-publisher",
              () -> {
                for (int value = 1; value <= burst.values; value++) {
                  subject.put(source, KEY + source, value);
                  Experiment.pause(burst.gapMicros);
                }
              }));
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
  }

  // ---- a value that comes back

  @Test
  @Tag("D9")
  void valueThatComesBack_isReported() throws Exception {
    int reported = reported(GimbalSubject::new, this::returnIsReported);
    Experiment.sound("B-3", "", ROUNDS - reported, ROUNDS);
  }

  @Test
  void valueThatComesBack_isNotReportedByTheTwin() throws Exception {
    int reported = reported(TwinSubject::new, this::returnIsReported);
    Experiment.caught("B-3", "", ROUNDS - reported, ROUNDS);
  }

  private boolean returnIsReported(Subject subject) throws Exception {
    Subject.Watch watch = subject.watch(KEY);
    subject.put(0, KEY, 2);
    subject.settle();
    assertEquals(2, watch.next(Duration.ZERO).orElseThrow().value());
    subject.put(0, KEY, 1);
    subject.settle();
    assertEquals(1, subject.get(KEY));
    Optional<Subject.Seen> returned = watch.next(Duration.ZERO);
    watch.stop();
    return returned.isPresent() && returned.get().value() == 1;
  }

  // ---- a source that is added above a watched key

  @Test
  @Tag("D10")
  void sourceAddedAboveAWatchedKey_isReported() throws Exception {
    int reported = reported(GimbalSubject::new, this::overrideIsReported);
    Experiment.sound("B-4", "", ROUNDS - reported, ROUNDS);
  }

  @Test
  void sourceAddedAboveAWatchedKey_isNotReportedByTheTwin() throws Exception {
    int reported = reported(TwinSubject::new, this::overrideIsReported);
    Experiment.caught("B-4", "", ROUNDS - reported, ROUNDS);
  }

  private boolean overrideIsReported(Subject subject) throws Exception {
    Subject.Watch watch = subject.watch(KEY);
    subject.load(Map.of(KEY, 7L));
    subject.settle();
    assertEquals(7, subject.get(KEY));
    Optional<Subject.Seen> told = watch.next(Duration.ZERO);
    watch.stop();
    return told.isPresent() && told.get().value() == 7;
  }

  private static int reported(Function<Map<String, Long>, Subject> maker, Scenario scenario)
      throws Exception {
    int reported = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Subject subject = maker.apply(Map.of(KEY, 1L));
      try {
        subject.settle();
        reported += scenario.holds(subject) ? 1 : 0;
      } finally {
        subject.abandon();
      }
    }
    return reported;
  }

  @FunctionalInterface
  private interface Scenario {
    boolean holds(Subject subject) throws Exception;
  }
}
