package dev.gimbal.pit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.pit.Survivors.Fate;
import dev.gimbal.pit.Survivors.Mutant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison of a run with the list, on reports made by hand. */
class SurvivorsTest {

  private static final String LANE = "dev.gimbal.engine.Lane";

  private static String mutation(String status, String method, int line, int index) {
    return """
        <mutation detected='x' status='%s' numberOfTestsRun='1'><sourceFile>Lane.java</sourceFile>\
        <mutatedClass>%s</mutatedClass><mutatedMethod>%s</mutatedMethod>\
        <methodDescription>()V</methodDescription><lineNumber>%d</lineNumber>\
        <mutator>org.pitest.mutationtest.engine.gregor.mutators.MathMutator</mutator>\
        <indexes><index>%d</index></indexes><blocks><block>0</block></blocks><killingTest/>\
        <description>Replaced a call to dev/gimbal/engine/Lane::lambda$run$7</description></mutation>
        """
        .formatted(status, LANE, method, line, index);
  }

  private static Map<Mutant, Fate> report(String... mutations) throws IOException {
    String xml = "<mutations>" + String.join("", mutations) + "</mutations>";
    return Survivors.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Mutant mutant(String method, int which) {
    return new Mutant(LANE, method, "Math", "Replaced a call to engine/Lane::run lambda", which);
  }

  private static Map<Mutant, Boolean> listed(String method, int which, String when) {
    return Survivors.list(List.of("# why", "", mutant(method, which) + "\t" + when + "\tbecause"));
  }

  @Test
  void equalMutants_areCountedInTheOrderOfTheCode_andLambdasByTheirMethod() throws Exception {
    assertEquals(
        Map.of(
            mutant("run", 1), Fate.KILLED,
            mutant("run", 2), Fate.LIVED,
            mutant("run", 3), Fate.ENDED,
            mutant("goOn lambda", 1), Fate.LIVED),
        report(
            mutation("TIMED_OUT", "run", 12, 3),
            mutation("NO_COVERAGE", "lambda$goOn$4", 7, 1),
            mutation("SURVIVED", "run", 9, 10),
            mutation("KILLED", "run", 9, 9)));
  }

  @Test
  void oneThatLives_mustBeListed() throws Exception {
    Map<Mutant, Fate> fates = report(mutation("SURVIVED", "run", 9, 1));
    assertEquals(
        List.of("lives, and is not listed: " + mutant("run", 1)),
        Survivors.problems(fates, Map.of()));
    assertEquals(List.of(), Survivors.problems(fates, listed("run", 1, "always")));
    assertEquals(List.of(), Survivors.problems(fates, listed("run", 1, "sometimes")));
  }

  @Test
  void listedOne_mustNotBeKilledByAFailingTest_unlessItLivesSometimes() throws Exception {
    Map<Mutant, Fate> killed = report(mutation("KILLED", "run", 9, 1));
    assertEquals(
        List.of("listed, and was killed: " + mutant("run", 1)),
        Survivors.problems(killed, listed("run", 1, "always")));
    assertEquals(List.of(), Survivors.problems(killed, listed("run", 1, "sometimes")));
    for (String status : List.of("TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR")) {
      Map<Mutant, Fate> ended = report(mutation(status, "run", 9, 1));
      assertEquals(List.of(), Survivors.problems(ended, listed("run", 1, "always")), status);
    }
  }

  @Test
  void listedOne_mustExist_whereItsClassWasInTheRun() throws Exception {
    Map<Mutant, Fate> fates = report(mutation("KILLED", "run", 9, 1));
    assertEquals(
        List.of("listed, and does not exist: " + mutant("run", 2)),
        Survivors.problems(fates, listed("run", 2, "always")));
    assertEquals(List.of(), Survivors.problems(report(), listed("run", 2, "always")));
  }

  @Test
  void wholeRun_needsEachPackagesShare_enoughMutants_andEveryListedClass() throws Exception {
    List<String> mutations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      mutations.add(mutation(i < 17 ? "KILLED" : "SURVIVED", "run", i, i));
    }
    Map<Mutant, Fate> enough = report(mutations.toArray(String[]::new));
    Map<Mutant, Boolean> listed = listed("run", 20, "always");
    assertEquals(List.of(), Survivors.problemsOfAWholeRun(enough, listed, 20));
    assertEquals(
        List.of("20 mutants (expected: at least 21)"),
        Survivors.problemsOfAWholeRun(enough, listed, 21));
    mutations.add(mutation("SURVIVED", "run", 99, 99));
    Map<Mutant, Fate> few = report(mutations.toArray(String[]::new));
    assertEquals(
        List.of("dev.gimbal.engine: less than 85 % are killed"),
        Survivors.problemsOfAWholeRun(few, listed, 20));
    assertEquals(
        List.of("0 mutants (expected: at least 1)", "listed, and not in the run: " + LANE),
        Survivors.problemsOfAWholeRun(report(), listed, 1));
  }

  @Test
  void scores_tellTestsFromTimeouts() throws Exception {
    assertEquals(
        Map.of("dev.gimbal.engine", new Survivors.Score(1, 2, 1)),
        Survivors.scores(
            report(
                mutation("KILLED", "run", 1, 1),
                mutation("TIMED_OUT", "run", 2, 2),
                mutation("MEMORY_ERROR", "run", 3, 3),
                mutation("SURVIVED", "run", 4, 4))));
    assertEquals(
        "4 mutants, 1 killed by a failing test, 2 by time or memory, 1 alive: 75.0 % killed",
        new Survivors.Score(1, 2, 1).toString());
  }

  @Test
  void lineWithoutAReason_orTwice_isRefused() {
    String line = mutant("run", 1) + "\talways\t";
    assertThrows(IllegalArgumentException.class, () -> Survivors.list(List.of(line)));
    assertThrows(
        IllegalArgumentException.class, () -> Survivors.list(List.of(line + "a", line + "b")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Survivors.list(List.of(mutant("run", 1) + "\tnever\tbecause")));
  }

  @Test
  void theList_isReadable_andNamesClassesThatExist() throws Exception {
    Path file = Path.of(System.getProperty("gimbal.root"), "verification/pit/survivors.tsv");
    Map<Mutant, Boolean> listed = Survivors.list(Files.readAllLines(file));
    assertTrue(listed.size() > 0, "the list is empty");
    for (Mutant mutant : listed.keySet()) {
      assertEquals(mutant.type(), Class.forName(mutant.type(), false, loader()).getName());
    }
  }

  private static ClassLoader loader() {
    return SurvivorsTest.class.getClassLoader();
  }
}
