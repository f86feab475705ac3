package dev.gimbal.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.runs.ProcessRuns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jazzer finds no input that is neither taken nor refused, and finds what is seeded. Each target
 * has some seconds; {@code proof} has a minute for each, and as long again for long inputs, or what
 * the system property {@code gimbal.fuzz.seconds} says, from the seed {@code gimbal.fuzz.seed} (1).
 * What is found is stored for {@link FuzzTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("fuzz")
class JazzerTest {

  private static final int SECONDS = 2;

  /** Twins end as soon as the bug is found. */
  private static final int SECONDS_OF_TWIN = 60;

  /** After how many seconds an input hangs, on a busy machine too. */
  static final int HANG = 20;

  private final ProcessRuns<JazzerRun.Outcome> runs = new ProcessRuns<>();

  @BeforeAll
  void begin() {
    begin(twin(SeededTarget.HANGS, 2));
    begin(twin(SeededTarget.THROWS, HANG));
    for (FuzzTarget target : FuzzTarget.values()) {
      begin(brief(target));
    }
  }

  @AfterAll
  void end() {
    runs.close();
  }

  @ParameterizedTest
  @EnumSource
  void jazzer_inSeconds_findsNothing(FuzzTarget target) throws Exception {
    JazzerRun run = brief(target);
    run.requireNothing(runs.result(run));
  }

  /** Only who sees which branches were reached gets there, one byte after the other. */
  @Test
  void jazzer_forAThrowingTwin_findsTheInput() throws Exception {
    JazzerRun.Outcome outcome = runs.result(twin(SeededTarget.THROWS, HANG));
    assertBegins("g1mbal", outcome);
    assertTrue(
        outcome.failure().startsWith("java.lang.IllegalStateException: seeded\n"),
        outcome::failure);
  }

  @Test
  void jazzer_forAHangingTwin_findsTheInput() throws Exception {
    JazzerRun.Outcome outcome = runs.result(twin(SeededTarget.HANGS, 2));
    assertBegins("sp1n", outcome);
    assertTrue(outcome.failure().startsWith("timeout after "), outcome::failure);
  }

  private static void assertBegins(String expected, JazzerRun.Outcome outcome) {
    byte[] begin = Arrays.copyOf(outcome.finding(), expected.length());
    assertArrayEquals(expected.getBytes(StandardCharsets.UTF_8), begin);
  }

  private void begin(JazzerRun run) {
    runs.begin(run, run::run);
  }

  private static JazzerRun brief(FuzzTarget target) {
    return new JazzerRun(target, false, SECONDS, HANG);
  }

  private static JazzerRun twin(SeededTarget target, int hang) {
    return new JazzerRun(target, false, SECONDS_OF_TWIN, hang);
  }
}
