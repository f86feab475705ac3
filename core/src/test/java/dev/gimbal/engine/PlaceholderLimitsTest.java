package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What just fits, and what just does not. */
class PlaceholderLimitsTest {

  private static final int LEVELS = PlaceholderWeight.MAX_DEPTH;
  private static final Scalar ONE = Scalar.string("x");

  private static ObjectNode tree(Map<String, ?> values) {
    return (ObjectNode) Nodes.of(values, Scalar.Template.ALL);
  }

  private static Placeholders.Resolved resolve(ObjectNode merged) {
    return Placeholders.resolve(Placeholders.EMPTY, merged, null, Placeholders.Outside.PROCESS);
  }

  private static List<String> problems(Placeholders.Resolved resolved) {
    return resolved.problems().stream().map(Problem::toString).toList();
  }

  /** A list whose weight is {@code inner + 1} for each of its lists, and one. */
  private static ListNode lists(int outer, int inner) {
    Node list = ListNode.of(Collections.nCopies(inner, ONE));
    return ListNode.of(Collections.nCopies(outer, list));
  }

  // ---- weight

  @Test
  void weight_isOneForEachNode_andMoreForLongTexts() {
    PlaceholderWeight weight = new PlaceholderWeight(1_000);
    assertEquals(1, weight.of(ONE, 0));
    assertEquals(1, weight.of(Scalar.string("x".repeat(63)), 0));
    assertEquals(2, weight.of(Scalar.string("x".repeat(64)), 0));
    assertEquals(1, weight.of(ObjectNode.EMPTY, 0));
    assertEquals(1, weight.of(ListNode.EMPTY, 0));
    assertEquals(7, weight.of(lists(2, 2), 0));
    assertEquals(4, weight.of(tree(Map.of("a", Map.of("b", 1), "c", 2)), 0));
    assertEquals(false, weight.tooDeep());
  }

  @Test
  void weight_isNotCountedOn_onceItIsOverTheLimit() {
    ListNode five = ListNode.of(Collections.nCopies(5, ONE));
    assertEquals(6, new PlaceholderWeight(6).of(five, 0));
    assertEquals(6, new PlaceholderWeight(5).of(five, 0));
    assertEquals(5, new PlaceholderWeight(4).of(five, 0));
  }

  @Test
  void levels_areCountedFromTheRootOfTheTree_throughObjectsAndLists() {
    for (boolean list : List.of(true, false)) {
      Node inner = list ? ListNode.of(List.of(ONE)) : ObjectNode.of(Map.of("x", ONE));
      PlaceholderWeight fits = new PlaceholderWeight(1_000);
      assertEquals(2, fits.of(inner, LEVELS - 1));
      assertEquals(false, fits.tooDeep());
      PlaceholderWeight deep = new PlaceholderWeight(1_000);
      assertEquals(1, deep.of(inner, LEVELS));
      assertEquals(true, deep.tooDeep());
      assertEquals(0, deep.of(ONE, 0)); // it counts no more
    }
  }

  @Test
  void growth_isTheDifferenceOfBoth_atTheirDepth() {
    Node before = tree(Map.of("same", Map.of("a", 1), "less", List.of(1, 2), "gone", 1));
    Node after = tree(Map.of("same", Map.of("a", 1), "less", List.of(1), "more", Map.of("b", 1)));
    PlaceholderWeight weight = new PlaceholderWeight(1_000);
    assertEquals(0, weight.growth(before, before, 0));
    assertEquals(0, weight.growth(null, null, 0));
    assertEquals(-1 - 1 + 2, weight.growth(before, Nodes.share(before, after), 0));
    assertEquals(1, weight.growth(null, ONE, 0));
    assertEquals(2, weight.growth(null, tree(Map.of("b", 1)), 0));
    Node object = tree(Map.of("a", Map.of("b", 1)));
    Node list = tree(Map.of("a", List.of(1, 2)));
    assertEquals(1, weight.growth(object, list, 0));
    assertEquals(-1, weight.growth(list, object, 0));
    assertEquals(-3, weight.growth(tree(Map.of("a", 1, "b", 2)), null, 0));
    assertEquals(false, weight.tooDeep());
    Node was = tree(Map.of("a", 1));
    Node is = tree(Map.of("a", List.of()));
    weight.growth(was, is, LEVELS - 1);
    assertEquals(false, weight.tooDeep());
    weight.growth(was, is, LEVELS);
    assertEquals(true, weight.tooDeep());
  }

