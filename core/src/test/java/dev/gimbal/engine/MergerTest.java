package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.ListMerge;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oracle is a fold over java.util maps, made anew after every operation. */
class MergerTest {

  private static final List<String> KEYS = List.of("a", "b", "Aa", "BB", "list");

  /** Merges layers that differ from those of the call before. */
  private interface Merging {
    ObjectNode merge(List<ObjectNode> layers);
  }

  /** The way of the lane: from candidate to candidate. */
  private static final class Candidates implements Merging {
    private final Merger merger = new Merger();
    private final Merger.Policies policies;
    private final KnownKeys known = KnownKeys.of(List.of(), Conversions.standard(), null);
    private Candidate current = Candidate.NOTHING;

    Candidates(Merger.Policies policies) {
      this.policies = policies;
    }

    @Override
    public ObjectNode merge(List<ObjectNode> layers) {
      List<String> names = new ArrayList<>();
      List<LayerContent> contents = new ArrayList<>();
      for (ObjectNode layer : layers) {
        names.add("layer " + names.size());
        contents.add(new LayerContent(layer, null, OriginTable.none(), List.of()));
      }
      current =
          current.next(names, contents, known, merger, policies, Placeholders.Outside.PROCESS);
      assertEquals(List.of(), current.problems());
      assertSame(current.top(), current.tree());
      return current.tree();
    }
  }

  /** The seeded bug: what a lower layer changed below an unchanged upper one is not looked at. */
  private static final class UpperLayersOnly implements Merging {
    private final Merger merger = new Merger();
    private final Map<Integer, Merger.Was> was = new HashMap<>();

    @Override
    public ObjectNode merge(List<ObjectNode> layers) {
      Node below = ObjectNode.EMPTY;
      for (int i = 0; i < layers.size(); i++) {
        Merger.Was before = was.getOrDefault(i, Merger.Was.NOTHING);
        ObjectNode over = layers.get(i);
        Node result =
            over == before.over() && i > 0
                ? before.result()
                : merger.merge(before, below, over, Merger.Policies.NONE);
        was.put(i, new Merger.Was(below, over, result));
        below = result;
      }
      return (ObjectNode) below;
    }
  }

  @Test
  void layers_fewRandomOps_equalTheNaiveFoldAfterEach() {
    run(3, 4_000, 1, new Candidates(Merger.Policies.NONE), ListMerge.REPLACE);
    run(5, 4_000, 2, new Candidates(Merger.Policies.NONE), ListMerge.REPLACE);
    run(3, 2_000, 3, new Candidates(policy(ListMerge.APPEND)), ListMerge.APPEND);
    run(3, 2_000, 4, new Candidates(policy(ListMerge.PREPEND)), ListMerge.PREPEND);
  }

  @Test
  @Tag("slow")
  void threeLayers_randomOps_equalTheNaiveFoldAfterEach() {
    run(3, 60_000, 1, new Candidates(Merger.Policies.NONE), ListMerge.REPLACE);
  }

  @Test
  @Tag("class19")
  @Tag("slow")
  void fiveLayers_randomOps_equalTheNaiveFoldAfterEach() {
    run(5, 60_000, 2, new Candidates(Merger.Policies.NONE), ListMerge.REPLACE);
  }

  @Test
  @Tag("slow")
  void appendedLists_equalTheNaiveFoldAfterEach() {
    run(3, 20_000, 3, new Candidates(policy(ListMerge.APPEND)), ListMerge.APPEND);
  }

  @Test
  @Tag("slow")
  void prependedLists_equalTheNaiveFoldAfterEach() {
    run(3, 20_000, 4, new Candidates(policy(ListMerge.PREPEND)), ListMerge.PREPEND);
  }

  @Test
  void mergerThatLooksAtUpperLayersOnly_isCaught() {
    AssertionError caught =
        assertThrows(
            AssertionError.class, () -> run(3, 1_000, 1, new UpperLayersOnly(), ListMerge.REPLACE));
    assertTrue(caught.getMessage().startsWith("operation "), caught.getMessage());
  }

  @Test
  void mergerThatReplacesLists_isCaughtWhereTheyAppend() {
    assertThrows(
        AssertionError.class,
        () -> run(3, 1_000, 3, new Candidates(Merger.Policies.NONE), ListMerge.APPEND));
  }

