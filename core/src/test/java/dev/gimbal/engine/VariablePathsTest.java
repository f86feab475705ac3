package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.source.Variables;
import dev.gimbal.source.Variables.Style;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Corners of the rules that {@link VariableTreeTest} goes through one by one. */
class VariablePathsTest {

  private static VariableTree.Result paths(
      Map<String, String> values, boolean onlyKnownKeys, Map<String, ?> below) {
    return of(Style.PATH, values, onlyKnownKeys, below);
  }

  private static VariableTree.Result of(
      Style style, Map<String, String> values, boolean onlyKnownKeys, Map<String, ?> below) {
    Variables variables = new Variables(style, "", values, onlyKnownKeys);
    ObjectNode tree = (ObjectNode) Nodes.of(below, Scalar.Template.NONE);
    return VariableTree.of(
        "src", variables, KnownKeys.of(List.of(), Conversions.standard(), null), tree);
  }

  private static List<String> messages(VariableTree.Result result) {
    return result.problems().stream().map(Problem::message).toList();
  }

  @Test
  void exactPath_isItself_alsoWhereOnlyKnownKeysCount() {
    VariableTree.Result result =
        paths(Map.of("a.b", "1", "c", "2"), true, Map.of("a", Map.of("b", 0, "B", 0)));
    assertEquals(Map.of("a", Map.of("b", "1")), Nodes.toJava(result.tree()));
    assertEquals(List.of(), messages(result));
  }

  @Test
  void fiveKeys_areNamed_andOfSixTheFirstFour() {
    Map<String, Object> five = Map.of("a.b", 0, "aB", 0, "a-b", 0, "a_b", 0, "ab", 0);
    VariableTree.Result result = paths(Map.of("A-B", "1"), false, five);
    assertEquals(
        List.of("A-B stands for a-b, \"a.b\", aB, a_b and ab, expected one key"), messages(result));
    Map<String, Object> six = new java.util.HashMap<>(five);
    six.put("AB", 0);
    assertEquals(
        List.of("A-B stands for AB, a-b, \"a.b\", aB and 2 more, expected one key"),
        messages(paths(Map.of("A-B", "1"), false, six)));
  }

  @Test
  void valueBesideAnIndex_whereNoListIsBelow_isTheScalarOfAnObject() {
    VariableTree.Result result = paths(Map.of("a", "1", "a[0]", "2"), false, Map.of());
    assertEquals(Map.of("a", Map.of("", "1", "0", "2")), Nodes.toJava(result.tree()));
    assertNull(result.origins().find("src", ConfigPath.ROOT));
    assertEquals(List.of(), messages(result));
  }

  @Test
  void listInAList_asAWholeAndAPartOfIt_isAProblem_andIsNotSet() {
    Map<String, Object> below = Map.of("a", List.of(List.of("x", "y"), "z"));
    VariableTree.Result result = paths(Map.of("a[0]", "1", "a[0][1]", "2"), false, below);
    assertEquals(
        List.of("a[0] sets the list a[0], a[0][1] a part of it, expected one of them"),
        messages(result));
    assertEquals(Map.of("a", List.of(List.of("x", "2"), "z")), Nodes.toJava(result.tree()));
  }

  /** One place is found, however many lists lead to it. */
  @Test
  void newElementOfAListInsideAnother_isOnePlace() {
    Map<String, Object> object = Map.of("a", List.of(Map.of("b", List.of("x"))));
    Map<String, Object> lists = Map.of("a", List.of(List.of(List.of("x"))));
    Map<String, Object> scalar = Map.of("a", List.of("x"));
    assertSet(List.of(Map.of("b", List.of("x", "9"))), Style.ENVIRONMENT, "A_0_B_1", object);
    assertSet(List.of(Map.of("b", List.of("x", "9"))), Style.PATH, "A[0].b[1]", object);
    assertSet(List.of(List.of(List.of("x", "9"))), Style.ENVIRONMENT, "A_0_0_1", lists);
    assertSet(List.of(List.of(List.of("x", "9"))), Style.PATH, "A[0][0][1]", lists);
    assertSet(List.of(Map.of("1", "9")), Style.ENVIRONMENT, "A_0_1", scalar);
    assertSet(List.of(Map.of("b", "9")), Style.PATH, "A[0].b", scalar);
    assertEquals(
        List.of("index 1 of a[0]: the list has 0 elements"),
        messages(of(Style.PATH, Map.of("A[0][1]", "9"), false, scalar)));
  }

  @Test
  void separatorsAtTheEnds_playNoPart() {
    for (String name : List.of("A-", "-A", "A--", "_A_")) {
      assertSet("9", Style.PATH, name, Map.of("a", "1"));
    }
    assertSet(List.of("x", "9"), Style.PATH, "a.-1", Map.of("a", List.of("x", "y")));
  }

  @Test
  void wordThatIsNoNumber_isNoElement_andAnIndexIsNoKey() {
    assertSet(Map.of("x", "9"), Style.ENVIRONMENT, "A_X", Map.of("a", List.of("1", "2")));
    VariableTree.Result result =
        of(Style.PATH, Map.of("A[0]", "9"), false, Map.of("a", Map.of("_", "1")));
    assertNull(result.tree().get("a"));
    assertEquals(Map.of("A", List.of("9")), Nodes.toJava(result.tree()));
  }

  private static void assertSet(Object a, Style style, String name, Map<String, ?> below) {
    VariableTree.Result result = of(style, Map.of(name, "9"), false, below);
    assertEquals(List.of(), messages(result), name);
    assertEquals(Map.of("a", a), Nodes.toJava(result.tree()), name);
  }

  @Test
  void indexBehindTheEnd_isNotSet_andHasNoOrigin() {
    VariableTree.Result result =
        paths(Map.of("a[0]", "1", "a[7]", "2"), false, Map.of("a", List.of("x")));
    assertEquals(List.of("index 7 of a: the list has 1 element"), messages(result));
    assertEquals(Map.of("a", List.of("1")), Nodes.toJava(result.tree()));
    assertNull(result.origins().find("src", ConfigPath.parse("a[7]")));
    assertEquals("a[0]", result.origins().find("src", ConfigPath.parse("a[0]")).document());
  }

  @Test
  void order_hasIndexesBeforeKeys_andWhatIsAboveBeforeWhatIsBelow() {
    List<ConfigPath> sorted = new ArrayList<>();
    for (String path : List.of("a", "a[2]", "a[10]", "a[10].x", "a.\"1\"", "a.b", "b")) {
      sorted.add(ConfigPath.parse(path));
    }
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = 0; j < sorted.size(); j++) {
        int order = VariableTree.ORDER.compare(sorted.get(i), sorted.get(j));
        assertEquals(Integer.signum(i - j), Integer.signum(order), sorted.get(i) + " " + j);
      }
    }
    assertTrue(sorted.size() > 6);
  }
}
