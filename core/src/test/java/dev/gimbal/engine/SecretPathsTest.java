package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretPathsTest {

  private static final String[] KEYS = {"a", "b-c", "bC", "d", "e", "*x"};

  private static SecretPaths of(String... patterns) {
    SecretPaths paths = null;
    for (String pattern : patterns) {
      paths = SecretPaths.with(paths, SecretPaths.keys(ConfigPath.parse(pattern)));
    }
    return paths;
  }

  private static ObjectNode tree(Map<String, ?> values) {
    return (ObjectNode) Nodes.of(values, Scalar.Template.ALL);
  }

  private static ObjectNode whole(SecretPaths paths, ObjectNode tree) {
    return paths.mark(ObjectNode.EMPTY, ObjectNode.EMPTY, tree);
  }

  /** The paths of what is marked. */
  private static List<String> marked(ObjectNode tree) {
    List<String> marked = new ArrayList<>();
    Node same =
        Nodes.mapScalars(
            tree,
            (path, scalar) -> {
              if (scalar.isSecret()) {
                marked.add(path.toString());
              }
              return scalar;
            });
    assertSame(tree, same);
    marked.sort(null);
    return marked;
  }

  @Test
  void pattern_namesKeysInAnySpelling_oneOfThem_orAny() {
    Map<String, Object> inner = Map.of("pin", 1, "user", 2, "list", List.of(Map.of("pin", 3)));
    ObjectNode tree = tree(Map.of("a", inner, "x", Map.of("a", inner), "my-pin", 4, "pin", 5));
    assertEquals(List.of("a.pin"), marked(whole(of("a.pin"), tree)));
    assertEquals(List.of("a.list[0].pin"), marked(whole(of("a.list.*.PIN"), tree)));
    assertEquals(List.of("my-pin"), marked(whole(of("myPin"), tree)));
    assertEquals(
        List.of("a.list[0].pin", "a.pin", "pin", "x.a.list[0].pin", "x.a.pin"),
        marked(whole(of("**.pin"), tree)));
    assertEquals(List.of("x.a.pin"), marked(whole(of("x.**.a.pin"), tree)));
    assertEquals(List.of("a.list[0].pin", "a.pin", "a.user"), marked(whole(of("a.**"), tree)));
    assertEquals(marked(whole(of("a"), tree)), marked(whole(of("a.**"), tree)));
    assertEquals(8, marked(whole(of("**"), tree)).size());
    assertEquals(List.of(), marked(whole(of("pin.x"), tree)));
  }

  @Test
  void patterns_areHeldOnce() {
    SecretPaths one = of("a.b-c", "d");
    assertSame(one, SecretPaths.with(one, List.of("a", "bC")));
  }

  private static Object value(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 2 : 5);
    if (kind < 2) {
      return random.nextInt(3);
    }
    if (kind == 2) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        list.add(value(random, depth + 1));
      }
      return list;
    }
    Map<String, Object> map = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(KEYS[random.nextInt(KEYS.length)], value(random, depth + 1));
    }
    return map;
  }

  private static ConfigPath path(Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      keys.add(KEYS[random.nextInt(KEYS.length)]);
    }
    return ConfigPath.of(keys.toArray(new String[0]));
  }

  /** What continues from a tree before is what is marked as a whole; and shares what it can. */
  @Test
  void tree_thatIsMarkedFromTheOneBefore_isAsIfMarkedAsAWhole() {
    String[] patterns = {"a.d", "*.e", "**.bC", "d", "e.**.a", "a.*.*"};
    int secrets = 0;
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      SecretPaths paths = of(patterns[seed % patterns.length], patterns[random.nextInt(6)]);
      ObjectNode was = ObjectNode.EMPTY;
      ObjectNode marked = ObjectNode.EMPTY;
      for (int step = 0; step < 20; step++) {
        ObjectNode now = change(random, was);
        ObjectNode next = paths.mark(was, marked, now);
        assertEquals(whole(paths, now), next);
        assertTrue(Nodes.sameValue(now, next));
        assertSame(next, paths.mark(now, next, now));
        secrets += marked(next).size();
        was = now;
        marked = next;
      }
    }
    assertTrue(secrets > 10_000, "secrets: " + secrets);
  }

  private static ObjectNode change(Random random, ObjectNode was) {
    return switch (random.nextInt(4)) {
      case 0 ->
          (ObjectNode) Nodes.share(was, tree(Map.of(KEYS[random.nextInt(6)], value(random, 0))));
      case 1 -> (ObjectNode) Nodes.remove(was, path(random));
      default ->
          (ObjectNode)
              Nodes.set(was, path(random), Nodes.of(value(random, 0), Scalar.Template.ALL));
    };
  }
}
