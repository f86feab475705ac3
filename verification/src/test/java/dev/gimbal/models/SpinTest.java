package dev.gimbal.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gimbal.runs.ProcessRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocols whose steps are single accesses to memory, {@code verification/models/*.pml}, under
 * the model checker Spin: every formula holds, and each seeded bug breaks the formula named beside
 * it. It needs the commands {@code spin} and {@code gcc}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("models")
class SpinTest {

  private static final Pattern STATES = Pattern.compile("([0-9]+) states, stored");
  private static final Pattern ERRORS = Pattern.compile("errors: ([0-9]+)");

  private final ProcessRuns<Outcome> runs = new ProcessRuns<>();

  /** A formula of a model that was compiled with some names defined, and its number of states. */
  private record Check(String model, String formula, String defined, long states) {
    @Override
    public String toString() {
      return String.join(" ", model, formula, defined).strip();
    }
  }

  private enum Outcome {
    HOLDS,
    BROKEN
  }

  private static final List<Check> SOUND =
      List.of(
          new Check("parking", "safe", "", 16_168),
          new Check("parking", "latest", "", 13_691),
          new Check("parking", "safe", "STOP", 123_720),
          new Check("parking", "ends", "STOP", 117_356),
          new Check("delivery", "safe", "", 2_347),
          new Check("delivery", "latest", "", 2_070),
          new Check("delivery", "safe", "CLOSE", 30_717),
          new Check("delivery", "ends", "CLOSE", 28_305),
          new Check("delivery", "safe", "CONFIG", 36_216),
          new Check("delivery", "ends", "CONFIG", 33_804),
          new Check("progress", "ends", "", 1_469),
          new Check("lane", "safe", "", 29_122),
          new Check("lane", "ends", "", 29_108));

  /** Two consumers that take turns. */
  private static final List<Check> LARGE =
      List.of(
          new Check("parking", "latest", "TWO", 118_566),
          new Check("parking", "safe", "TWO STOP", 2_192_379),
          new Check("parking", "ends", "TWO STOP", 2_161_740));

  private static final List<Check> MUTANTS =
      List.of(
          mutant("parking", "latest", "ANNOUNCE_LATE"),
          mutant("parking", "ends", "STOP ANNOUNCE_LATE"),
          mutant("parking", "latest", "WAKE_FIRST"),
          mutant("parking", "ends", "STOP NO_WAKE_ON_STOP"),
          mutant("parking", "safe", "STOP BLIND_OFFER"),
          mutant("parking", "ends", "STOP BLIND_OFFER"),
          mutant("parking", "latest", "OFFER_STALE"),
          mutant("parking", "latest", "BLIND_TAKE"),
          mutant("parking", "safe", "STOP BLIND_TAKE"),
          mutant("parking", "ends", "STOP BLIND_TAKE"),
          mutant("parking", "safe", "NO_VERSION_CHECK"),
          mutant("parking", "safe", "TWO UNLOCKED"),
          mutant("parking", "ends", "TWO STOP UNLOCKED"),
          mutant("delivery", "safe", "CLOSE TAKE_FIRST"),
          mutant("delivery", "latest", "NO_RECHECK"),
          mutant("delivery", "latest", "RECHECK_FIRST"),
          mutant("delivery", "safe", "SCHEDULED_APART"),
          mutant("delivery", "safe", "CLOSE NO_WAIT"),
          mutant("delivery", "safe", "CLOSE LOOK_FIRST"),
          mutant("delivery", "safe", "CONFIG LEAVE_EARLY"),
          mutant("delivery", "ends", "CLOSE NEVER_LEAVE"),
          mutant("progress", "ends", "COUNT_LATE"),
          mutant("progress", "ends", "CHANGED_FIRST"),
          mutant("progress", "ends", "UNLOCKED"),
          mutant("progress", "ends", "SIGNAL_ONE"),
          mutant("lane", "ends", "NO_LOOK_AFTER"),
          mutant("lane", "safe", "BUSY_APART"),
          mutant("lane", "ends", "DONE_LATE"));

  private static Check mutant(String model, String formula, String defined) {
    return new Check(model, formula, defined, 0);
  }

  private static Stream<Check> sound() {
    return SOUND.stream();
  }

  private static Stream<Check> large() {
    return LARGE.stream();
  }

  private static Stream<Check> mutants() {
    return MUTANTS.stream();
  }

  /** Two at a time, whatever the order in which the tests ask for them. */
  @BeforeAll
  void begin() {
    require("spin");
    require("gcc");
    Stream.concat(sound(), mutants()).forEach(check -> runs.begin(check, () -> run(check)));
  }

  @AfterAll
  void end() {
    runs.close();
  }

  private static void require(String command) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    if (!found) {
      fail("the command " + command + " is not on the PATH; install the package " + command);
    }
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aProtocol_keepsItsFormula(Check check) throws Exception {
    assertEquals(Outcome.HOLDS, runs.result(check));
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("large")
  void aProtocolWithTwoConsumers_keepsItsFormula(Check check) throws Exception {
    assertEquals(Outcome.HOLDS, run(check));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantOfAProtocol_breaksItsFormula(Check check) throws Exception {
    assertEquals(Outcome.BROKEN, runs.result(check));
  }

  @Test
  void everyMutantAndFormulaOfTheModels_isInTheTable() {
    Set<String> models = new TreeSet<>();
    Set<String> broken = new TreeSet<>();
    for (Check check : MUTANTS) {
      models.add(check.model());
      broken.add(check.model() + " " + check.formula());
    }
    assertEquals(Set.of("parking", "delivery", "progress", "lane"), models);
    int seen = 0;
    for (String model : models) {
      String text = Models.text(model + ".pml");
      Matcher heading = Pattern.compile("Mutants: ([A-Z_ ]+?) \\*/").matcher(text);
      assertEquals(true, heading.find(), model);
      Set<String> named = new TreeSet<>(List.of(heading.group(1).split(" ")));
      Set<String> tried =
          MUTANTS.stream()
              .filter(check -> check.model().equals(model))
              .flatMap(check -> Stream.of(check.defined().split(" ")))
              .filter(name -> !Set.of("STOP", "TWO", "CLOSE", "CONFIG").contains(name))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(named, tried, model);
      seen += named.size();
    }
    assertEquals(23, seen);
    assertEquals(
        SOUND.stream()
            .map(check -> check.model() + " " + check.formula())
            .collect(Collectors.toCollection(TreeSet::new)),
        broken);
  }

  /** A formula that holds has been looked at in the number of states that is named. */
  private static Outcome run(Check check) throws IOException, InterruptedException {
    String file = check.model() + ".pml";
    Path folder = Models.folder(file, check.toString().replace(' ', '-'));
    List<String> spin = new ArrayList<>(List.of("spin"));
    for (String name : check.defined().split(" ")) {
      if (!name.isEmpty()) {
        spin.add("-D" + name);
      }
    }
    spin.addAll(List.of("-a", file));
    must(folder, spin);
    String optimized = check.states() > 1_000_000 ? "-O1" : "-O0";
    // NFAIR: how many processes weak fairness is kept for, in words of a machine
    must(folder, List.of("gcc", optimized, "-w", "-DNFAIR=3", "-o", "pan", "pan.c"));
    String output = must(folder, List.of("./pan", "-a", "-f", "-m100000", "-N", check.formula()));
    if (output.contains("max search depth too small") || output.contains("Search not completed")) {
      return number(ERRORS, output) > 0 ? Outcome.BROKEN : incomplete(check, output);
    }
    if (number(ERRORS, output) > 0) {
      return Outcome.BROKEN;
    }
    assertEquals(check.states(), number(STATES, output), check.toString());
    return Outcome.HOLDS;
  }

  private static Outcome incomplete(Check check, String output) {
    throw new AssertionError(check + " was not searched to the end:\n" + output);
  }

  private static long number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new AssertionError("Spin printed no " + pattern + ":\n" + output);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String must(Path folder, List<String> command)
      throws IOException, InterruptedException {
    ProcessRuns.Ended ended = ProcessRuns.execute(folder, command);
    if (ended.code() != 0) {
      throw new AssertionError(command + " ended with " + ended.code() + ":\n" + ended.output());
    }
    return ended.output();
  }
}
