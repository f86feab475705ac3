package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectEditsTest {

  @Test
  void applyTo_withManyEdits_isThatOfEachInTurn() {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      values.put("k" + i, i);
    }
    ObjectNode object = node(values);
    for (int size : new int[] {1, 32, 33, 50}) {
      Map<String, Node> changes = new HashMap<>();
      Map<String, Node> same = new HashMap<>();
      Map<String, Object> expected = new HashMap<>(values);
      for (int i = 0; i < size; i++) {
        same.put("k" + i, object.get("k" + i));
        changes.put("k" + i, i % 2 == 0 ? null : Scalar.string("new"));
        if (i % 2 == 0) {
          expected.remove("k" + i);
        } else {
          expected.put("k" + i, "new");
        }
      }
      changes.put("added", Scalar.string("x"));
      expected.put("added", "x");
      changes.put("neverThere", null);
      assertEquals(node(expected), edited(object, changes), "changes: " + size);
      same.put("neverThere", null);
      assertSame(object, edited(object, same), "changes: " + size);
    }
  }

  @Test
  void put_ofOneKeyAgain_forgetsTheEditBefore() {
    ObjectNode object = node(Map.of("a", 1, "b", 2));
    ObjectEdits edits = new ObjectEdits();
    assertTrue(edits.isEmpty());
    assertSame(object, edits.applyTo(object));
    edits.put("a", Scalar.string("x"));
    edits.put("a", Scalar.string("y"));
    assertFalse(edits.isEmpty());
    assertEquals(node(Map.of("a", "y", "b", 2)), edits.applyTo(object));
    edits.put("b", null);
    edits.put("a", null);
    assertSame(ObjectNode.EMPTY, edits.applyTo(object));
  }

  private static ObjectNode edited(ObjectNode object, Map<String, Node> changes) {
    ObjectEdits edits = new ObjectEdits();
    changes.forEach(edits::put);
    return edits.applyTo(object);
  }

  private static ObjectNode node(Map<String, Object> map) {
    return (ObjectNode) Nodes.of(map, Scalar.Template.NONE);
  }
}
