package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oracle is a tree of java.util maps and lists. */
class NodesTest {

  private static final List<String> KEYS = List.of("a", "b", "Aa", "BB", "c.d", "");

  @Test
  void randomSetsAndRemovals_equalTheModelAfterEach() {
    Random random = new Random(7);
    Map<String, Object> model = new HashMap<>();
    ObjectNode tree = ObjectNode.EMPTY;
    int sets = 0;
    int removals = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> keys = path(random);
      ConfigPath path = ConfigPath.of(keys.toArray(String[]::new));
      if (random.nextInt(3) > 0) {
        Object value = value(random, 2);
        tree = (ObjectNode) Nodes.set(tree, path, node(value));
        set(model, keys, value);
        sets++;
      } else {
        tree = (ObjectNode) Nodes.remove(tree, path);
        remove(model, keys);
        removals++;
      }
      assertEquals(model, Nodes.toJava(tree));
      assertEquals(node(model), tree);
      assertEquals(hasNull(model), tree.hasTombstones());
    }
    assertEquals(20_000, sets + removals);
    assertTrue(removals > 5_000, "removals: " + removals);
  }

  @Test
  void textOfAnyPath_findsWhatThePathFinds() {
    Random random = new Random(9);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      Node tree = node(map(random, 4));
      StringBuilder text = new StringBuilder(PARTS.get(random.nextInt(6)));
      for (int more = random.nextInt(3); more > 0; more--) {
        text.append(random.nextInt(4) > 0 ? "." : "").append(PARTS.get(random.nextInt(9)));
      }
      String path = text.toString();
      Object there = outcome(() -> Nodes.at(tree, ConfigPath.parse(path)));
      assertEquals(there, outcome(() -> Nodes.at(tree, path)), path);
      found += there instanceof Node ? 1 : 0;
    }
    assertTrue(found > 500, "found: " + found);
  }

  private static final List<String> PARTS =
      List.of("a", "b", "Aa", "BB", "\"c.d\"", "\"\"", "[0]", "[1]", "]");

  private static @Nullable Object outcome(Supplier<@Nullable Node> call) {
    try {
      return call.get();
    } catch (ConfigException e) {
      return e.getMessage();
    }
  }

  @Test
  void share_equalsTheNewTree_andKeepsEveryEqualSubtreeOfTheOldOne() {
    Random random = new Random(8);
    int shared = 0;
    for (int round = 0; round < 5_000; round++) {
      Object old = map(random, 3);
      Object changed = random.nextInt(3) == 0 ? map(random, 3) : mutate(old, random);
      Node before = node(old);
      Node after = Nodes.share(before, node(changed));
      assertEquals(node(changed), after);
      assertEquals(changed, Nodes.toJava(after));
      shared += requireShared(before, after);
    }
    assertTrue(shared > 5_000, "shared: " + shared);
  }

  @Test
  void share_ofAnEqualTree_isTheOldOne() {
    Random random = new Random(9);
    for (int round = 0; round < 1_000; round++) {
      Object value = map(random, 4);
      Node before = node(value);
      Node after = node(value);
      assertNotSame(before, after == ObjectNode.EMPTY ? node(Map.of("a", 1)) : after);
      assertSame(before, Nodes.share(before, after));
    }
  }

  @Test
  void apply_takesOperationsInOrder() {
    Patch patch =
        Patch.builder().set("a.b", 1).set("a", "x").set("a.c", true).remove("gone").build();
    ObjectNode tree = Nodes.apply((ObjectNode) node(Map.of("gone", 1, "kept", 2L)), patch);
    assertEquals(Map.of("a", Map.of("c", true), "kept", 2L), Nodes.toJava(tree));
  }

  @Test
  void set_atTheEndOfAList_appends_andBeyondIt_isRefused() {
    Node list = node(Map.of("l", List.of(1L)));
    Node longer = Nodes.set(list, ConfigPath.parse("l[1]"), Scalar.number("2"));
    assertEquals(Map.of("l", List.of(1L, 2L)), Nodes.toJava(longer));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Nodes.set(list, ConfigPath.parse("l[2]"), Scalar.number("2")));
    assertEquals("l[2]: index 2 (expected: 0 to 1)", e.getMessage());
  }

  @Test
  void remove_ofAnElement_closesTheGap_andOfTheRoot_empties() {
    Node tree = node(Map.of("l", List.of(1L, 2L, 3L)));
    assertEquals(
        Map.of("l", List.of(1L, 3L)), Nodes.toJava(Nodes.remove(tree, ConfigPath.parse("l[1]"))));
    assertSame(ObjectNode.EMPTY, Nodes.remove(tree, ConfigPath.ROOT));
    assertSame(tree, Nodes.remove(tree, ConfigPath.parse("l[3]")));
  }

  @Test
  void set_ofTheVeryElement_givesTheSameTree() {
    ObjectNode tree = (ObjectNode) node(Map.of("a", List.of("x", "y")));
    ConfigPath second = ConfigPath.parse("a[1]");
    assertSame(tree, Nodes.set(tree, second, Scalar.string("y")));
    assertEquals(node(Map.of("a", List.of("x", "z"))), Nodes.set(tree, second, node("z")));
  }

  @Test
  void remove_belowAnElement_whereNothingIs_isTheSameTree_alsoInALongList() {
    for (int size : new int[] {2, 65, 2_000}) {
      List<Object> elements = new ArrayList<>(Collections.nCopies(size, Map.of("a", 1L)));
      Node tree = Nodes.of(Map.of("l", elements), Scalar.Template.NONE);
      assertSame(tree, Nodes.remove(tree, ConfigPath.parse("l[1].b")));
      elements.set(1, Map.of());
      Node removed = Nodes.remove(tree, ConfigPath.parse("l[1].a"));
      assertEquals(Map.of("l", elements), Nodes.toJava(removed));
      assertSame(Nodes.at(tree, "l[0]"), Nodes.at(removed, "l[0]"));
    }
  }

  @Test
  void remove_belowAnElement_leavesTheOthers() {
    Node tree = node(Map.of("a", List.of(Map.of("b", 1, "c", 2), "x")));
    assertEquals(
        node(Map.of("a", List.of(Map.of("c", 2), "x"))),
        Nodes.remove(tree, ConfigPath.parse("a[0].b")));
    assertSame(tree, Nodes.remove(tree, ConfigPath.parse("a[7]")));
  }

  @Test
  void valuesOfJava_areTrees() {
    assertEquals(node(List.of(1, 2)), Nodes.of(new int[] {1, 2}, Scalar.Template.NONE));
    assertEquals(node(List.of()), Nodes.of(new String[0], Scalar.Template.NONE));
    assertEquals(node("STRING"), Nodes.of(Scalar.Kind.STRING, Scalar.Template.NONE));
    assertEquals(node("PT1S"), Nodes.of(java.time.Duration.ofSeconds(1), Scalar.Template.NONE));
    assertSame(NullNode.NULL, Nodes.of(null, Scalar.Template.NONE));
    assertSame(ObjectNode.EMPTY, Nodes.of(ObjectNode.EMPTY, Scalar.Template.NONE));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Nodes.of(Map.of(1, 2), Scalar.Template.NONE));
    assertEquals("key: 1 (expected: a String)", e.getMessage());
  }

  @Test
  void numberOfAThousandDigits_isANumber_andALongerOneText() {
    String digits = "7".repeat(1_000);
    assertEquals(new BigInteger(digits), Nodes.toJava(Scalar.number(digits)));
    assertEquals(digits + "7", Nodes.toJava(Scalar.number(digits + "7")));
  }

  @Test
  @Tag("D24")
  void toJava_keepsWhatNumbersSay() {
    assertEquals(9007199254740993L, Nodes.toJava(Scalar.number("9007199254740993")));
    assertEquals(new java.math.BigDecimal("1.10"), Nodes.toJava(Scalar.number("1.10")));
    assertEquals(
        new java.math.BigInteger("123456789012345678901234567890"),
        Nodes.toJava(Scalar.number("123456789012345678901234567890")));
  }

  // ---- the model

  private static List<String> path(Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      keys.add(KEYS.get(random.nextInt(KEYS.size())));
    }
    return keys;
  }

  @SuppressWarnings("unchecked")
  private static void set(Map<String, Object> model, List<String> keys, Object value) {
    Map<String, Object> at = model;
    for (String key : keys.subList(0, keys.size() - 1)) {
      if (!(at.get(key) instanceof Map)) {
        at.put(key, new HashMap<>());
      }
      at = (Map<String, Object>) at.get(key);
    }
    at.put(keys.get(keys.size() - 1), value);
  }

  @SuppressWarnings("unchecked")
  private static void remove(Map<String, Object> model, List<String> keys) {
    Map<String, Object> at = model;
    for (String key : keys.subList(0, keys.size() - 1)) {
      if (!(at.get(key) instanceof Map)) {
        return;
      }
      at = (Map<String, Object>) at.get(key);
    }
    at.remove(keys.get(keys.size() - 1));
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> "text" + random.nextInt(3);
      case 3 -> (long) random.nextInt(3);
      case 4 -> new ArrayList<>(Arrays.asList((long) random.nextInt(2), null, "e"));
      default -> map(random, depth - 1);
    };
  }

  private static Map<String, Object> map(Random random, int depth) {
    Map<String, Object> map = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(KEYS.get(random.nextInt(KEYS.size())), value(random, depth));
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static Object mutate(Object value, Random random) {
    Map<String, Object> copy = (Map<String, Object>) copy(value);
    set(copy, path(random), value(random, 1));
    return copy;
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new HashMap<>();
      map.forEach((key, child) -> copy.put((String) key, copy(child)));
      return copy;
    }
    return value;
  }

  private static boolean hasNull(Map<?, ?> map) {
    for (Object child : map.values()) {
      if (child == null || child instanceof Map<?, ?> below && hasNull(below)) {
        return true;
      }
    }
    return false;
  }

  /** Builds anew each time: no node is shared with an earlier call. */
  private static Node node(Object value) {
    return Nodes.of(value, Scalar.Template.NONE);
  }

  /** Fails where equal nodes at one place are two objects; how many places are shared. */
  private static int requireShared(Node before, Node after) {
    if (before.equals(after)) {
      assertSame(before, after);
      return 1;
    }
    int shared = 0;
    if (before instanceof ObjectNode a && after instanceof ObjectNode b) {
      for (String key : b.keys()) {
        Node was = a.get(key);
        if (was != null) {
          shared += requireShared(was, b.get(key));
        }
      }
    }
    if (before instanceof ListNode a && after instanceof ListNode b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        shared += requireShared(a.get(i), b.get(i));
      }
    }
    return shared;
  }

  @Test
  void requireShared_catchesAShareThatCopies() {
    Node before = node(Map.of("a", Map.of("b", 1), "c", 2));
    Node copied = node(Map.of("a", Map.of("b", 1), "c", 3));
    assertThrows(AssertionError.class, () -> requireShared(before, copied));
    assertEquals(1, requireShared(before, Nodes.share(before, copied)));
    assertEquals(List.of("a", "c"), ((ObjectNode) before).keys());
  }

  @Test
  void toJava_ofNumbers_isTheSmallestExactType_andTextWhereThereIsNone() {
    String digits = "9".repeat(1001);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("1", 1L);
    expected.put("-9223372036854775808", Long.MIN_VALUE);
    expected.put("9223372036854775807", Long.MAX_VALUE);
    expected.put("9223372036854775808", new BigInteger("9223372036854775808"));
    expected.put("1.10", new BigDecimal("1.10"));
    expected.put("1e3", new BigDecimal("1e3"));
    expected.put("1e99999999999999999999", "1e99999999999999999999");
    expected.put(digits, digits);
    expected.forEach((text, value) -> assertEquals(value, Nodes.toJava(Scalar.number(text))));
  }
}
