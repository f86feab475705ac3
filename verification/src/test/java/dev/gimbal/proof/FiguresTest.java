package dev.gimbal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.proof.Figures.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Figures are held to what is written, and written where that is asked for. */
class FiguresTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("figures.tsv");
    Figures figures = new Figures(file, true);
    figures.exact("X", Who.GIMBAL, "slow", 0, 1_000, "");
    figures.exact("X", Who.GIMBAL, "fast", 0, 20_000, "");
    figures.range("X", Who.TWIN, "", 7, 20, "");
    figures.range("Y", Who.GIMBAL, "", 4_938, 0, "bytes");
  }

  private Figures stored() {
    return new Figures(file, false);
  }

  @Test
  void exact_thatIsWhatIsWritten_passes_elseItFails() {
    stored().exact("X", Who.GIMBAL, "slow", 0, 1_000, "");
    assertThrows(
        AssertionFailedError.class, () -> stored().exact("X", Who.GIMBAL, "slow", 1, 1_000, ""));
    assertThrows(
        AssertionFailedError.class, () -> stored().exact("X", Who.GIMBAL, "slow", 0, 999, ""));
    assertThrows(
        AssertionFailedError.class, () -> stored().exact("X", Who.GIMBAL, "new", 0, 1_000, ""));
  }

  @Test
  void range_ofAsManyRoundsAsAreWritten_passes_elseItFails() {
    stored().range("X", Who.TWIN, "", 19, 20, "");
    assertThrows(AssertionFailedError.class, () -> stored().range("X", Who.TWIN, "", 7, 21, ""));
    assertThrows(
        AssertionFailedError.class, () -> stored().range("Y", Who.TWIN, "", 4_938, 0, "bytes"));
  }

  @Test
  void range_writtenAgain_isWidened_andReplacedWhenTheRoundsAreOthers() {
    Figures again = new Figures(file, true);
    again.range("X", Who.TWIN, "", 9, 20, "");
    assertEquals("7 to 9 of 20", stored().text("X", Who.TWIN));
    again.range("X", Who.TWIN, "", 2, 20, "");
    assertEquals("2 to 9 of 20", stored().text("X", Who.TWIN));
    again.range("X", Who.TWIN, "", 5, 30, "");
    assertEquals("5 of 30", stored().text("X", Who.TWIN));
  }

  @Test
  void text_addsTheParts() throws IOException {
    assertEquals("0 of 21,000", stored().text("X", Who.GIMBAL));
    assertEquals("7 of 20", stored().text("X", Who.TWIN));
    assertEquals("4,938 bytes", stored().text("Y", Who.GIMBAL));
    assertEquals("", stored().text("Y", Who.TWIN));
    assertEquals(4, stored().all().size());
    assertEquals(
        List.of(
            "X\tGIMBAL\tfast\t0\t0\t20000\t",
            "X\tGIMBAL\tslow\t0\t0\t1000\t",
            "X\tTWIN\t\t7\t7\t20\t",
            "Y\tGIMBAL\t\t4938\t4938\t0\tbytes"),
        Files.readAllLines(file));
  }
}
