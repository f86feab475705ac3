package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptedLossTest {

  private static final String E = "ENC[a,k1,AAAA]";
  private static final String F = "ENC[a,k2,BBBB]";

  private static Node of(Object value) {
    return Nodes.of(value, Scalar.Template.ALL);
  }

  private static void assertLost(boolean expected, Object was, Object now) {
    assertEquals(expected, EncryptedLoss.isBetween(of(was), of(now)), was + " -> " + now);
  }

  @Test
  void single_isLostToPlain_andNotToEncrypted() {
    assertLost(true, E, "x");
    assertLost(true, E, 1);
    assertLost(true, E, Map.of("x", "y"));
    assertLost(true, E, List.of(F, "y"));
    assertLost(false, E, F);
    assertLost(false, E, Map.of());
    assertLost(false, "x", "y");
    assertEquals(false, EncryptedLoss.isBetween(of(E), NullNode.NULL));
    assertEquals(false, EncryptedLoss.isBetween(null, of("x")));
  }

  @Test
  void object_isLostWhereAPlainValueTakesThePlaceOfOne_orANewKey() {
    Map<String, Object> was = Map.of("pin", E, "host", "h", "deep", Map.of("pin", F));
    assertLost(true, was, "x");
    assertLost(true, was, Map.of("pin", "x", "host", "h", "deep", Map.of("pin", F)));
    assertLost(true, was, Map.of("pin", E, "deep", Map.of("pin", "x")));
    assertLost(true, was, Map.of("pin", E, "deep", "x"));
    assertLost(true, was, Map.of("pin", E, "deep", List.of("x")));
    assertLost(true, was, Map.of("pin", E, "password", "x"));
    assertLost(true, was, Map.of("pin", "x", "a", E, "b", E, "deep", Map.of("pin", F)));
    assertLost(false, was, Map.of("pin", F, "host", "i", "deep", Map.of("pin", E, "new", 1)));
    assertLost(false, was, Map.of("host", "i"));
    assertLost(false, was, Map.of("host", Map.of()));
    assertLost(false, Map.of("a", "b"), Map.of("c", "d"));
  }

  @Test
  void list_mayLoseElements_andTheOthersMove() {
    assertLost(true, List.of(E, F), List.of(E, "x"));
    assertLost(true, List.of("x", E), List.of("x", "y"));
    assertLost(true, List.of("x", E), "x,y");
    assertLost(true, List.of(E, "x"), List.of("x", "y", "z"));
    assertLost(false, List.of(E, F, "x"), List.of("x"));
    assertLost(false, List.of(E, "x"), List.of("x", E));
    assertLost(false, List.of(E, "x"), List.of(E, "y", "z"));
    assertLost(
        false,
        List.of(Map.of("n", "a", "pin", E), Map.of("n", "b", "pin", F)),
        List.of(Map.of("n", "b", "pin", F)));
    assertLost(
        true,
        List.of(Map.of("n", "a", "pin", E), Map.of("n", "b", "pin", F)),
        List.of(Map.of("n", "b", "pin", "x")));
  }
}
