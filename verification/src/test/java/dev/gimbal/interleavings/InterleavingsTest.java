package dev.gimbal.interleavings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.mutants.Mutant;
import dev.gimbal.mutants.MutantCompiler;
import dev.gimbal.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine's own code in many orders of its threads' steps: each scenario holds, and each finds
 * the bug in a mutant of the engine.
 */
@Tag("interleavings")
class InterleavingsTest {

  private static final int FEW_RUNS = 20;
  private static final int RUNS = 1_500;
  private static final int MORE_RUNS = 15_000;

  /** Source files that have mutants. */
  private static final int SOURCES = 41;

  /** A part of the names of the only scenarios that are run; of all by default. */
  private static final String ONLY = System.getProperty("gimbal.interleavings.only", "");

  private static final WovenLoader ENGINE = new WovenLoader(null);
  private static final MutantCompiler COMPILER = new MutantCompiler();
  private static final Map<String, Mutant> TWINS = twins();

  /** The first mutant of each scenario that says it is caught by it. */
  private static Map<String, Mutant> twins() {
    Map<String, Mutant> twins = new HashMap<>();
    for (Mutant mutant : Mutants.all()) {
      mutant.checks().forEach(check -> twins.putIfAbsent(check, mutant));
    }
    return twins;
  }

  static List<String> scenarios() {
    return Scenarios.names().stream().filter(name -> name.contains(ONLY)).toList();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_holds(String name) {
    Explorer.Result result = Explorer.explore(ENGINE, Scenarios.className(name), RUNS);
    result.throwFailure(name);
    assertTrue(result.choices() >= 1, () -> name + ": fewer than all orders of one choice");
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_holdsInManyMoreOrders(String name) {
    Explorer.Result result = Explorer.explore(ENGINE, Scenarios.className(name), MORE_RUNS);
    result.throwFailure(name);
    assertTrue(result.choices() >= 1, () -> name + ": fewer than all orders of one choice");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenarioWithASeededBug_isCaught(String name, @TempDir Path changed) throws IOException {
    Mutant twin = TWINS.get(name);
    assertNotNull(twin, () -> "no mutant says that it is caught by " + name);
    expectCaught(twin, name, changed);
  }

  static List<Arguments> otherPairs() {
    return otherPairs(ONLY);
  }

  private static List<Arguments> otherPairs(String only) {
    List<Arguments> pairs = new ArrayList<>();
    for (Mutant mutant : Mutants.all()) {
      for (String scenario : mutant.checks()) {
        if (!mutant.equals(TWINS.get(scenario)) && scenario.contains(only)) {
          pairs.add(Arguments.of(mutant, scenario));
        }
      }
    }
    return pairs;
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("otherPairs")
  void mutant_isCaughtByEachScenarioThatItNames(
      Mutant mutant, String scenario, @TempDir Path changed) throws IOException {
    expectCaught(mutant, scenario, changed);
  }

  private static void expectCaught(Mutant mutant, String scenario, Path changed)
      throws IOException {
    COMPILER.compile(mutant, changed);
    Explorer.Result result =
        Explorer.explore(new WovenLoader(changed), Scenarios.className(scenario), RUNS);
    assertNotNull(result.failure(), () -> mutant.name() + " is not caught by " + scenario);
  }

  /** What the twins show is their bug, not that their file was compiled anew. */
  @Test
  void engineCompiledAnew_withoutABug_holds(@TempDir Path anew) throws IOException {
    Set<String> sources = new HashSet<>();
    for (Mutant mutant : Mutants.all()) {
      if (sources.add(mutant.source())) {
        COMPILER.compile(mutant.withoutBug(), anew);
      }
    }
    assertEquals(SOURCES, sources.size());
    WovenLoader engine = new WovenLoader(anew);
    for (String name : scenarios()) {
      Explorer.explore(engine, Scenarios.className(name), FEW_RUNS).throwFailure(name);
    }
  }

  @Test
  void scenarios_areFound() {
    assertEquals(134, Scenarios.names().size());
    assertEquals(244, Scenarios.names().size() + otherPairs("").size());
  }
}
