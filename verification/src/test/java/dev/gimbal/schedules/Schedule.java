package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.List;

/**
 * One schedule: what runs it, and what makes it small when it fails.
 *
 * @param seed chooses the executor and what is refused
 * @param ops what is done
 */
record Schedule(long seed, List<Op> ops, Fault fault, Oracle.Mutant mutant) {

  /** The test that runs one seed again. */
  static final String REPLAY = "schedules_comparedWithTheOracle_agree";

  private static final int MOST_TRIES = 2_000;

  static Schedule of(long seed, Fault fault, Oracle.Mutant mutant) {
    return new Schedule(seed, Op.schedule(seed), fault, mutant);
  }

  /** What it shows to be wrong; null when nothing is. */
  Throwable run(Counts counts) {
    try {
      new World(seed, ops, fault, mutant, counts).run();
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  /** Everything that happens in it. */
  String trace() {
    World world = new World(seed, ops, fault, mutant, new Counts());
    world.run();
    return world.trace();
  }

  /** A part of it that still fails, and does not without any one operation. */
  Schedule shrink() {
    Schedule smallest = this;
    int tries = 0;
    int size = Math.max(1, ops.size() / 2);
    while (size > 0 && tries < MOST_TRIES) {
      boolean smaller = false;
      for (int from = 0; from < smallest.ops.size() && tries < MOST_TRIES; tries++) {
        List<Op> fewer = new ArrayList<>(smallest.ops);
        fewer.subList(from, Math.min(from + size, fewer.size())).clear();
        Schedule tried = new Schedule(seed, fewer, fault, mutant);
        if (tried.run(new Counts()) != null) {
          smallest = tried;
          smaller = true;
        } else {
          from += size;
        }
      }
      size = smaller && size == 1 ? 1 : size / 2;
    }
    return smallest;
  }

  /** Says how to see it again, and what it does at least. */
  String report(Throwable failure) {
    Schedule small = shrink();
    Throwable rest = small.run(new Counts());
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(": ").append(failure).append("\nTo see it again:\n");
    text.append("  mvn -q -pl verification -am test -Dtest='SchedulesTest#").append(REPLAY);
    text.append("' -Dsurefire.failIfNoSpecifiedTests=false -Dgimbal.schedules.seed=").append(seed);
    text.append("\nThe ").append(small.ops.size()).append(" operations that are enough (");
    text.append(rest).append("):\n");
    small.ops.forEach(op -> text.append("  ").append(op).append('\n'));
    return text.toString();
  }
}
