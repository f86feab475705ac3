package dev.gimbal.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.interleavings.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the tables of mutants are in step with the engine and with what catches them. */
class MutantsTest {

  private static final List<Mutant> ALL = Mutants.all();

  @Test
  void everyMutant_changesWhatStandsInTheSourceOnce() throws IOException {
    for (Mutant mutant : ALL) {
      String text = Files.readString(Mutants.sourceFile(mutant.source()));
      String changed = mutant.applyTo(text);
      assertTrue(!changed.equals(text), () -> mutant.name() + " changes nothing");
    }
    assertEquals(230, ALL.size());
  }

  @Test
  void everyMutant_hasAName_aKind_andWhatCatchesIt() {
    Set<String> names = new HashSet<>();
    Set<String> scenarios = Set.copyOf(Scenarios.names());
    for (Mutant mutant : ALL) {
      assertTrue(names.add(mutant.name()), () -> mutant.name() + " twice");
      assertTrue(!mutant.kind().isEmpty(), () -> mutant.name() + " has no kind");
      for (String check : mutant.checks()) {
        assertTrue(scenarios.contains(check), () -> mutant.name() + ": there is no " + check);
      }
    }
  }

  @Test
  void hunk_thatMatchesTwiceOrNever_isRefused() {
    Mutant twice = mutant("@@", "-a", "+b");
    assertThrows(IllegalArgumentException.class, () -> twice.applyTo("a\na\n"));
    assertThrows(IllegalArgumentException.class, () -> twice.applyTo("c\n"));
    assertEquals("b\nc\n", twice.applyTo("a\nc\n"));
  }

  @Test
  void hunks_keepLines_andMayBeSeveral() {
    Mutant two = mutant("@@", " a", "-b", "@@", "-d", "+D", "+E");
    assertEquals("a\nc\nD\nE\n", two.applyTo("a\nb\nc\nd\n"));
  }

  private static Mutant mutant(String... hunks) {
    List<String> lines = new ArrayList<>(List.of("## name", "kind: k", "caught: x, y"));
    lines.addAll(List.of(hunks));
    Mutant mutant = Mutants.parse("engine/Type", lines).get(0);
    assertEquals("Type.name", mutant.name());
    assertEquals(List.of("x", "y"), mutant.checks());
    return mutant;
  }
}