  @Test
  void visits_areThePairsOfNodesThatWereCompared() {
    Merger merger = new Merger();
    Scalar one = Scalar.string("1");
    assertSame(one, merger.merge(Merger.Was.NOTHING, null, one, Merger.Policies.NONE));
    assertEquals(1, merger.visits());
    Merger.Was was = new Merger.Was(null, one, one);
    assertSame(one, merger.merge(was, null, one, Merger.Policies.NONE));
    assertEquals(1, merger.visits());
    ObjectNode base = node(Map.of("a", 1, "b", 2));
    ObjectNode over = node(Map.of("a", 3));
    merger.merge(Merger.Was.NOTHING, base, over, Merger.Policies.NONE);
    // the one before, the roots, their members, the one that over adds, what it merges with, and
    // what was there, which it might have equalled
    assertEquals(1 + 1 + 1 + 1 + 1 + 1, merger.visits());
  }

  @Test
  void tombstone_removesWhatLiesBelow_subtreeAndAll() {
    assertEquals(
        Map.of("kept", 1L), merged(Map.of("a", Map.of("b", 1), "kept", 1), map("a", null)));
  }

  @Test
  void emptyObject_addsNothingToAnObject_andReplacesAScalarOrList() {
    Map<String, Object> below = Map.of("o", Map.of("x", 1L), "s", 1, "l", List.of(1));
    Map<String, Object> over = Map.of("o", Map.of(), "s", Map.of(), "l", Map.of());
    assertEquals(Map.of("o", Map.of("x", 1L), "s", Map.of(), "l", Map.of()), merged(below, over));
  }

  @Test
  void falseZeroAndTheEmptyText_replace() {
    assertEquals(
        Map.of("f", false, "z", 0L, "e", ""),
        merged(Map.of("f", true, "z", 5, "e", "x"), Map.of("f", false, "z", 0, "e", "")));
  }

  @Test
  void nullElementsOfAList_stay() {
    assertEquals(
        map("l", Arrays.asList(1L, null)),
        merged(Map.of("l", List.of(3)), map("l", Arrays.asList(1, null))));
  }

  private static Map<String, Object> map(String key, Object value) {
    Map<String, Object> map = new HashMap<>();
    map.put(key, value);
    return map;
  }

  private static Object merged(Map<String, Object> below, Map<String, Object> over) {
    return Nodes.toJava(
        new Candidates(Merger.Policies.NONE).merge(List.of(node(below), node(over))));
  }

  private static Merger.Policies policy(ListMerge merge) {
    Merger.Policies list = new Merger.Policies(merge, Map.of());
    Map<String, Merger.Policies> inner = Map.of("list", list);
    Merger.Policies a = new Merger.Policies(ListMerge.REPLACE, inner);
    return new Merger.Policies(ListMerge.REPLACE, Map.of("list", list, "a", a));
  }

  // ---- random operations

