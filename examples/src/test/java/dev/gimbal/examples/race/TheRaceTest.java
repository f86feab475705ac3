package dev.gimbal.examples.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TheRaceTest {

  private static final int BURSTS = 20;

  @Test
  void gimbal_survivesTheChurn_losesNothingAndLetsGo() throws InterruptedException {
    Tally tally = Churn.run(GimbalLoader::new, Duration.ofSeconds(1), BURSTS);

    assertEquals(0, tally.deaths());
    assertEquals(0, tally.lostFinals());
    assertEquals(0, tally.watchersLeft());
    assertTrue(tally.stops() > 100, "only " + tally.stops() + " watchers were stopped");
    assertTrue(tally.changes() > 100, "only " + tally.changes() + " changes were made");
  }

  /** The same churn kills the twin, or the test above shows nothing. */
  @Test
  void twin_diesLosesAndLeaks() throws InterruptedException {
    Tally tally = Churn.run(BuggyLoader::new, Duration.ofSeconds(1), BURSTS);

    assertTrue(tally.deaths() > 0, "no publisher died");
    assertTrue(tally.lostFinals() > 0, "no last value was lost");
    assertTrue(tally.watchersLeft() > 0, "no watcher was left behind");
  }
}
