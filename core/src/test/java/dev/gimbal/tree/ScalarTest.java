package dev.gimbal.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.tree.Scalar.Kind;
import dev.gimbal.tree.Scalar.Template;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalarTest {

  @Test
  void numbers_areThoseThatJsonWrites() {
    List<String> numbers =
        List.of("0", "-0", "7", "90", "1.5", "0.0", "-1.25", "1e5", "1E5", "1e+5", "2.0E-10");
    for (String text : numbers) {
      assertTrue(Scalar.isJsonNumber(text), text);
      assertEquals(text, Scalar.number(text).text());
    }
    List<String> others =
        List.of(
            "", "-", "01", "-01", "00", "1.", ".5", "-.5", "1e", "1e+", "1.e5", "+1", "1x", "1.5x",
            "1e5x", "x", "1/", "1:", "--1", "1.5.5");
    for (String text : others) {
      assertFalse(Scalar.isJsonNumber(text), text);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Scalar.number(text));
      assertEquals("number: \"" + text + "\" (expected: as JSON writes it)", e.getMessage());
    }
  }

  @Test
  void numbersOfJava_areTheirText() {
    assertEquals("1.10", Scalar.number(new BigDecimal("1.10")).text());
    assertEquals(
        "12345678901234567890", Scalar.number(new BigInteger("12345678901234567890")).text());
    assertEquals("-3", Scalar.number(-3).text());
    assertEquals(Kind.NUMBER, Scalar.number(-3).kind());
    assertThrows(IllegalArgumentException.class, () -> Scalar.number(Double.NaN));
  }

  @Test
  void string_isATemplateOnlyWhereAPlaceholderMayStand() {
    assertEquals(Template.ALL, Scalar.string("a${b}", Template.ALL).template());
    assertTrue(Scalar.string("a${b}", Template.PATHS).hasTemplates());
    assertEquals(Template.NONE, Scalar.string("a$b", Template.ALL).template());
    assertFalse(Scalar.string("${b}").hasTemplates());
    assertFalse(Scalar.string("a").hasTombstones());
  }

  @Test
  void equality_isThatOfKindTextAndTemplate() {
    assertEquals(Scalar.string("1"), Scalar.string("1"));
    assertEquals(Scalar.string("1").hashCode(), Scalar.number("1").hashCode());
    assertEquals("1".hashCode(), Scalar.string("1").hashCode());
    assertNotEquals(Scalar.string("1"), Scalar.number("1"));
    assertNotEquals(Scalar.string("1"), Scalar.string("2"));
    assertNotEquals(Scalar.string("${a}"), Scalar.string("${a}", Template.ALL));
    assertNotEquals(Scalar.string("1"), "1");
    assertSame(Scalar.bool(true), Scalar.bool(true));
    assertEquals("false", Scalar.bool(false).text());
    assertEquals(Kind.BOOLEAN, Scalar.bool(true).kind());
  }

  /** So that no log shows a value by accident. */
  @Test
  void texts_sayNoValues() {
    ListNode list = ListNode.of(List.of(Scalar.string("secret"), NullNode.NULL));
    ObjectNode object = ObjectNode.EMPTY.with("a", list);
    assertEquals("STRING", Scalar.string("secret").toString());
    assertEquals("list of 2", list.toString());
    assertEquals("object of 1", object.toString());
    assertFalse(list.hasTombstones());
    assertFalse(object.hasTombstones());
  }
}
