package dev.gimbal.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is fed to what takes input from outside, it ends soon, costs what its length allows, and
 * fails with a ConfigException only. Here are inputs that are known to be nasty; {@link JazzerTest}
 * looks for others.
 */
class FuzzTest {

  /** What one input may take, on a busy machine too. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final Duration BOUND_OF_TWIN = Duration.ofSeconds(1);

  /** What a piece is repeated to. */
  private static final int LENGTH = 1 << 18;

  @ParameterizedTest
  @EnumSource
  void nastyInputs_areTakenOrRefused(FuzzTarget target) {
    List<byte[]> corpus = Corpus.of(target);
    long good = corpus.stream().filter(input -> run(target, input, BOUND)).count();
    assertTrue(good > 0, "not one was taken");
    assertTrue(good < corpus.size(), "not one was refused");
  }

  /** What was found once is not there any more. */
  @Test
  void storedFindings_areTakenOrRefused() throws IOException {
    int seen = 0;
    for (FuzzTarget target : FuzzTarget.values()) {
      for (Path file : Findings.stored(target)) {
        run(target, Files.readAllBytes(file), BOUND);
        seen++;
      }
    }
    assertEquals(Findings.STORED, seen);
  }

  @ParameterizedTest
  @EnumSource
  void repeatedPieces_costWhatTheirLengthAllows(FuzzTarget target) {
    for (String piece : Corpus.PIECES) {
      byte[] text = piece.getBytes(StandardCharsets.UTF_8);
      byte[] input = new byte[LENGTH / text.length * text.length];
      for (int i = 0; i < input.length; i++) {
        input[i] = text[i % text.length];
      }
      run(target, input, BOUND);
    }
  }

  @Test
  void input_forATwinThatHangs_isReported() {
    byte[] input = "sp1n".getBytes(StandardCharsets.UTF_8);
    AssertionError error =
        assertThrows(AssertionError.class, () -> run(SeededTarget.HANGS, input, BOUND_OF_TWIN));
    assertEquals(
        "HANGS, 4 bytes \"sp1n\" (7370316e) ==> execution timed out after 1000 ms",
        error.getMessage());
  }

  @Test
  void longInput_forATwinThatCopiesAllForEachByte_isReported() {
    assertReported(SeededTarget.COPIES, new byte[LENGTH / 4], "it costs");
  }

  @Test
  void input_forATwinWhoseFormatThrows_isReported() {
    assertReported(SeededTarget.FORMAT, new byte[] {'x'}, "a format failed");
  }

  private static void assertReported(Taking taking, byte[] input, String begin) {
    AssertionError error = assertThrows(AssertionError.class, () -> taking.run(input));
    assertTrue(error.getMessage().startsWith(begin), error::getMessage);
  }

  /** Whether an input is taken; fails with the input when it is neither taken nor refused. */
  private static boolean run(Taking taking, byte[] input, Duration bound) {
    return assertTimeoutPreemptively(
        bound,
        () -> {
          try {
            return taking.run(input);
          } catch (Throwable e) {
            throw new AssertionError(Findings.describe(taking, input), e);
          }
        },
        () -> Findings.describe(taking, input));
  }
}