  private static void run(int count, int ops, int seed, Merging merging, ListMerge lists) {
    Random random = new Random(seed);
    List<ObjectNode> layers = new ArrayList<>();
    List<Map<String, Object>> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(ObjectNode.EMPTY);
      models.add(new HashMap<>());
    }
    int[] kinds = new int[4];
    ObjectNode before = ObjectNode.EMPTY;
    int shared = 0;
    for (int op = 0; op < ops; op++) {
      int i = random.nextInt(count);
      kinds[change(random, i, layers, models)]++;
      ObjectNode after = merging.merge(layers);
      Map<String, Object> expected = fold(models, lists);
      String context = "operation " + op;
      assertEquals(expected, Nodes.toJava(after), context);
      assertTrue(!after.hasTombstones(), context);
      shared += requireShared(before, after, context);
      before = after;
    }
    for (int kind : kinds) {
      assertTrue(kind > ops / 20, "operations of one kind: " + kind);
    }
    assertTrue(shared > ops / 2, "shared: " + shared);
  }

  private static int change(
      Random random, int i, List<ObjectNode> layers, List<Map<String, Object>> models) {
    int draw = random.nextInt(10);
    if (draw == 0) {
      Map<String, Object> document = document(random, 3);
      models.set(i, document);
      layers.set(i, (ObjectNode) Nodes.share(layers.get(i), node(document)));
      return 0;
    }
    List<String> keys = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      keys.add(KEYS.get(random.nextInt(KEYS.size())));
    }
    ConfigPath path = ConfigPath.of(keys.toArray(String[]::new));
    if (draw <= 3) {
      removeFrom(models.get(i), keys);
      layers.set(i, (ObjectNode) Nodes.remove(layers.get(i), path));
      return 1;
    }
    Object value = draw <= 5 ? null : valueOf(keys.get(keys.size() - 1), random, 2);
    set(models.get(i), keys, value);
    Node node = Nodes.of(value, Scalar.Template.NONE);
    layers.set(i, (ObjectNode) Nodes.set(layers.get(i), path, node));
    return draw <= 5 ? 2 : 3;
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
  private static void removeFrom(Map<String, Object> model, List<String> keys) {
    Map<String, Object> at = model;
    for (String key : keys.subList(0, keys.size() - 1)) {
      if (!(at.get(key) instanceof Map)) {
        return;
      }
      at = (Map<String, Object>) at.get(key);
    }
    at.remove(keys.get(keys.size() - 1));
  }

  private static Object valueOf(String key, Random random, int depth) {
    return key.equals("list") && random.nextInt(4) > 0
        ? new ArrayList<>(Arrays.asList((long) random.nextInt(3), null))
        : value(random, depth);
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 4)) {
      case 0 -> random.nextBoolean();
      case 1 -> "text" + random.nextInt(3);
      case 2 -> (long) random.nextInt(3);
      case 3 -> new ArrayList<>(Arrays.asList((long) random.nextInt(3), null));
      default -> document(random, depth - 1);
    };
  }

  private static Map<String, Object> document(Random random, int depth) {
    Map<String, Object> map = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      map.put(key, random.nextInt(6) == 0 ? null : valueOf(key, random, depth));
    }
    return map;
  }

  // ---- the naive fold

  private static Map<String, Object> fold(List<Map<String, Object>> layers, ListMerge lists) {
    Map<String, Object> result = new HashMap<>();
    for (Map<String, Object> layer : layers) {
      result = over(result, layer, lists, List.of());
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> over(
      Map<String, Object> below, Map<String, Object> layer, ListMerge lists, List<String> at) {
    Map<String, Object> result = new HashMap<>(below);
    layer.forEach(
        (key, value) -> {
          List<String> path = new ArrayList<>(at);
          path.add(key);
          Object was = result.get(key);
          if (value == null) {
            result.remove(key);
          } else if (value instanceof Map) {
            Map<String, Object> base = was instanceof Map ? (Map<String, Object>) was : Map.of();
            result.put(key, over(base, (Map<String, Object>) value, lists, path));
          } else if (value instanceof List<?> list && was instanceof List<?> base) {
            boolean ruled = path.equals(List.of("list")) || path.equals(List.of("a", "list"));
            result.put(key, join(base, list, ruled ? lists : ListMerge.REPLACE));
          } else {
            result.put(key, value);
          }
        });
    return result;
  }

  private static List<Object> join(List<?> base, List<?> over, ListMerge merge) {
    List<Object> joined = new ArrayList<>();
    if (merge == ListMerge.APPEND) {
      joined.addAll(base);
    }
    joined.addAll(over);
    if (merge == ListMerge.PREPEND) {
      joined.addAll(base);
    }
    return joined;
  }

  private static ObjectNode node(Map<String, Object> map) {
    return (ObjectNode) Nodes.of(map, Scalar.Template.NONE);
  }

  /** Fails where equal subtrees are two objects; how many children are shared. */
  private static int requireShared(Node before, Node after, String context) {
    if (before.equals(after)) {
      assertSame(before, after, context);
      return 1;
    }
    int shared = 0;
    if (before instanceof ObjectNode a && after instanceof ObjectNode b) {
      for (String key : b.keys()) {
        Node was = a.get(key);
        shared += was == null ? 0 : requireShared(was, b.get(key), context);
      }
    } else if (before instanceof ListNode a && after instanceof ListNode b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        shared += requireShared(a.get(i), b.get(i), context);
      }
    }
    return shared;
  }
}
