package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class ManPageTest {

  /** What a program makes of the page, and says of it. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(Run.gimbal("man").out());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void man_isReadByGroffWithoutWarnings() throws Exception {
    assertEquals("", run("groff", "-man", "-ww", "-Tutf8", "-z"));
  }

  @Test
  void man_hasEachCommandWithItsOptions() throws Exception {
    String page = run("groff", "-man", "-Tascii", "-P-cbou").replaceAll("\\s+", " ");

    int options = 0;
    for (CommandSpec command : Commands.specs()) {
      assertTrue(page.contains("gimbal " + command.name() + " "), command.name());
      for (OptionSpec option : command.options()) {
        assertTrue(page.contains(String.join(", ", option.names()) + " "), option.longestName());
        options++;
      }
    }
    assertEquals(34, options);
  }

  /** The page that stands beside the launcher. */
  @Test
  void man_isWhatIsShipped() throws IOException {
    Path root = Path.of(System.getProperty("gimbal.root", ".."));
    assertEquals(Files.readString(root.resolve("gimbal.1")), Run.gimbal("man").out());
  }

  /** The synopsis is written by hand. */
  @Test
  void synopsis_namesEachOption() {
    int options = 0;
    for (CommandSpec command : Commands.specs()) {
      String synopsis = String.join("\n", command.usageMessage().customSynopsis());
      for (OptionSpec option : command.options()) {
        if (!option.usageHelp()) {
          assertTrue(synopsis.contains(option.longestName()), synopsis + option.longestName());
          options++;
        }
      }
    }
    assertEquals(24, options);
  }
}