  @Test
  void valuesOfExactlyTheLimit_pass_andOneMoreDoesNot() {
    ObjectNode fits = tree(Map.of("copy", "${lists}")).with("lists", lists(999, 1_000));
    assertEquals(List.of(), problems(resolve(fits)));
    ObjectNode one = tree(Map.of("copy", "${lists}", "more", "${copy[0][0]}"));
    assertEquals(
        List.of("placeholders expand to a weight of more than 1000000"),
        resolve(one.with("lists", lists(999, 1_000))).problems().stream()
            .map(Problem::message)
            .toList());
  }

  /** What is kept from before counts once, whoever refers to it now. */
  @Test
  void valuesThatAreKept_countOnce() {
    ObjectNode before = tree(Map.of("copy", "${lists}", "ref", "${small}", "small", 1));
    Placeholders.Resolved first = resolve(before.with("lists", lists(399, 1_000)));
    ObjectNode changed = first.merged().with("ref", tree(Map.of("r", "${copy}")).get("r"));
    Placeholders.Resolved second =
        Placeholders.resolve(first, changed, null, Placeholders.Outside.PROCESS);
    assertEquals(List.of(), problems(second));
    assertEquals(second.tree().get("lists"), second.tree().get("ref"));
  }

  // ---- ways through templates

