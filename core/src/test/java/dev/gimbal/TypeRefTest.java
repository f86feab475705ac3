package dev.gimbal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeRefTest {

  @Test
  void type_isTheOneThatTheSubclassNames() {
    TypeRef<List<Integer>> ref = new TypeRef<>() {};
    assertEquals("java.util.List<java.lang.Integer>", ref.type().getTypeName());
    assertEquals("java.util.List<java.lang.Integer>", ref.toString());
    assertEquals(String.class, new TypeRef<String>() {}.type());
  }

  @Test
  void refs_ofOneType_areEqual() {
    TypeRef<List<Integer>> ref = new TypeRef<>() {};
    assertEquals(ref, new TypeRef<List<Integer>>() {});
    assertEquals(ref.hashCode(), new TypeRef<List<Integer>>() {}.hashCode());
    assertNotEquals(ref, new TypeRef<List<Long>>() {});
  }

  private static class Named extends TypeRef<String> {}

  private static final class Below extends Named {}

  @Test
  @SuppressWarnings("rawtypes") // what is refused
  void withoutAType_isRefused() {
    assertEquals(String.class, new Named().type());
    String message =
        "type: none (expected: a TypeRef with its type, as in new TypeRef<List<Integer>>() {})";
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> new TypeRef() {}).getMessage());
    assertEquals(message, assertThrows(IllegalArgumentException.class, Below::new).getMessage());
  }
}
