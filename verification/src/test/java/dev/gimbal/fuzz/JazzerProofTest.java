package dev.gimbal.fuzz;

import dev.gimbal.runs.ProcessRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jazzer finds no input in a minute for each target, and in another one for long inputs; or in as
 * many seconds as the system property {@code gimbal.fuzz.seconds} says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("proof")
class JazzerProofTest {

  private static final int SECONDS = Integer.getInteger("gimbal.fuzz.seconds", 60);

  private final ProcessRuns<JazzerRun.Outcome> runs = new ProcessRuns<>();

  @BeforeAll
  void begin() {
    for (FuzzTarget target : FuzzTarget.values()) {
      begin(run(target, false));
      begin(run(target, true));
    }
  }

  @AfterAll
  void end() {
    runs.close();
  }

  @ParameterizedTest
  @EnumSource
  void jazzer_findsNothing(FuzzTarget target) throws Exception {
    requireNothing(run(target, false));
  }

  @ParameterizedTest
  @EnumSource
  void jazzer_withLongInputs_findsNothing(FuzzTarget target) throws Exception {
    requireNothing(run(target, true));
  }

  private static JazzerRun run(FuzzTarget target, boolean isLong) {
    return new JazzerRun(target, isLong, SECONDS, JazzerTest.HANG);
  }

  private void begin(JazzerRun run) {
    runs.begin(run, run::run);
  }

  private void requireNothing(JazzerRun run) throws Exception {
    System.out.println(run.requireNothing(runs.result(run)));
  }
}
