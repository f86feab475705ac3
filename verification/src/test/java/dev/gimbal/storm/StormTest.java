package dev.gimbal.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.storm.Findings.Broken;
import dev.gimbal.storm.Findings.Deed;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The storm: everything at once, through the public API only, round after round. It lasts thirty
 * seconds, or as long as the system property {@code gimbal.storm.seconds} says; with {@code
 * gimbal.storm.print} it prints what it did. Each seeded bug makes the same storm fail.
 */
class StormTest {

  private static final int SECONDS = Integer.getInteger("gimbal.storm.seconds", 30);

  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration TWIN_ROUND = Duration.ofMillis(300);

  /** How long a twin may take to leave what it leaves. */
  private static final Duration TWIN_PATIENCE = Duration.ofMillis(500);

  /** Rounds in which a seeded bug must show. */
  private static final int TWIN_ROUNDS = 20;

  /** Numbers of twins' rounds begin here. */
  private static final int TWINS = 1000;

  /** Rounds before the heap is measured first: caches fill, code is compiled. */
  private static final int WARM = 3;

  /** More than the heap of a process varies, less than a round's watchers. */
  private static final long HEAP_MARGIN = 8L << 20;

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("dev.gimbal");

  @TempDir private Path folder;

  /** Each failure of a listener is logged, and there are thousands. */
  @BeforeAll
  static void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOGGER.setLevel(null);
  }

  /** It goes on until all has happened that can. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // it may be told to go on for long
  void storm_breaksNoGuaranteeAndLeavesNothingBehind() throws Exception {
    Findings findings = new Findings();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    sound(Remains.any(), findings, 0); // opens what stays open for good
    Remains before = Remains.now();
    List<Long> heaps = new ArrayList<>();
    int round = 1;
    while (System.nanoTime() < end || round <= WARM + 1 || !notDone(findings).isEmpty()) {
      sound(before, findings, round);
      heaps.add(Remains.heap());
      round++;
    }
    noted(findings + ", heaps " + heaps);
    assertEquals(List.of(), findings.faults());
    assertEquals(Set.of(), broken(findings));
    assertTrue(findings.count(Deed.WATCHER) >= 1_000, findings::toString);
    assertTrue(findings.count(Deed.SUBSCRIPTION) >= 1_000, findings::toString);
    long warm = heaps.get(WARM - 1);
    long last = heaps.get(heaps.size() - 1);
    assertTrue(last <= warm + HEAP_MARGIN, () -> "the heap grows: " + heaps);
  }

  @ParameterizedTest
  @EnumSource
  void storm_overASeededBugTwin_seesIt(SeededBug bug) throws Exception {
    Findings findings = new Findings();
    for (int i = 0; i < TWIN_ROUNDS && findings.count(bug.breaks) == 0; i++) {
      Remains before = Remains.now();
      try (SeededBug.Seed seed = new SeededBug.Seed(bug)) {
        List<WeakReference<?>> done =
            round(before, TWIN_ROUND, seed::wrap, findings, TWINS + i, TWIN_PATIENCE);
        seed.forget();
        Remains.expectCollected(done, TWIN_PATIENCE, findings);
      }
    }
    noted(bug + " " + findings);
    assertTrue(findings.count(bug.breaks) > 0, () -> "not seen: " + findings);
  }

  private void sound(Remains before, Findings findings, int number) throws Exception {
    List<WeakReference<?>> done =
        round(before, ROUND, UnaryOperator.identity(), findings, number, Storm.PATIENCE);
    Remains.expectCollected(done, Storm.PATIENCE, findings);
  }

  /**
   * One round. Every other one has an executor of its own, which is rude.
   *
   * @param before what was there before; the round must leave no more
   * @return what must be collected now
   */
  private List<WeakReference<?>> round(
      Remains before,
      Duration length,
      UnaryOperator<Config> wrap,
      Findings findings,
      int number,
      Duration patience)
      throws Exception {
    try (RudeExecutor executor = new RudeExecutor(findings)) {
      Executor used = number % 2 == 0 ? executor : null;
      Storm storm = new Storm(folder, used, wrap, findings, number, patience);
      try {
        storm.rage(length);
        storm.quiet();
        storm.close();
        before.expectNoMore(patience, findings);
        findings.did(Deed.ROUND);
        return storm.references();
      } finally {
        storm.abandon();
      }
    }
  }

  private static Set<Broken> broken(Findings findings) {
    Set<Broken> found = EnumSet.allOf(Broken.class);
    found.removeIf(each -> findings.count(each) == 0);
    return found;
  }

  private static Set<Deed> notDone(Findings findings) {
    Set<Deed> found = EnumSet.allOf(Deed.class);
    found.removeIf(each -> findings.count(each) > 0);
    return found;
  }

  private static void noted(String what) {
    if (Boolean.getBoolean("gimbal.storm.print")) {
      System.out.println(what);
    }
  }
}
