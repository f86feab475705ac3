package dev.gimbal.experiments;

import dev.gimbal.Config;
import dev.gimbal.testing.ControllableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * GS5, A1 and A2: two threads change two sources at once. When both have returned, both changes are
 * there, and so is a source that was added meanwhile.
 */
@Timeout(300)
@Tag("experiments")
class TwoWritersTest {

  private static final int RELOADS = 1_000;
  private static final int PUTS = 4_000;
  private static final int ADDITIONS = 1_000;
  private static final int TWIN_ROUNDS = 1_000;

  // ---- GS5: reloads

  @Test
  @Tag("class1")
  @Tag("D8")
  void reloads_ofTwoThreads_loseNothing() throws Exception {
    ControllableSource a = new ControllableSource("a").document(Map.of("a", -1));
    ControllableSource b = new ControllableSource("b").document(Map.of("b", -1));
    int rounds = Experiment.scaled(RELOADS);
    try (Config config = Config.builder().source(a).source(b).build()) {
      int lost =
          Rounds.race(
              rounds,
              round -> {
                a.prepare(Map.of("a", round));
                config.reload();
              },
              round -> {
                b.prepare(Map.of("b", round));
                config.reload();
              },
              round -> config.get("a").asInt() != round || config.get("b").asInt() != round);
      Experiment.sound("GS5", "", lost, rounds);
    }
  }

  /** It merges in one lock section and publishes in the next. */
  private static final class TwinMerge {
    private final Map<String, AtomicLong> sources =
        Map.of("a", new AtomicLong(-1), "b", new AtomicLong(-1));
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile Map<String, Long> root = Map.of();

    void reload(String source, long value) {
      sources.get(source).set(value);
      Map<String, Long> merged = new TreeMap<>();
      lock.readLock().lock();
      try {
        sources.forEach((name, number) -> merged.put(name, number.get()));
      } finally {
        lock.readLock().unlock();
      }
      Experiment.gap();
      lock.writeLock().lock();
      try {
        root = merged;
      } finally {
        lock.writeLock().unlock();
      }
    }

    boolean isBehind(long value) {
      return root.get("a") != value || root.get("b") != value;
    }
  }

  @Test
  void reloads_ofTwoThreads_loseTheTwinsOlderOne() throws Exception {
    TwinMerge twin = new TwinMerge();
    int lost =
        Rounds.race(
            TWIN_ROUNDS,
            round -> twin.reload("a", round),
            round -> twin.reload("b", round),
            twin::isBehind);
    Experiment.caught("GS5", "", lost, TWIN_ROUNDS);
  }

  // ---- A1: writes

  @Test
  @Tag("class1")
  void writes_ofTwoThreads_areBothThere() throws Exception {
    int rounds = Experiment.scaled(PUTS);
    try (GimbalSubject subject = new GimbalSubject(Map.of("a", -1L))) {
      int other = subject.load(Map.of("b", -1L));
      int lost =
          Rounds.race(
              rounds,
              round -> subject.put(0, "a", round),
              round -> subject.put(other, "b", round),
              round -> subject.get("a") != round || subject.get("b") != round);
      Experiment.sound("A1", "", lost, rounds);
    }
  }

  /** Whoever changes a child takes the state, makes the next of it, and writes that. */
  private static final class TwinComposite {
    private record State(List<AtomicLong> children, List<Long> merged) {
      State refresh() {
        return new State(children, children.stream().map(AtomicLong::get).toList());
      }
    }

    private volatile State state;

    TwinComposite(AtomicLong... children) {
      this.state = new State(List.of(children), List.of()).refresh();
    }

    void update(int child, long value) {
      State before = state;
      before.children.get(child).set(value);
      State after = before.refresh();
      Experiment.gap();
      state = after;
    }

    void add(AtomicLong child) {
      State before = state;
      List<AtomicLong> more = new ArrayList<>(before.children);
      more.add(child);
      Experiment.gap();
      state = new State(more, List.of()).refresh();
    }

    List<Long> merged() {
      return state.merged;
    }
  }

  @Test
  void writes_ofTwoThreads_areLostByTheTwin() throws Exception {
    TwinComposite twin = new TwinComposite(new AtomicLong(-1), new AtomicLong(-1));
    int lost =
        Rounds.race(
            TWIN_ROUNDS,
            round -> twin.update(0, round),
            round -> twin.update(1, round),
            round -> !twin.merged().equals(List.of((long) round, (long) round)));
    Experiment.caught("A1", "", lost, TWIN_ROUNDS);
  }

  // ---- A2: an addition

  @Test
  @Tag("class1")
  @Tag("class19")
  void sourceAdded_besideAWrite_stays() throws Exception {
    int rounds = Experiment.scaled(ADDITIONS);
    try (GimbalSubject subject = new GimbalSubject(Map.of("a", -1L))) {
      Config config = subject.config();
      int lost =
          Rounds.race(
              rounds,
              round -> config.add(new ControllableSource("added").document(Map.of("b", round))),
              round -> subject.put(0, "a", round),
              round -> {
                boolean bothThere = subject.get("a") == round && subject.get("b") == round;
                config.remove("added");
                return !bothThere;
              });
      Experiment.sound("A2", "", lost, rounds);
    }
  }

  @Test
  void sourceAdded_besideAWrite_vanishesFromTheTwin() throws Exception {
    TwinComposite[] twin = {new TwinComposite(new AtomicLong(-1))};
    int lost =
        Rounds.race(
            TWIN_ROUNDS,
            round -> twin[0].add(new AtomicLong(round)),
            round -> twin[0].update(0, round),
            round -> {
              boolean bothThere = twin[0].merged().equals(List.of((long) round, (long) round));
              twin[0] = new TwinComposite(new AtomicLong(round));
              return !bothThere;
            });
    Experiment.caught("A2", "", lost, TWIN_ROUNDS);
  }
}
