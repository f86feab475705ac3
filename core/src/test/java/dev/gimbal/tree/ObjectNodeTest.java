package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Scalar.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectNodeTest {

  private static ObjectNode object(Map<String, ?> map) {
    return (ObjectNode) Nodes.of(map, Template.ALL);
  }

  @Test
  void keysOfOneBareName_areFoundByIt_inEachVersion() {
    ObjectNode first = object(Map.of("max-size", 1, "x", 1));
    assertEquals(List.of("max-size"), first.keysNamed("maxsize"));
    assertEquals(7, first.longestBareName());
    ObjectNode changed = first.with("x", Scalar.number(2));
    assertEquals(List.of("max-size"), changed.keysNamed("maxsize"));
    ObjectNode more = changed.with("maxSizes", Scalar.number(2));
    assertEquals(List.of("maxSizes"), more.keysNamed("maxsizes"));
    assertEquals(8, more.longestBareName());
    assertEquals(List.of(), more.without("maxSizes").keysNamed("maxsizes"));
    assertEquals(7, more.without("maxSizes").longestBareName());
    assertEquals(0, ObjectNode.EMPTY.longestBareName());
    assertEquals("maxsize", ObjectNode.bareName("-M_ax.Si ze"));
  }

  @Test
  void templatesAndTombstones_areCountedAsTheyComeAndGo() {
    Scalar template = Scalar.string("${a}", Template.ALL);
    ObjectNode both = object(Map.of("t", "${a}", "n", 1)).with("z", NullNode.NULL);
    assertTrue(both.hasTemplates() && both.hasTombstones());
    assertFalse(object(Map.of("n", 1, "m", 1)).hasTemplates());
    assertTrue(ObjectNode.of(Map.of("z", NullNode.NULL)).hasTombstones());
    assertTrue(both.with("t2", template).without("t").hasTemplates());
    assertFalse(both.with("t", Scalar.bool(true)).hasTemplates());
    assertFalse(both.without("t").hasTemplates());
    assertFalse(both.without("z").hasTombstones());
    assertFalse(both.with("z", template).hasTombstones());
    assertTrue(both.without("n").hasTombstones());
    assertTrue(ListNode.of(List.of(Scalar.bool(true), template)).hasTemplates());
    assertFalse(ListNode.of(List.of(Scalar.bool(true))).hasTemplates());
  }

  @Test
  void sameChild_orNone_givesTheSameObject() {
    ObjectNode object = object(Map.of("a", 1));
    assertSame(object, object.with("a", object.get("a")));
    assertSame(object, object.without("b"));
    assertSame(ObjectNode.EMPTY, object.without("a"));
    assertSame(ObjectNode.EMPTY, ObjectNode.of(Map.of()));
    assertSame(ListNode.EMPTY, ListNode.of(List.of()));
  }

  @Test
  void arrays_makeTheSameAsAMap_andHoldNoKeyTwice() {
    Map<String, Node> map = new HashMap<>();
    String[] keys = new String[100];
    Node[] values = new Node[100];
    for (int i = 0; i < 99; i++) {
      keys[i] = i % 2 == 0 ? "key" + i : "Aa".repeat(i % 7) + "BB".repeat(7 - i % 7) + i;
      values[i] = i % 10 == 0 ? NullNode.NULL : Scalar.string("${a}" + i, Template.ALL);
      map.put(keys[i], values[i]);
    }
    ObjectNode object = ObjectNode.of(keys, values, 99);
    assertEquals(ObjectNode.of(map), object);
    assertEquals(99, object.size());
    assertTrue(object.hasTemplates() && object.hasTombstones());
    assertSame(ObjectNode.EMPTY, ObjectNode.of(keys, values, 0));
    keys[99] = new String("key42");
    values[99] = NullNode.NULL;
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ObjectNode.of(keys, values, 100));
    assertEquals("two keys are equal: key42", e.getMessage());
  }

  @Test
  void equality_isThatOfTheChildren() {
    assertEquals(object(Map.of("a", 1)), object(Map.of("a", 1)));
    assertEquals(object(Map.of("a", 1)).hashCode(), object(Map.of("a", 1)).hashCode());
    assertNotEquals(object(Map.of("a", 1)), object(Map.of("a", 2)));
    assertNotEquals(object(Map.of("a", 1)).hashCode(), object(Map.of("a", 2)).hashCode());
    assertNotEquals(object(Map.of("a", 1)).hashCode(), object(Map.of("b", 1)).hashCode());
    assertNotEquals(
        object(Map.of("a", List.of(1))).hashCode(), object(Map.of("a", List.of(2))).hashCode());
  }

  @Test
  void patch_isWhatItsBuilderWasTold() {
    ConfigPath path = ConfigPath.of("a.b");
    Patch patch =
        Patch.builder().set("a", 1).set(path, NullNode.NULL).remove("c").remove(path).build();
    assertEquals(
        List.of(
            new Patch.Set(ConfigPath.of("a"), Scalar.number(1)),
            new Patch.Set(path, NullNode.NULL),
            new Patch.Remove(ConfigPath.of("c")),
            new Patch.Remove(path)),
        patch.ops());
  }
}
