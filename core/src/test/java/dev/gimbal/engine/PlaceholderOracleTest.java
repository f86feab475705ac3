package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random trees and random changes: what is resolved step by step equals what is resolved at once
 * and what the oracle says, and what did not change is the same object.
 */
class PlaceholderOracleTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "a", "X", "x", "PATHLIKE", "a.x", "TEXT", "${a}");
  private static final Map<String, String> PROPERTIES = Map.of("b", "b", "n", "0");

  private static final Placeholders.Outside OUTSIDE = new MapOutside();

  private static final class MapOutside implements Placeholders.Outside {
    @Override
    public @Nullable String environment(String name) {
      return ENVIRONMENT.get(name);
    }

    @Override
    public @Nullable String systemProperty(String name) {
      return PROPERTIES.get(name);
    }
  }

  /** How a seeded bug forgets that a template read a place; the predicate is given both. */
  private interface Bug extends BiPredicate<Placeholders.Resolved, ConfigPath> {}

  private static final Bug NONE = (resolved, read) -> false;

  /** What a run of random changes came to. */
  private static final class Tally {
    int steps;
    int accepted;
    int templates;
    int rejected;
    int same;
    final List<String> differences = new ArrayList<>();
  }

  @Test
  void fewRandomChanges_resolveLikeTheOracle_andKeepWhatDidNotChange() {
    Tally tally = resolved(40);
    assertEquals(List.of(), tally.differences);
    assertEquals(1_200, tally.steps);
    assertEquals(903, tally.accepted);
    assertEquals(297, tally.rejected);
    assertEquals(2_688, tally.templates);
    assertEquals(2_995, tally.same);
  }

  @Test
  @Tag("slow")
  void randomChanges_resolveLikeTheOracle_andKeepWhatDidNotChange() {
    Tally tally = resolved(400);
    assertEquals(List.of(), tally.differences);
    assertEquals(12_000, tally.steps);
    assertEquals(8_983, tally.accepted);
    assertEquals(3_017, tally.rejected);
    assertEquals(33_114, tally.templates);
    assertEquals(31_317, tally.same);
  }

  private static Tally resolved(int seeds) {
    Tally tally = new Tally();
    for (int seed = 0; seed < seeds; seed++) {
      run(seed, NONE, tally);
    }
    return tally;
  }

  @Test
  void anIndexWithoutWhatDependsThroughOthers_isCaught() {
    assertCaught((resolved, read) -> resolved.index().templates().get(read, read) != null);
  }

  @Test
  void anIndexWithoutAbsentPlaces_isCaught() {
    assertCaught((resolved, read) -> Nodes.at(resolved.merged(), read) == null);
  }

  @Test
  void anIndexWithoutObjectsAndLists_isCaught() {
    assertCaught(
        (resolved, read) ->
            Nodes.at(resolved.merged(), read) instanceof ObjectNode
                || Nodes.at(resolved.merged(), read) instanceof ListNode);
  }

  private static void assertCaught(Bug bug) {
    Tally tally = new Tally();
    for (int seed = 0; seed < 400 && tally.differences.isEmpty(); seed++) {
      run(seed, bug, tally);
    }
    assertEquals(1, tally.differences.size());
  }

  private static void run(int seed, Bug bug, Tally tally) {
    Random random = new Random(seed);
    ObjectNode merged = ObjectNode.EMPTY;
    Placeholders.Resolved previous = Placeholders.EMPTY;
    for (int step = 0; step < 30; step++) {
      ObjectNode next = change(random, merged);
      Placeholders.Resolved now = Placeholders.resolve(previous, next, null, OUTSIDE);
      tally.steps++;
      String difference = difference(previous, next, now, tally);
      if (difference != null) {
        tally.differences.add("seed " + seed + ", step " + step + ": " + difference);
        return;
      }
      if (now.problems().isEmpty()) {
        tally.accepted++;
        merged = next;
        previous = forget(now, bug);
      } else {
        tally.rejected++;
      }
    }
  }

  private static @Nullable String difference(
      Placeholders.Resolved previous, ObjectNode merged, Placeholders.Resolved now, Tally tally) {
    Map<ConfigPath, Scalar> templates = new HashMap<>();
    templates(ConfigPath.ROOT, merged, templates);
    tally.templates += templates.size();
    NaivePlaceholders naive = new NaivePlaceholders(plain(merged), ENVIRONMENT, PROPERTIES);
    Set<ConfigPath> broken = new HashSet<>();
    for (ConfigPath template : templates.keySet()) {
      try {
        naive.resolved(template.segments());
      } catch (NaivePlaceholders.Broken noValue) {
        broken.add(template);
      }
    }
    if (now.problems().isEmpty() != broken.isEmpty()) {
      return "problems " + now.problems() + ", expected at some of " + broken;
    }
    for (Problem problem : now.problems()) {
      if (!broken.contains(problem.path())) {
        return "an unexpected problem: " + problem;
      }
    }
    if (!broken.isEmpty()) {
      return null;
    }
    Object expected = naive.resolved(List.of());
    if (!Nodes.toMap(now.tree()).equals(expected)) {
      return "resolved " + Nodes.toMap(now.tree()) + ", expected " + expected;
    }
    if (now.tree().hasTemplates()) {
      return "templates are left";
    }
    Placeholders.Resolved full = Placeholders.resolve(Placeholders.EMPTY, merged, null, OUTSIDE);
    if (!index(full).equals(index(now))) {
      return "index " + index(now) + ", expected " + index(full);
    }
    return copied("", previous.tree(), now.tree(), tally);
  }

  /** Where a node equals its predecessor without being the same object, or null. */
  private static @Nullable String copied(String at, Node before, Node after, Tally tally) {
    if (before == after) {
      tally.same++;
      return null;
    }
    if (before.equals(after)) {
      return "an equal node was made anew at " + at;
    }
    if (before instanceof ObjectNode a && after instanceof ObjectNode b) {
      for (String key : b.keys()) {
        Node was = a.get(key);
        Node is = b.get(key);
        String found = was == null || is == null ? null : copied(at + "." + key, was, is, tally);
        if (found != null) {
          return found;
        }
      }
    }
    if (before instanceof ListNode a && after instanceof ListNode b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        String found = copied(at + "." + i, a.elements().get(i), b.elements().get(i), tally);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** An index as plain text, in order. */
  private static Map<String, String> index(Placeholders.Resolved resolved) {
    Map<String, String> text = new TreeMap<>();
    text.put("weight", "" + resolved.index().weight());
    resolved
        .index()
        .templates()
        .below(
            ConfigPath.ROOT,
            (path, entry) ->
                text.put(
                    "template " + path,
                    new HashSet<>(entry.reads())
                        + " "
                        + entry.target()
                        + " "
                        + entry.weight()
                        + " "
                        + entry.targetDepth()
                        + " "
                        + entry.depth()));
    resolved
        .index()
        .templates()
        .below(
            ConfigPath.ROOT,
            (path, entry) ->
                entry
                    .reads()
                    .forEach(
                        read ->
                            text.put(
                                "reader " + path + " of " + read,
                                "" + resolved.index().readers().get(read, path))));
    return text;
  }

  private static Placeholders.Resolved forget(Placeholders.Resolved resolved, Bug bug) {
    PathIndex<Boolean>[] readers = newArray(resolved.index().readers());
    resolved
        .index()
        .templates()
        .below(
            ConfigPath.ROOT,
            (path, entry) -> {
              for (ConfigPath read : entry.reads()) {
                if (bug.test(resolved, read)) {
                  readers[0] = readers[0].without(read, path);
                }
              }
            });
    Placeholders.Index index = resolved.index();
    return new Placeholders.Resolved(
        resolved.merged(),
        resolved.tree(),
        new Placeholders.Index(index.templates(), readers[0], index.weight()),
        List.of());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // holds only what is put in here
  private static PathIndex<Boolean>[] newArray(PathIndex<Boolean> first) {
    return new PathIndex[] {first};
  }

  private static void templates(ConfigPath at, Node node, Map<ConfigPath, Scalar> into) {
    if (node instanceof Scalar scalar && scalar.hasTemplates()) {
      into.put(at, scalar);
    } else if (node instanceof ObjectNode object) {
      object.forEach((key, child) -> templates(at.child(key), child, into));
    } else if (node instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        templates(at.child(i), list.elements().get(i), into);
      }
    }
  }

  private static @Nullable Object plain(Node node) {
    if (node instanceof Scalar scalar && scalar.hasTemplates()) {
      return new NaivePlaceholders.Template(
          scalar.text(), scalar.template() == Scalar.Template.ALL);
    }
    if (node instanceof ObjectNode object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.forEach((key, child) -> map.put(key, plain(child)));
      return map;
    }
    if (node instanceof ListNode list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.elements().forEach(child -> elements.add(plain(child)));
      return elements;
    }
    return Nodes.toJava(node);
  }

  private static ObjectNode change(Random random, ObjectNode merged) {
    Node next = merged;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      ConfigPath path = ConfigPath.parse(place(random));
      if (random.nextInt(5) == 0) {
        next = Nodes.remove(next, path);
      } else if (!path.isIndex(path.size() - 1)) {
        next = setOrKeep(next, path, node(random, 0));
      }
    }
    if (random.nextInt(8) == 0) {
      next = again(next);
    }
    // Trees come shared from the merge; where there are templates, that must not matter.
    boolean shared = random.nextBoolean() || !next.hasTemplates();
    return (ObjectNode) (shared ? Nodes.share(merged, next) : next);
  }

  private static Node setOrKeep(Node tree, ConfigPath path, Node value) {
    try {
      return Nodes.set(tree, path, value);
    } catch (IllegalArgumentException behindTheEndOfAList) {
      return tree;
    }
  }

  /** An equal tree of new objects, as a document that is read again gives. */
  private static Node again(Node node) {
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach((key, child) -> children.put(key, again(child)));
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      return ListNode.of(list.elements().stream().map(child -> again(child)).toList());
    }
    return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.STRING
        ? Scalar.string(new String(scalar.text()), scalar.template())
        : node;
  }

  private static final List<String> PLACES =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "a.x",
          "a.y",
          "b.x",
          "b.y",
          "c.x",
          "c.x.y",
          "c.x.z",
          "d.x.x",
          "e",
          "f",
          "e[0]",
          "e[1].x",
          "f[0]",
          "f[1]",
          "a.\"\"",
          "d.\"a.x\"",
          "g.x",
          "h.y");

  private static String place(Random random) {
    return PLACES.get(random.nextInt(PLACES.size()));
  }

  private static Node node(Random random, int depth) {
    int kind = random.nextInt(depth > 2 ? 8 : 12);
    if (kind < 5) {
      return Scalar.string(
          template(random, 0),
          random.nextInt(6) == 0 ? Scalar.Template.PATHS : Scalar.Template.ALL);
    }
    if (kind < 8) {
      List<Node> scalars =
          List.of(
              Scalar.string("x"),
              Scalar.string("a"),
              Scalar.string("a.x"),
              Scalar.number("0"),
              Scalar.bool(true),
              Scalar.string(""),
              Scalar.string("${a}"));
      return scalars.get(random.nextInt(scalars.size()));
    }
    if (kind < 11) {
      Map<String, Node> children = new HashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        children.put(List.of("x", "y", "z", "").get(random.nextInt(4)), node(random, depth + 1));
      }
      return ObjectNode.of(children);
    }
    List<Node> elements = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      elements.add(random.nextInt(5) == 0 ? NullNode.NULL : node(random, depth + 1));
    }
    return ListNode.of(elements);
  }

  private static String template(Random random, int depth) {
    if (depth == 0 && random.nextInt(2) == 0) {
      return placeholder(random, depth);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      text.append(
          switch (random.nextInt(9)) {
            case 0 -> "$${a}";
            case 1 -> "${ a}";
            case 2 -> "${";
            case 3 -> "{b}";
            case 4, 5 -> "t";
            default -> placeholder(random, depth);
          });
    }
    return text.toString();
  }

  private static String placeholder(Random random, int depth) {
    String name =
        switch (random.nextInt(14)) {
          case 0 -> "env:" + List.of("A", "X", "PATHLIKE", "TEXT", "GONE").get(random.nextInt(5));
          case 1 -> "sys:" + List.of("b", "n", "gone").get(random.nextInt(3));
          case 2 -> depth > 1 ? "a" : "${" + place(random) + ":b}.x";
          case 3 -> depth > 1 ? "b" : "d.\"${" + place(random) + ":a.x}\"";
          case 4 -> depth > 1 ? "c" : "e[${" + place(random) + ":0}]";
          case 5 -> place(random) + ".x";
          case 6 -> place(random) + ".y.x";
          default -> place(random);
        };
    if (random.nextInt(4) == 0) {
      return "${" + name + "}";
    }
    return "${" + name + ":" + (depth > 1 ? "t" : template(random, depth + 1)) + "}";
  }
}
