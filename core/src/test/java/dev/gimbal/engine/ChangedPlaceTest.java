package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.source.ManualTasks;
import dev.gimbal.source.MemorySource;
import dev.gimbal.tree.ListNode;
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

class ChangedPlaceTest {

  /** Keys that are written in quotes, begin like others, or have equal hashes. */
  private static final List<String> KEYS =
      List.of("a", "ab", "b", "", "a.b", "\"", "\\", "[0]", "0", "Aa", "BB", "a\"b");

  private static ObjectNode set(ObjectNode tree, ConfigPath path, Node value) {
    return (ObjectNode) Nodes.set(tree, path, value);
  }

  private static ObjectNode tree(String... paths) {
    ObjectNode tree = ObjectNode.EMPTY;
    for (int i = 0; i < paths.length; i++) {
      tree = set(tree, ConfigPath.parse(paths[i]), Scalar.string(paths[i]));
    }
    return tree;
  }

  private static ChangedPlace change(ObjectNode tree, String path) {
    ConfigPath at = ConfigPath.parse(path);
    return ChangedPlace.between(tree, set(tree, at, Scalar.string("new")));
  }

  @Test
  void oneValue_isElsewhereForAllButWhatIsAboveAndBelow() {
    ChangedPlace place = change(tree("a.b.c", "a.b.d", "a.e", "f"), "a.b.c");
    for (String other : List.of("a.b.d", "a.e", "f", "a.x.c", "x")) {
      assertTrue(place.isElsewhere(other), other);
    }
    for (String same : List.of("a.b.c", "a.b", "a", "", "a.b.c.d", "\"a\".b.c", "a.\"b\".c")) {
      assertFalse(place.isElsewhere(same), same);
    }
  }

  @Test
  void newKey_andSeveralValues_areTheObjectThatHoldsThem() {
    ObjectNode tree = tree("a.b.c", "a.b.d", "a.e", "f");
    ChangedPlace joined = change(tree, "a.b.new");
    assertFalse(joined.isElsewhere("a.b.c"));
    assertTrue(joined.isElsewhere("a.e"));
    ObjectNode two = set(tree, ConfigPath.parse("a.b.c"), Scalar.string("1"));
    two = set(two, ConfigPath.parse("f"), Scalar.string("2"));
    assertFalse(ChangedPlace.between(tree, two).isElsewhere("a.e"));
  }

  /** What is said to be elsewhere is the same node in both. */
  @Test
  void whatIsElsewhere_isTheSame_inRandomTrees() {
    Random random = new Random(20261128);
    int elsewhere = 0;
    for (int round = 0; round < 20_000; round++) {
      ObjectNode before = (ObjectNode) random(random, 3);
      ObjectNode after = before;
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        ConfigPath at = path(random);
        after =
            random.nextInt(4) == 0
                ? (ObjectNode) Nodes.remove(after, at)
                : set(after, at, random(random, 1));
      }
      ChangedPlace place = ChangedPlace.between(before, after);
      for (int i = 0; i < 20; i++) {
        String path = random.nextInt(4) == 0 ? path(random) + "[0]" : quoted(path(random), random);
        if (place.isElsewhere(path)) {
          elsewhere++;
          assertSame(Nodes.at(before, path), Nodes.at(after, path), () -> before + " " + path);
        }
      }
    }
    assertTrue(elsewhere > 4_000, "elsewhere: " + elsewhere);
  }

  private static ConfigPath path(Random random) {
    ConfigPath path = ConfigPath.ROOT;
    for (int size = 1 + random.nextInt(3); size > 0; size--) {
      path = path.child(KEYS.get(random.nextInt(KEYS.size())));
    }
    return path;
  }

  /** The same path in other words: a key may be in quotes that needs none. */
  private static String quoted(ConfigPath path, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      String one = ConfigPath.ROOT.child(path.key(i)).toString();
      boolean isQuoted = one.startsWith("\"");
      String same =
          isQuoted || random.nextBoolean() ? one : '"' + path.key(i).replace("\\", "\\\\") + '"';
      text.append(i == 0 ? "" : ".").append(same);
    }
    return text.toString();
  }

  private static Node random(Random random, int depth) {
    if (depth == 0) {
      return Scalar.string("v" + random.nextInt(3));
    }
    if (depth < 3 && random.nextInt(4) == 0) {
      return ListNode.of(List.of(random(random, depth - 1)));
    }
    Map<String, Node> children = new HashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      children.put(KEYS.get(random.nextInt(KEYS.size())), random(random, depth - 1));
    }
    return ObjectNode.of(children);
  }

  /** A value that is read again elsewhere is of the current version, and right. */
  @Test
  void values_areOfTheCurrentVersion_whateverChangedBefore() {
    MemorySource memory = new MemorySource("memory");
    MemoryLoader loader = Loaders.open(new ManualTasks(name -> true), memory);
    Config config = new ConfigView(loader);
    Random random = new Random(7);
    Map<String, Integer> expected = new HashMap<>();
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      paths.add("s" + i % 7 + ".g" + i % 3 + ".k" + i);
    }
    for (int round = 0; round < 2_000; round++) {
      String changed = paths.get(random.nextInt(paths.size()));
      if (random.nextInt(10) == 0) {
        memory.remove(changed);
        expected.remove(changed);
      } else {
        memory.put(changed, round);
        expected.put(changed, round);
      }
      for (int i = random.nextInt(60); i > 0; i--) {
        String path = paths.get(random.nextInt(paths.size()));
        assertEquals(expected.getOrDefault(path, -1), config.get(path).asInt(-1));
        assertEquals(config.snapshot().version(), config.get(path).version());
      }
    }
    assertFalse(expected.isEmpty());
    loader.close();
  }
}
