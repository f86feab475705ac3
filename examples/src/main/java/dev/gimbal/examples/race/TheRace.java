package dev.gimbal.examples.race;

import java.time.Duration;

/** Runs the twin and Gimbal under the same churn, and prints what happened to each. */
public final class TheRace {

  private static final int BURSTS = 50;

  private TheRace() {}

  /**
   * @param args the seconds of churn for each; 3 if there are none
   */
  public static void main(String[] args) throws InterruptedException {
    long seconds = args.length == 0 ? 3 : Long.parseLong(args[0]);
    System.out.println(
        "Watchers are opened and stopped without pause while a value changes, "
            + seconds
            + " s each;\nthen "
            + BURSTS
            + " bursts of five changes, each followed by silence.\n");
    Tally twin = Churn.run(BuggyLoader::new, Duration.ofSeconds(seconds), BURSTS);
    Tally gimbal = Churn.run(GimbalLoader::new, Duration.ofSeconds(seconds), BURSTS);
    row("", "with the race", "Gimbal");
    row("changes", twin.changes(), gimbal.changes());
    row("watchers stopped", twin.stops(), gimbal.stops());
    row("publishers killed by a stop", twin.deaths(), gimbal.deaths());
    row("stopped watchers never let go", twin.watchersLeft(), gimbal.watchersLeft());
    row("bursts whose last value was lost", twin.lostFinals(), gimbal.lostFinals());
  }

  private static void row(String what, Object twin, Object gimbal) {
    System.out.printf("%-34s %15s %15s%n", what, twin, gimbal);
  }
}