  /** Each stands for the next one, the last for an object; a path leads through all. */
  private static Placeholders.Resolved through(int placeholders) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < placeholders; i++) {
      values.put("o" + i, "${o" + (i + 1) + "}");
    }
    values.put("o" + placeholders, Map.of("v", 1));
    values.put("ref", "${o0.v}");
    return resolve(tree(values));
  }

  @Test
  void pathThroughAsManyPlaceholdersAsThereMayBe_isFollowed_andOneMoreIsNot() {
    Placeholders.Resolved fits = through(PlaceholderRun.MAX_DEPTH - 1);
    assertEquals(List.of(), problems(fits));
    assertEquals(1L, Nodes.toJava(fits.tree().get("ref")));
    assertEquals(
        List.of("GIM-005 ref: leads through more than 256 placeholders"),
        problems(through(PlaceholderRun.MAX_DEPTH)));
  }

  @Test
  void pathThroughAPlaceholder_andOnThroughOneBelowItsTarget_isFollowed() {
    Map<String, Object> values = new HashMap<>();
    values.put("ref", "${a.m.n}");
    values.put("a", "${b}");
    values.put("b", Map.of("m", "${c}"));
    values.put("c", Map.of("n", 7));
    assertEquals(7L, Nodes.toJava(resolve(tree(values)).tree().get("ref")));
  }

  @Test
  void depth_countsAlsoWhatWasWorkedOutBefore() {
    Map<String, Object> values = new HashMap<>();
    values.put("A", "${d.x}"); // looked at first
    values.put("d", Map.of("x", Map.of("y", "${c}")));
    values.put("e", "${d}");
    values.put("c", 1);
    Placeholders.Resolved resolved = resolve(tree(values));
    for (ConfigPath path : List.of(ConfigPath.of("A"), ConfigPath.of("e"))) {
      assertEquals(2, resolved.index().templates().get(path, path).depth(), path.toString());
    }
  }

  /** The stack holds 512 levels and templates; the rest is worked out before. */
  @Test
  void longChain_belowManyLevels_isResolved() {
    Map<String, Object> values = new HashMap<>();
    Object deep = "${c0}";
    for (int level = 0; level < 450; level++) {
      deep = Map.of("x", deep);
    }
    values.put("deep", deep);
    values.put("A", "${deep}"); // looked at first
    for (int i = 0; i < 100; i++) {
      values.put("c" + i, "${c" + (i + 1) + "}");
    }
    values.put("c100", "end");
    Placeholders.Resolved resolved = resolve(tree(values));
    assertEquals(List.of(), problems(resolved));
    Node at = resolved.tree().get("A");
    for (int level = 0; level < 450; level++) {
      at = ((ObjectNode) at).get("x");
    }
    assertEquals("end", ((Scalar) at).text());
  }

  /** What was postponed and is done no longer counts, however many times that happens. */
  @Test
  void manyTexts_atTheEndOfTheStack_areNoCircle() {
    Map<String, Object> values = new HashMap<>();
    Object deep = "${c0}";
    for (int level = 0; level < 450; level++) {
      deep = Map.of("x", deep);
    }
    values.put("deep", deep);
    values.put("A", "${deep}"); // looked at first
    for (int i = 0; i < 70; i++) {
      StringBuilder text = new StringBuilder("${c" + (i + 1) + "}");
      for (String more : List.of("p", "q", "r")) {
        text.append("${").append(more).append(i).append('}');
        values.put(more + i, "${dash}");
      }
      values.put("c" + i, text.toString());
    }
    values.put("c70", "end");
    values.put("dash", "-");
    Placeholders.Resolved resolved = resolve(tree(values));
    assertEquals(List.of(), problems(resolved));
    Node at = resolved.tree().get("A");
    for (int level = 0; level < 450; level++) {
      at = ((ObjectNode) at).get("x");
    }
    assertEquals("end" + "-".repeat(210), Nodes.toJava(at));
  }

  /** Each stands for a part of what the next one stands for. */
  @Test
  void longWayThroughParts_belowManyLevels_isFollowed() {
    Map<String, Object> values = new HashMap<>();
    Object deep = "${c0.v}";
    for (int level = 0; level < 450; level++) {
      deep = Map.of("x", deep);
    }
    values.put("deep", deep);
    values.put("A", "${deep}"); // looked at first
    Object parts = "end";
    for (int i = 0; i <= 100; i++) {
      parts = Map.of("v", parts);
    }
    for (int i = 0; i < 100; i++) {
      values.put("c" + i, "${c" + (i + 1) + ".v}");
    }
    values.put("c100", parts);
    Placeholders.Resolved resolved = resolve(tree(values));
    assertEquals(List.of(), problems(resolved));
    Node at = resolved.tree().get("A");
    for (int level = 0; level < 450; level++) {
      at = ((ObjectNode) at).get("x");
    }
    assertEquals("end", Nodes.toJava(at));
  }

  // ---- circles

  /** However deep the places of its templates are, and whoever reads below them. */
  @Test
  void circleOnTheWayOfAPath_isTheSameCircle() {
    ObjectNode circle = tree(Map.of("p", Map.of("q", "${r}"), "r", "${p.q}", "A", "${p.q.z}"));
    assertEquals(
        List.of("GIM-009 p.q: refers to itself: p.q -> r -> p.q"), problems(resolve(circle)));
  }

  // ---- nesting

  @Test
  void placeholdersBesideEachOther_areNotNested() {
    int many = 3 * PlaceholderParser.MAX_NESTING;
    assertEquals(many, PlaceholderParser.parse("${a}".repeat(many)).size());
    String deepest = nested(PlaceholderParser.MAX_NESTING);
    assertEquals(1, PlaceholderParser.parse(deepest).size());
    assertThrows(
        PlaceholderParser.TooDeep.class,
        () -> PlaceholderParser.parse(nested(PlaceholderParser.MAX_NESTING + 1)));
  }

  private static String nested(int deep) {
    return "${a:".repeat(deep) + "x" + "}".repeat(deep);
  }

  // ---- the tree that is built

  @Test
  void level_isHowManyObjectsAndListsAreBeingBuilt() {
    ObjectNode merged =
        tree(Map.of("a", Map.of("b", List.of("${x}")), "c", "${x}", "d", Map.of("e", "${x}")));
    Map<String, Integer> levels = new HashMap<>();
    PlaceholderTree[] building = new PlaceholderTree[1];
    building[0] =
        new PlaceholderTree(
            Placeholders.EMPTY,
            merged,
            Set.of(),
            new PlaceholderTree.Values() {
              @Override
              public Node of(ConfigPath path, Scalar template) {
                levels.put(path.toString(), building[0].level());
                return ONE;
              }

              @Override
              public void usedBelow(ConfigPath path) {
                throw new AssertionError("nothing is used twice: " + path);
              }
            });
    Map<String, Object> expected =
        Map.of("a", Map.of("b", List.of("x")), "c", "x", "d", Map.of("e", "x"));
    assertEquals(expected, Nodes.toJava(building[0].root()));
    assertEquals(Map.of("a.b[0]", 3, "c", 1, "d.e", 2), levels);
    assertEquals(0, building[0].level());
  }

  @Test
  void steps_areAtMostAThousand() {
    List<String> texts = new ArrayList<>(Collections.nCopies(1_001, "${a}"));
    ObjectNode merged = tree(Map.of("a", 1, "b", String.join("", texts)));
    List<Placeholders.Step> steps =
        Placeholders.steps(
            new PlaceholderSecrets(merged, null), ConfigPath.of("b"), Placeholders.Outside.PROCESS);
    assertEquals(1_000, steps.size());
    assertEquals(List.of("1"), steps.stream().map(Placeholders.Step::value).distinct().toList());
  }
}
