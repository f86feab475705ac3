package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EscapesTest {

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    Escapes.quote(out, text);
    return out.toString();
  }

  @Test
  void quote_escapesOnlyWhatJsonNeeds() {
    assertEquals("\"\"", quoted(""));
    assertEquals("\"a'/\u007f\u00e9\u2028\"", quoted("a'/\u007f\u00e9\u2028"));
    assertEquals("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\"", quoted("\"\\\n\r\t\b\f\u0000\u001f"));
  }

  @Test
  void quote_halfACharacter_isAnEscape() {
    assertEquals("\"\uD83D\uDE00\"", quoted("\uD83D\uDE00"));
    assertEquals("\"\\ud83dx\\ude00\"", quoted("\uD83Dx\uDE00"));
  }

  @Test
  void isLoneSurrogate_looksAtBothSides() {
    String text = "\uDE00\uD83D\uDE00\uD83D";
    assertTrue(Escapes.isLoneSurrogate(text, 0));
    assertFalse(Escapes.isLoneSurrogate(text, 1));
    assertFalse(Escapes.isLoneSurrogate(text, 2));
    assertTrue(Escapes.isLoneSurrogate(text, 3));
    assertFalse(Escapes.isLoneSurrogate("x", 0));
  }
}
