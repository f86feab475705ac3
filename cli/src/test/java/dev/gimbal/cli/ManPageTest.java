package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertEquals(89, options);
  }

  @Test
  void man_namesVariablesAndExitCodes() {
    String page = Run.gimbal("man").out();
    List<String> names =
        List.of(
            "GIMBAL_PROFILE",
            "GIMBAL_LABEL_NAME",
            "GIMBAL_KEYS",
            "GIMBAL_KEYSTORE_PASSWORD",
            "NO_COLOR",
            "GIMBAL_DEBUG",
            "TERM",
            "XDG_CACHE_HOME",
            "GIMBAL_CDS",
            "GIMBAL_JAVA_OPTS");
    for (String name : names) {
      assertTrue(page.contains("\n.B " + name + "\n"), name);
    }
    String codes = page.substring(page.indexOf(".SH EXIT STATUS"));
    for (int code : new int[] {0, 1, 2, 3, 70, 74, 130, 143}) {
      assertTrue(codes.matches("(?s).*\\b" + code + " .*"), "exit code " + code);
    }
    assertTrue(page.contains("> \"${fpath[1]}/_gimbal\""));
  }

  @Test
  void percentOfADescription_isOne() {
    CommandSpec spec = Syntax.spec("odd", "All of it: 100%%.");
    spec.addOption(Syntax.flag("--all").description("100%% too.").build());

    String page = ManPage.text(List.of(spec));

    assertTrue(page.contains("\nAll of it: 100%.\n"), page);
    assertTrue(page.contains("\n100% too.\n"), page);
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
    assertEquals(73, options);
  }
}
