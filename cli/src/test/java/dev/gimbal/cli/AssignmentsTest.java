package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AssignmentsTest {

  private static Object tree(ObjectNode below, String... texts) {
    Assignments assignments = Assignments.parse(List.of(texts));
    return Nodes.toMap(assignments.tree(path -> Nodes.at(below, path)));
  }

  private static ObjectNode object(Map<String, ?> map) {
    return (ObjectNode) Nodes.of(map, Scalar.Template.NONE);
  }

  @Test
  void tree_ofNumbersAndBooleans_keepsTheirTypesAndText() {
    Object tree = tree(ObjectNode.EMPTY, "a=80", "b=true", "c=1.10", "d=false", "e=-1e3");

    assertEquals(
        Map.of(
            "a",
            80L,
            "b",
            true,
            "c",
            new BigDecimal("1.10"),
            "d",
            false,
            "e",
            new BigDecimal("-1e3")),
        tree);
  }

  @Test
  void tree_ofAnythingElse_isText() {
    Object tree = tree(ObjectNode.EMPTY, "a=", "b=08", "c=[1]", "d=TRUE", "e=a=b", "f=${x}");

    assertEquals(
        Map.of("a", "", "b", "08", "c", "[1]", "d", "TRUE", "e", "a=b", "f", "${x}"), tree);
  }

  @Test
  void tree_ofText_holdsNoPlaceholder() {
    ObjectNode tree = Assignments.parse(List.of("a=${x}")).tree(path -> null);

    assertEquals(Scalar.string("${x}"), tree.get("a"));
  }

  @Test
  void parse_ofQuotedPath_splitsAtTheEqualsSignOutsideQuotes() {
    assertEquals(Map.of("a=\"b.c", Map.of("d", 1L)), tree(ObjectNode.EMPTY, "\"a=\\\"b.c\".d=1"));
  }

  @Test
  void tree_whenOneStandsInTheWay_takesTheLater() {
    assertEquals(Map.of("a", Map.of("b", 2L)), tree(ObjectNode.EMPTY, "a=1", "a.b=2"));
  }

  @Test
  void tree_ofAnIndex_changesACopyOfTheListBelow() {
    ObjectNode below = object(Map.of("h", List.of(Map.of("n", "x", "p", 1), "y", "z")));

    assertEquals(
        Map.of("h", List.of(Map.of("n", "x", "p", 2L), "z", "end")),
        tree(below, "h[0].p=2", "h[1]=null", "h[2]=end"));
  }

  @Test
  void tree_ofAnIndexBeyondTheList_isAnErrorOfUsage() {
    ObjectNode below = object(Map.of("h", List.of("x")));

    UsageException e = assertThrows(UsageException.class, () -> tree(below, "h[2]=y"));

    assertEquals("--set: h[2]: index 2 (expected: 0 to 1)", e.getMessage());
  }
}
