package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shells themselves offer, each with the script that is made for it. */
@Timeout(120)
final class CompletionTest {

  private static final Pattern OPTION =
      Pattern.compile("^ +(-\\w, )?(--[a-z-]+)", Pattern.MULTILINE);

  /** zsh shows completions only to a person, so its own functions are replaced by what they get. */
  private static final String ZSH =
      """
      compdef() { }
      _describe() { print -rl -- "${(@)${(P)2}%%:*}" }
      _arguments() {
        local argument
        for argument in "${(@)@:2}"; do
          if [[ $words[CURRENT-1] == ${${argument%%\\[*}#\\*} || ${argument#\\*} == :* && $words[CURRENT] != -* ]]; then
            local value=${argument##*:}
            [[ $value == \\(* ]] && print -rl -- ${=${value#\\(}%\\)} && return
            [[ $value == _files ]] && print -rl -- *(N) && return
          fi
        done
        [[ $words[CURRENT] == -* ]] && print -rl -- ${${(@)@:2}%%\\[*} || true
      }
      """;

  @TempDir Path folder;

  /** What a shell offers for the last word of a line; options that it begins with. */
  private List<String> offered(String shell, String line) throws Exception {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell)));
    if (!found) {
      fail("the command " + shell + " is not on the PATH; install the package " + shell);
    }
    Files.writeString(folder.resolve(".script"), Run.gimbal("completion", shell).out());
    String words = "(" + line + (line.endsWith(" ") ? "''" : "") + ")";
    String ask =
        switch (shell) {
          case "bash" ->
              "COMP_WORDS=%s; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); . ./.script; _gimbal;"
                  + " printf '%%s\\n' \"${COMPREPLY[@]}\"";
          case "zsh" -> ZSH.replace("%", "%%") + "words=%s; CURRENT=$#words; . ./.script; _gimbal";
          default -> "source .script; complete -C '" + line + "'";
        };
    Process process =
        new ProcessBuilder(shell, "-c", ask.formatted(words))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    String last = line.substring(line.lastIndexOf(' ') + 1);
    Set<String> offered = new TreeSet<>();
    for (String text : printed.split("\n")) {
      String word = text.replaceFirst("\t.*", "").replaceFirst("^\\*", "");
      if (!word.isEmpty() && word.startsWith(last)) {
        offered.add(word);
      }
    }
    return List.copyOf(offered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void eachCommand_isOfferedWithEachOfItsOptions(String shell) throws Exception {
    List<String> commands = Commands.names();
    List<String> offered = new ArrayList<>(offered(shell, "gimbal "));
    offered.retainAll(commands);
    assertEquals(commands.stream().sorted().toList(), offered);
    int options = 0;
    for (String command : commands) {
      Set<String> helped = new TreeSet<>();
      Matcher option = OPTION.matcher(Run.gimbal(command, "--help").out());
      while (option.find()) {
        helped.add(option.group(2));
      }
      assertEquals(List.copyOf(helped), offered(shell, "gimbal " + command + " --"), command);
      options += helped.size();
    }
    assertEquals(89, options);
  }

  @ParameterizedTest
  @CsvSource({
    "gimbal wa, watch",
    "gimbal get --output , dotenv hcl hocon json properties raw toml xml yaml",
    "gimbal get -o y, yaml",
    "gimbal watch --color a, always auto",
    "gimbal convert a --to ya, yaml",
    "gimbal convert --from to, toml",
    "gimbal get --source one, one.yaml",
    "gimbal check -s a -s tw, two words.json",
    "gimbal diff one.yaml on, one.yaml",
    "gimbal diff a b --key-file on, one.yaml",
    "gimbal get --secret , ''",
    "gimbal convert tw, two words.json",
    "gimbal completion f, fish",
    "gimbal keygen k1 --algorithm nacl-b, nacl-box",
    "gimbal encrypt a --in on, one.yaml",
    "gimbal rotate a --key-store on, one.yaml",
    "gimbal rotate a b on, one.yaml",
    "gimbal get --set , ''",
  })
  void values_areOffered(String line, String values) throws Exception {
    Files.createFile(folder.resolve("one.yaml"));
    Files.createFile(folder.resolve("two words.json"));
    List<String> expected =
        values.startsWith("two")
            ? List.of(values)
            : List.of(values.isEmpty() ? new String[0] : values.split(" "));
    String asked = line.matches(".*(output|set|secret)") ? line + " " : line;
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertEquals(
          expected,
          offered(shell, asked).stream().map(word -> word.replace("\\", "")).toList(),
          shell);
    }
  }

  /** As bash splits them. */
  @ParameterizedTest
  @CsvSource({
    "gimbal get --output = y, yaml",
    "gimbal get --source = on, one.yaml",
    "gimbal get --source file : on, one.yaml",
    "gimbal get --source = dir : on, one.yaml",
    "gimbal diff one.yaml file : on, one.yaml",
  })
  void values_areOfferedByBash_behindEqualsSignsAndColons(String line, String value)
      throws Exception {
    Files.createFile(folder.resolve("one.yaml"));

    assertEquals(List.of(value), offered("bash", line));
  }

  /** macOS has an older bash. */
  @Test
  void scriptForBash_needsNoBash4() {
    assertFalse(Run.gimbal("completion", "bash").out().contains("mapfile"));
  }

  @Test
  void completion_forAnotherShell_isWrongUsage() {
    assertEquals(
        new Run(
            2,
            "",
            "gimbal completion: which shell? \"tcsh\" (expected: bash, zsh or fish)"
                + " (see gimbal completion --help)\n"),
        Run.gimbal("completion", "tcsh"));
  }
}
