package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.engine.Placeholders.Resolved;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random changes of a list with a template in each element: what is resolved and marked step by
 * step is what is resolved and marked at once.
 */
class LongListsTest {

  private static final SecretPaths SECRETS =
      SecretPaths.with(
          SecretPaths.with(null, List.of("**", "password")), List.of("list", "*", "b"));

  private final Random random = new Random(7);
  private int shrunk;
  private int grown;

  private Node value(Object value) {
    return Nodes.of(value, Scalar.Template.ALL);
  }

  private String template() {
    String at = "${list[" + random.nextInt(150) + "].";
    return random.nextBoolean() ? at + "a:none}" : at + "password:${name}}-${name}";
  }

  private Map<String, Object> element() {
    Map<String, Object> element = new HashMap<>();
    element.put("a", random.nextInt(5));
    element.put(random.nextBoolean() ? "password" : "b", "${name}");
    element.put("nested", List.of(1, Map.of("password", template().replace("list", "none"))));
    return element;
  }

  private ObjectNode tree() {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      elements.add(element());
    }
    return (ObjectNode)
        value(Map.of("name", "x", "list", elements, "all", "${list}", "one", "${list[70]}"));
  }

  private ObjectNode changed(ObjectNode tree) {
    int size = Nodes.at(tree, "list") instanceof ListNode list ? list.size() : 0;
    ConfigPath element = ConfigPath.parse("list[" + random.nextInt(size) + "]");
    return (ObjectNode)
        switch (random.nextInt(8)) {
          case 0 -> Nodes.set(tree, ConfigPath.parse("list[" + size + "]"), value(element()));
          case 1 -> Nodes.remove(tree, element);
          case 2 -> Nodes.remove(tree, element.child("password"));
          case 3 -> Nodes.set(tree, element, value(element()));
          case 4 -> Nodes.set(tree, element, value(template()));
          case 5 -> Nodes.set(tree, ConfigPath.of("name"), value(random.nextInt(9)));
          case 6 -> Nodes.set(tree, element.child("a"), value(random.nextInt(9)));
          default -> Nodes.set(tree, element.child("b"), value(template()));
        };
  }

  private static Resolved resolve(Resolved before, ObjectNode tree) {
    return Placeholders.resolve(before, tree, null, Outside.PROCESS);
  }

  @Test
  @Tag("slow")
  void listOfTemplatesAndSecrets_changedStepByStep_isAsOneAtOnce() {
    int resolvedAtAll = 0;
    for (int round = 0; round < 10; round++) {
      ObjectNode tree = tree();
      Resolved resolved = resolve(Placeholders.EMPTY, tree);
      ObjectNode marked = SECRETS.mark(tree);
      for (int step = 0; step < 60; step++) {
        ObjectNode next = changed(tree);
        Resolved atOnce = resolve(Placeholders.EMPTY, next);
        Resolved now = resolve(resolved, next);
        assertEquals(atOnce.problems(), now.problems());
        assertEquals(atOnce.tree(), now.tree());
        assertEquals(atOnce.index().weight(), now.index().weight());
        resolvedAtAll += now.problems().isEmpty() ? 1 : 0;
        ObjectNode nowMarked = SECRETS.mark(tree, marked, next);
        assertEquals(SECRETS.mark(next), nowMarked);
        count(tree, next);
        resolved = now;
        marked = nowMarked;
        tree = next;
      }
    }
    assertEquals(595, resolvedAtAll);
    assertEquals(75, shrunk);
    assertEquals(85, grown);
  }

  private void count(ObjectNode before, ObjectNode after) {
    if (Nodes.at(before, "list") instanceof ListNode was
        && Nodes.at(after, "list") instanceof ListNode is) {
      shrunk += is.size() < was.size() ? 1 : 0;
      grown += is.size() > was.size() ? 1 : 0;
    }
  }

  /** An element of which nothing changed is the same object, resolved and marked. */
  @Test
  void elementsOfWhichNothingChanged_areTheSameObjects() {
    ObjectNode tree = tree();
    Resolved resolved = resolve(Placeholders.EMPTY, tree);
    ObjectNode marked = SECRETS.mark(tree);
    ObjectNode next =
        (ObjectNode) Nodes.set(tree, ConfigPath.parse("list[5].a"), Scalar.string("new"));
    ObjectNode now = resolve(resolved, next).tree();
    ObjectNode nowMarked = SECRETS.mark(tree, marked, next);
    for (int i = 0; i < 100; i++) {
      String path = "list[" + i + "].nested";
      assertSame(Nodes.at(resolved.tree(), path), Nodes.at(now, path));
      assertSame(Nodes.at(marked, path), Nodes.at(nowMarked, path));
    }
    assertSame(resolved.tree(), resolve(resolved, tree).tree());
    assertSame(marked, SECRETS.mark(tree, marked, tree));
    assertTrue(
        Nodes.at(nowMarked, "list[5].nested[1].password") instanceof Scalar is && is.isSecret());
  }
}
