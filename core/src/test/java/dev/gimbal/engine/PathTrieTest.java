package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle looks at each path in both trees. */
class PathTrieTest {

  private static final int KEYS = 7;

  private static ConfigPath path(Random random) {
    ConfigPath path = ConfigPath.ROOT;
    for (int i = random.nextInt(4); i > 0; i--) {
      path = random.nextInt(3) == 0 ? path.child(random.nextInt(3)) : path.child(key(random));
    }
    return path;
  }

  private static String key(Random random) {
    return "k" + random.nextInt(KEYS);
  }

  private static Node node(Random random, int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 5) {
      Map<String, Node> children = new HashMap<>();
      for (int i = random.nextInt(KEYS); i > 0; i--) {
        children.put(key(random), node(random, depth - 1));
      }
      return ObjectNode.of(children);
    }
    if (kind < 8) {
      List<Node> elements = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        elements.add(node(random, depth - 1));
      }
      return ListNode.of(elements);
    }
    return kind == 8 ? NullNode.NULL : Scalar.string("v" + random.nextInt(4));
  }

  @Test
  void differing_areThoseWhoseNodesAreNotTheSame_onceEach() {
    Random random = new Random(7);
    int found = 0;
    int spared = 0;
    for (int round = 0; round < 20_000; round++) {
      PathTrie<ConfigPath> trie = PathTrie.empty();
      Set<ConfigPath> all = new HashSet<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        ConfigPath path = path(random);
        all.add(path);
        trie = trie.with(path, path);
      }
      Node before = node(random, 3);
      Node other = node(random, 3);
      Node after = random.nextBoolean() ? Nodes.share(before, other) : other;
      List<ConfigPath> seen = new ArrayList<>();
      trie.forEachDiffering(before, after, seen::add);
      Set<ConfigPath> expected = new HashSet<>(all);
      expected.removeIf(path -> Nodes.at(before, path) == Nodes.at(after, path));
      assertEquals(expected, new HashSet<>(seen));
      assertEquals(expected.size(), seen.size());
      found += expected.size();
      spared += all.size() - expected.size();
    }
    assertTrue(found > 10_000 && spared > 10_000, found + " and " + spared);
  }

  @Test
  void objectThatGoes_costsALookUpForEachPlace_notForEachKey() {
    Map<String, Node> keys = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      keys.put("k" + i, Scalar.string("v"));
    }
    PathTrie<String> trie = PathTrie.empty();
    for (int i = 0; i < 100; i++) {
      trie = trie.with(ConfigPath.of("k" + i), "k" + i);
    }
    List<String> seen = new ArrayList<>();
    assertEquals(101, trie.forEachDiffering(ObjectNode.of(keys), null, seen::add));
    assertEquals(100, seen.size());
  }

  @Test
  void whatStandsAtAPath_isFound_oneAndEach() {
    ConfigPath path = ConfigPath.of("a").child(1);
    PathTrie<String> none = PathTrie.<String>empty().with(ConfigPath.of("a"), "above");
    assertNull(none.any(path));
    assertNull(none.any(ConfigPath.of("b", "c")));
    PathTrie<String> one = none.with(path, "x");
    assertEquals("x", one.any(path));
    assertSame(one.any(path), one.with(path, new String("x")).any(path));
    PathTrie<String> many = one;
    Set<String> all = new HashSet<>(Set.of("x"));
    for (int i = 0; i < 2_000; i++) {
      many = many.with(path, "y" + i);
      all.add("y" + i);
    }
    assertTrue(all.contains(many.any(path)));
    List<String> seen = new ArrayList<>();
    many.forEachAt(path, seen::add);
    assertEquals(all, new HashSet<>(seen));
    assertEquals(all.size(), seen.size());
    many.forEachAt(path.child("below"), seen::add);
    assertEquals(all.size(), seen.size());
    for (String each : all) {
      assertTrue(many.any(path) != null);
      many = many.without(path, "none").without(path, each);
    }
    assertNull(many.any(path));
    assertEquals("above", many.any(ConfigPath.of("a")));
  }

  @Test
  void whatIsTakenOut_leavesNothingBehind() {
    ConfigPath path = ConfigPath.of("a", "b").child(1);
    PathTrie<String> one = PathTrie.<String>empty().with(path, "x");
    assertTrue(one.without(path, "x").isEmpty());
    List<String> all = new ArrayList<>();
    one.with(ConfigPath.ROOT, "y").forEach(all::add);
    assertEquals(List.of("y", "x"), all);
    assertSame(PathTrie.empty(), PathTrie.empty());
  }
}
