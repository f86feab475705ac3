package dev.gimbal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Experiment A, without a stop: two sources change, four watchers follow, and beside that sources
 * are added, removed and read again. One version is one state, and a value read earlier stays.
 */
@Timeout(300)
@Tag("experiments")
class SnapshotsBesideChangesTest {

  private static final int CHANGES = 20_000;
  private static final int READERS = 2;

  /** What each reader reads at least while there are changes, and at most. */
  private static final int LEAST = 1_000;

  private static final int MOST = 500_000;
  private static final int LOADS = 20;

  private record Reading(long version, long first, long second) {}

  /**
   * What happened: readings that differ from what was written up to their version, values read
   * earlier that changed, and keys that do not end on the last value.
   */
  private record Tally(int mixed, int changed, int behind) {}

  @Test
  @Tag("D6")
  @Tag("D8")
  void snapshot_isOneStateOfOneVersion() throws Exception {
    Tally tally =
        read(
            config -> {
              Snapshot snapshot = config.snapshot();
              return new Reading(
                  snapshot.version(), snapshot.get("k0").asLong(), snapshot.get("k1").asLong());
            });
    assertEquals(new Tally(0, 0, 0), tally);
    Experiment.sound("A-4", "", tally.mixed, 0);
  }

  /** A version and values that are read one after the other mix states. */
  @Test
  void readingsOneAfterTheOther_mixStates() throws Exception {
    Tally tally =
        read(
            config -> {
              long version = config.snapshot().version();
              Thread.yield();
              return new Reading(version, config.get("k0").asLong(), config.get("k1").asLong());
            });
    Experiment.caught("A-4", "", tally.mixed, 0);
  }

  private static Tally read(Function<Config, Reading> reading) throws Exception {
    try (GimbalSubject subject = new GimbalSubject(Map.of("k0", 0L))) {
      subject.load(Map.of("k1", 0L));
      Config config = subject.config();
      Value earlier = config.root();
      Map<String, ?> before = Map.copyOf(earlier.asMap());
      List<Follower> followers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        followers.add(new Follower(subject.watch("k" + i % 2), 0));
      }
      List<NavigableMap<Long, Long>> written = List.of(new TreeMap<>(), new TreeMap<>());
      CountDownLatch fewRead = new CountDownLatch(READERS);
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int source = i;
        writers.add(
            Experiment.start(
                "experiment-publisher",
                () -> publish(subject, source, written.get(source), fewRead)));
      }
      List<List<Reading>> readings = List.of(new ArrayList<>(), new ArrayList<>());
      List<Thread> readers = new ArrayList<>();
      for (List<Reading> own : readings) {
        readers.add(
            Experiment.start(
                "experiment-reader",
                () -> {
                  while (writers.stream().anyMatch(Thread::isAlive) && own.size() < MOST) {
                    own.add(reading.apply(config));
                    if (own.size() == LEAST) {
                      fewRead.countDown();
                    }
                  }
                }));
      }
      for (int i = 0; i < LOADS; i++) {
        config.add(Sources.map("extra", Map.of("x", i)));
        config.reload();
        config.remove("extra");
      }
      for (Thread thread : writers) {
        thread.join();
      }
      for (Thread thread : readers) {
        thread.join();
      }
      int behind = 0;
      for (int i = 0; i < followers.size(); i++) {
        List<Subject.Seen> seen = followers.get(i).end();
        long last = written.get(i % 2).lastEntry().getValue();
        assertTrue(Follower.rises(seen));
        behind += Follower.endsWith(seen, last) && subject.get("k" + i % 2) == last ? 0 : 1;
      }
      int mixed = 0;
      for (List<Reading> own : readings) {
        assertTrue(own.size() >= LEAST, "only " + own.size() + " readings");
        for (Reading now : own) {
          mixed += now.equals(expected(now.version, written)) ? 0 : 1;
        }
      }
      int changed = earlier.asMap().equals(before) ? 0 : 1;
      return new Tally(mixed, changed, behind);
    }
  }

  private static void publish(
      GimbalSubject subject, int source, Map<Long, Long> written, CountDownLatch fewRead) {
    for (long value = 1; value <= CHANGES || fewRead.getCount() > 0; value++) {
      written.put(subject.write(source, "k" + source, value), value);
    }
  }

  /** What had been written up to a version. */
  private static Reading expected(long version, List<NavigableMap<Long, Long>> written) {
    return new Reading(version, upTo(version, written.get(0)), upTo(version, written.get(1)));
  }

  private static long upTo(long version, NavigableMap<Long, Long> written) {
    Map.Entry<Long, Long> last = written.floorEntry(version);
    return last == null ? 0 : last.getValue();
  }
}
