package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class UsageTest {

  private static final List<String> COMMANDS =
      List.of(
          "get",
          "watch",
          "explain",
          "check",
          "diff",
          "convert",
          "set",
          "unset",
          "keygen",
          "encrypt",
          "decrypt",
          "rotate",
          "formats",
          "sources",
          "completion",
          "man");

  static List<String> commands() {
    return COMMANDS;
  }

  /** The commands, and the program itself. */
  static List<String> commandsAndNone() {
    List<String> all = new ArrayList<>(COMMANDS);
    all.add("");
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | gimbal: which command? get, watch, explain, check, diff, convert, set, unset, keygen,"
            + " encrypt, decrypt, rotate, formats, sources, completion, man (see gimbal --help)",
        "frob | gimbal: unknown command \"frob\" (see gimbal --help)",
        "--frob | gimbal: unknown option \"--frob\" (see gimbal --help)",
        "help frob | gimbal: unknown command \"frob\" (see gimbal --help)",
        "get | gimbal get: where from? --source is missing (see gimbal get --help)",
        "get pom.xml | gimbal get: where from? --source is missing; did you mean --source pom.xml?"
            + " (see gimbal get --help)",
        "watch dir:pd | gimbal watch: where from? --source is missing; did you mean --source"
            + " dir:pd? (see gimbal watch --help)",
        "explain ./pom.xml | gimbal explain: where from? --source is missing; did you mean"
            + " --source ./pom.xml? (see gimbal explain --help)",
        "get --frob | gimbal get: Unknown option: '--frob' (see gimbal get --help)",
        "get a b -s x | gimbal get: Unmatched argument at index 1: 'b' (see gimbal get --help)",
        "get -s x -o ini | gimbal get: --output: \"ini\" (expected: json, yaml, properties, dotenv,"
            + " toml, hocon, hcl, xml, raw) (see gimbal get --help)",
        "get a..b -s x | gimbal get: \"a..b\" is not a path: expected a key (the empty key is"
            + " written \"\") (column 3) (see gimbal get --help)",
        "get --set a | gimbal get: --set: \"a\" (expected: PATH=VALUE) (see gimbal get --help)",
        "get --set =s3cret | gimbal get: --set: \"=...\" (expected: PATH=VALUE)"
            + " (see gimbal get --help)",
        "get --set db.\"password=hunter2 | gimbal get: --set: \"db.\"password=...\""
            + " (expected: PATH=VALUE) (see gimbal get --help)",
        "get --set a..\"b=hunter2\"=c | gimbal get: --set: \"a..\"b=...\" begins with no path"
            + " (see gimbal get --help)",
        "get --set a..b=hunter2 | gimbal get: \"a..b\" is not a path: expected a key (the empty key"
            + " is written \"\") (column 3) (see gimbal get --help)",
        "get --batch -s x | gimbal get: --batch reads the sources from standard input; --source is"
            + " not for it (see gimbal get --help)",
        "get --batch -o yaml | gimbal get: --batch answers in JSON; --output can only be json"
            + " (see gimbal get --help)",
        "watch -s x -o yaml | gimbal watch: --output: \"yaml\" (expected: text or json)"
            + " (see gimbal watch --help)",
        "watch -s x --color red | gimbal watch: --color: \"red\" (expected: auto, always or never)"
            + " (see gimbal watch --help)",
        "explain -s x | gimbal explain: Missing required parameter: 'PATH'"
            + " (see gimbal explain --help)",
        "check | gimbal check: where from? --source is missing (see gimbal check --help)",
        "get -s x --secret a..b | gimbal get: \"a..b\" is not a path: expected a key (the empty key"
            + " is written \"\") (column 3) (see gimbal get --help)",
        "diff a.yaml | gimbal diff: Missing required parameter: 'B' (see gimbal diff --help)",
        "diff a b c | gimbal diff: Unmatched argument at index 2: 'c' (see gimbal diff --help)",
        "diff a b -o yaml | gimbal diff: --output: \"yaml\" (expected: text or json)"
            + " (see gimbal diff --help)",
        "convert a.yaml | gimbal convert: Missing required option: '--to=FORMAT'"
            + " (see gimbal convert --help)",
        "convert --to json | gimbal convert: Missing required parameter: 'FILE'"
            + " (see gimbal convert --help)",
        "convert a.yaml --to ini | gimbal convert: --to: \"ini\" (expected: dotenv, hcl, hocon,"
            + " json, jsonc, properties, toml, xml, yaml) (see gimbal convert --help)",
        "convert a --from ini --to json | gimbal convert: --from: \"ini\" (expected: dotenv, hcl,"
            + " hocon, json, jsonc, properties, toml, xml, yaml) (see gimbal convert --help)",
        "convert - --to json | gimbal convert: which format? --from is missing; standard input has"
            + " no extension (see gimbal convert --help)",
        "formats a | gimbal formats: Unmatched argument at index 0: 'a' (see gimbal formats"
            + " --help)",
        "sources -o yaml | gimbal sources: --output: \"yaml\" (expected: text or json)"
            + " (see gimbal sources --help)",
        "check a | gimbal check: Unmatched argument at index 0: 'a' (see gimbal check --help)",
      })
  void run_withWrongUsage_exits2WithOneLineAndAHint(String args, String message) {
    Run run = Run.gimbal(args.isEmpty() ? new String[0] : args.split(" "));

    assertEquals(new Run(2, "", message + "\n"), run);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEachCommand_hasExamplesThatNameIt(String command) {
    Run run = Run.gimbal(command, "--help");

    assertEquals(0, run.exit());
    assertEquals("", run.err());
    assertEquals(run.out(), Run.gimbal("help", command).out());
    List<String> examples = examples(run.out());
    assertTrue(examples.size() >= 2, () -> "examples: " + examples);
    for (String example : examples) {
      assertTrue((example + " ").contains("gimbal " + command + " "), example);
    }
    for (String line : run.out().split("\n")) {
      assertTrue(line.length() <= 100, line);
    }
  }

  @ParameterizedTest
  @MethodSource("commandsAndNone")
  void help_ofEachCommand_namesTheExitCodesOfFailures(String command) {
    String help = (command.isEmpty() ? Run.gimbal("--help") : Run.gimbal(command, "--help")).out();

    String codes = "70 a defect of gimbal; 74 the output could not be written.";
    assertEquals(1, help.split(java.util.regex.Pattern.quote(codes), -1).length - 1);
  }

  private static List<String> examples(String help) {
    List<String> examples = new ArrayList<>();
    boolean below = false;
    for (String line : help.split("\n")) {
      below |= line.equals("Examples:");
      if (below && line.startsWith("  ")) {
        examples.add(line);
      }
    }
    return examples;
  }

  @Test
  void help_ofTheProgram_listsEachCommandOnce() {
    Run run = Run.gimbal("--help");

    List<String> listed = new ArrayList<>();
    for (String line : run.out().split("\n")) {
      if (line.startsWith("  ") && !line.startsWith("   ") && !line.startsWith("  gimbal")) {
        listed.add(line.trim().split(" ")[0]);
      }
    }
    assertEquals(COMMANDS, listed);
    assertEquals(new Run(0, run.out(), ""), Run.gimbal("-h"));
    assertEquals(new Run(0, run.out(), ""), Run.gimbal("help"));
  }

  @Test
  void version_isOneLine() {
    assertEquals(new Run(0, "gimbal " + Version.installed() + "\n", ""), Run.gimbal("--version"));
    assertEquals(Run.gimbal("--version"), Run.gimbal("-V"));
  }
}
