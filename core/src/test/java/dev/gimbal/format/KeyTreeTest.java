package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyTreeTest {

  private final KeyTree tree = new KeyTree();

  private KeyTree put(String path, String value) {
    tree.put(ConfigPath.parse(path), Scalar.string(value));
    return tree;
  }

  private Map<String, Object> map() {
    return Nodes.toMap(tree.toNode());
  }

  @Test
  void put_scalarBesideChildren_makesItTheEmptyChild() {
    put("a", "1").put(ConfigPath.parse("a.b"), Scalar.string("2"));
    assertEquals(Map.of("a", Map.of("", "1", "b", "2")), map());
  }

  @Test
  void put_samePathAgain_replaces() {
    put("a", "1");
    put("a", "2");
    assertEquals(Map.of("a", "2"), map());
  }

  @Test
  void put_denseIndexes_makeAList() {
    put("a[1]", "y");
    put("a[0].b", "x");
    assertEquals(Map.of("a", List.of(Map.of("b", "x"), "y")), map());
  }

  @Test
  void put_indexesWithAGap_makeAnObject() {
    put("a[0]", "x");
    put("a[2]", "y");
    assertEquals(Map.of("a", Map.of("0", "x", "2", "y")), map());
  }

  @Test
  void put_indexesBesideKeys_makeAnObject() {
    put("a[0]", "x");
    put("a.b", "y");
    assertEquals(Map.of("a", Map.of("0", "x", "b", "y")), map());
  }

  @Test
  void put_objectAndPathsBelowIt_merges() {
    Node object = ObjectNode.of(Map.of("b", Scalar.string("1"), "c", Scalar.string("2")));
    tree.put(ConfigPath.parse("a"), object);
    put("a.c", "3");
    put("a.d", "4");
    assertEquals(Map.of("a", Map.of("b", "1", "c", "3", "d", "4")), map());
  }

  @Test
  void toNode_calledTwice_givesEqualTrees() {
    tree.put(ConfigPath.parse("a"), ObjectNode.of(Map.of("b", Scalar.string("1"))));
    put("a.b.c", "2");
    assertEquals(tree.toNode(), tree.toNode());
    assertEquals(Map.of("a", Map.of("b", Map.of("", "1", "c", "2"))), map());
  }

  @Test
  void holds_onlyThePathThatWasPut() {
    put("a.b", "1");
    assertTrue(tree.holds(ConfigPath.parse("a.b")));
    assertFalse(tree.holds(ConfigPath.parse("a")));
    assertFalse(tree.holds(ConfigPath.parse("a.b.c")));
    assertFalse(tree.holds(ConfigPath.parse("a[0]")));
  }

  @Test
  void put_pathOfTooManySegments_namesTheLimit() {
    String deep = "a" + ".a".repeat(256);
    ConfigException e = assertThrows(ConfigException.class, () -> put(deep, "1"));
    assertEquals(ErrorCode.LIMIT, e.code());
    assertEquals("a key of 257 segments, more than maxDepth 256", e.problems().get(0).message());
  }
}
