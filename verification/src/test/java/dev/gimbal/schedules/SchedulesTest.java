package dev.gimbal.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of random schedules of the whole engine on one thread, compared with an oracle. {@code
 * -Dgimbal.schedules.count=N} runs N of them, {@code -Dgimbal.schedules.seed=N} one.
 */
@Timeout(600)
class SchedulesTest {

  private static final int COUNT = Integer.getInteger("gimbal.schedules.count", 2_000);
  private static final int MANY = 20_000;
  private static final Long ONLY = Long.getLong("gimbal.schedules.seed");
  private static final int TWIN_SEEDS = 2_000;

  /** What must have happened, or the schedules show nothing. */
  private static final List<String> EVENTS =
      List.of(
          "add passed",
          "add refused",
          "change pushed",
          "close elsewhere of a running",
          "closed elsewhere, beside a listener",
          "closed from inside",
          "declare passed",
          "declare refused",
          "executor failed",
          "executor refused",
          "healing",
          "listener closed itself",
          "listener threw",
          "listener was interrupted",
          "listener was slow",
          "listener wrote",
          "misfit refused",
          "operation at a yield",
          "operation inside a step",
          "operation inside another",
          "refusal",
          "refused as closed",
          "refused hand-off",
          "reload passed",
          "reload refused",
          "remove passed",
          "remove refused",
          "shared step",
          "source interrupted",
          "status DEGRADED",
          "status DOWN",
          "status OK",
          "status pushed",
          "value pulled",
          "write passed",
          "write refused");

  private final Logger log = Logger.getLogger("dev.gimbal");
  private Level before;

  @BeforeEach
  void silence() {
    before = log.getLevel();
    log.setLevel(Level.OFF); // listeners that throw are logged, thousands of them here
  }

  @AfterEach
  void speak() {
    log.setLevel(before);
  }

  @Test
  void schedules_comparedWithTheOracle_agree() {
    if (ONLY == null) {
      compare(1, COUNT);
    } else {
      run(ONLY, new Counts());
    }
  }

  @Tag("proof")
  @Test
  void manyMoreSchedules_comparedWithTheOracle_agree() {
    compare(COUNT + 1, MANY);
  }

  private static void compare(long first, int count) {
    Counts counts = new Counts();
    for (long seed = first; seed < first + count; seed++) {
      run(seed, counts);
    }
    for (Op.Kind kind : Op.Kind.values()) {
      assertTrue(counts.operations(kind) >= count / 10, () -> kind + " came too seldom\n" + counts);
    }
    for (String event : EVENTS) {
      assertTrue(counts.events(event) >= count / 400, () -> event + " came too seldom\n" + counts);
    }
  }

  private static void run(long seed, Counts counts) {
    Schedule schedule = Schedule.of(seed, Fault.NONE, Oracle.Mutant.NONE);
    Throwable failure = schedule.run(counts);
    if (failure != null) {
      fail(schedule.report(failure), failure);
    }
  }

  @Test
  void schedule_runTwice_doesTheSame() {
    int compared = 0;
    for (long seed = 1; seed <= 300; seed++) {
      String first = Schedule.of(seed, Fault.NONE, Oracle.Mutant.NONE).trace();
      String second = Schedule.of(seed, Fault.NONE, Oracle.Mutant.NONE).trace();
      assertEquals(first, second, "seed " + seed);
      compared += first.length() > 50 ? 1 : 0;
    }
    assertEquals(300, compared);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void twin_withASeededBugAroundTheEngine_isReported(Fault fault) {
    Failed failed = firstFailure(fault, Oracle.Mutant.NONE);
    assertEquals(Violation.class, failed.failure().getClass(), () -> failed.failure().toString());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void twin_withASeededBugInTheOracle_isReported(Oracle.Mutant mutant) {
    Failed failed = firstFailure(Fault.NONE, mutant);
    assertEquals(Violation.class, failed.failure().getClass(), () -> failed.failure().toString());
  }

  private record Failed(Schedule schedule, Throwable failure) {}

  private static Failed firstFailure(Fault fault, Oracle.Mutant mutant) {
    for (long seed = 1; seed <= TWIN_SEEDS; seed++) {
      Schedule schedule = Schedule.of(seed, fault, mutant);
      Throwable failure = schedule.run(new Counts());
      if (failure != null) {
        return new Failed(schedule, failure);
      }
    }
    return fail("no schedule of " + TWIN_SEEDS + " shows it");
  }

  @Test
  void report_ofAFailure_saysHowToSeeItAgainAndWhatIsEnough() {
    Failed failed = firstFailure(Fault.A_DOCUMENT_IS_LOST, Oracle.Mutant.NONE);
    Schedule small = failed.schedule().shrink();
    List<String> lines = failed.schedule().report(failed.failure()).lines().toList();
    assertEquals(
        "  mvn -q -pl verification -am test"
            + " -Dtest='SchedulesTest#schedules_comparedWithTheOracle_agree'"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgimbal.schedules.seed="
            + failed.schedule().seed(),
        lines.get(lines.indexOf("To see it again:") + 1));
    List<String> enough = small.ops().stream().map(op -> "  " + op).toList();
    assertEquals(enough, lines.subList(lines.size() - enough.size(), lines.size()));
    for (int left = 0; left < small.ops().size(); left++) {
      List<Op> fewer = new ArrayList<>(small.ops());
      Op out = fewer.remove(left);
      Schedule without =
          new Schedule(small.seed(), fewer, Fault.A_DOCUMENT_IS_LOST, Oracle.Mutant.NONE);
      assertNull(without.run(new Counts()), () -> "it also fails without " + out);
    }
    assertTrue(small.ops().size() < failed.schedule().ops().size());
  }
}
