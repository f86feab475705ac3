package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreenTest {

  @ParameterizedTest
  @CsvSource({
    "auto, true, xterm, , true",
    "auto, false, xterm, , false",
    "auto, true, dumb, , false",
    "auto, true, , , false",
    "auto, true, xterm, 1, false",
    "always, false, dumb, 1, true",
    "never, true, xterm, , false",
  })
  void isColored_onATerminalThatHasColors(
      String when, boolean terminal, String term, String noColor, boolean colored) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TERM", term == null ? "" : term);
    environment.put("NO_COLOR", noColor == null ? "" : noColor);

    assertEquals(colored, new Screen(terminal, true, environment).isColored(when));
  }
}
