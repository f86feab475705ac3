package dev.gimbal.interleavings;

import java.util.Arrays;

/**
 * Runs a scenario in all orders that differ little from the one in which each thread runs as far as
 * it can: nowhere, then in at most one choice of who goes on, then in two, then in three, as long
 * as there are not too many; then in random orders that differ in about four.
 */
final class Explorer {

  /**
   * What was found.
   *
   * @param runs how many orders were tried
   * @param choices up to how many choices away from the first order all orders were tried; -1 for
   *     none
   * @param shared how many places the threads share
   * @param failure null, or what went wrong first
   * @param story the order in which it did
   */
  record Result(int runs, int choices, int shared, Throwable failure, String story) {

    /** Throws what went wrong, with the order that leads there. */
    void throwFailure(String name) {
      if (failure != null) {
        throw new AssertionError(
            name + " after " + runs + " runs: " + failure + "\n" + story, failure);
      }
    }
  }

  private static final int MOST_CHOICES = 3;
  private static final int RANDOM_CHOICES = 4;

  private final WovenLoader loader;
  private final String scenario;
  private final Shared shared = new Shared();
  private int runs;
  private Result found;

  private Explorer(WovenLoader loader, String scenario) {
    this.loader = loader;
    this.scenario = scenario;
  }

  /**
   * @param scenario the name of its class
   * @param most how many runs there may be, before half as many in random orders
   */
  static Result explore(WovenLoader loader, String scenario, int most) {
    return new Explorer(loader, scenario).explore(most);
  }

  private Result explore(int most) {
    int complete = -1;
    int choices = 0;
    for (int bound = 0; bound <= MOST_CHOICES; bound++) {
      Schedule schedule = Schedule.of();
      while (schedule != null && runs < most) {
        boolean ok = run(schedule);
        if (!ok) {
          return found;
        }
        choices = Math.max(choices, schedule.length());
        schedule = shared.learn() ? Schedule.of() : schedule.next(bound);
      }
      if (schedule != null) {
        break;
      }
      complete = bound;
    }
    if (complete < MOST_CHOICES) {
      for (int seed = 0; seed < most / 2; seed++) {
        if (!run(Schedule.random(seed, RANDOM_CHOICES, choices))) {
          return found;
        }
      }
    }
    return new Result(runs, complete, shared.size(), null, "");
  }

  private boolean run(Schedule schedule) {
    runs++;
    Run run = new Run(() -> loader.make(scenario), schedule, shared);
    Throwable failure = run.run();
    if (failure != null) {
      String story = run.story() + "choices " + Arrays.toString(schedule.chosen());
      found = new Result(runs, -1, shared.size(), failure, story);
    }
    return failure == null;
  }
}
