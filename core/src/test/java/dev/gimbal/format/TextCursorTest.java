package dev.gimbal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCursorTest {

  private static String at(TextCursor cursor, long offset) {
    cursor.moveTo(offset);
    return cursor.line() + ":" + cursor.column();
  }

  @Test
  void moveTo_eachKindOfLineEnd_countsOneLine() {
    TextCursor cursor = new TextCursor("a\nb\r\nc\rd");
    assertEquals("1:1", at(cursor, 0));
    assertEquals("2:1", at(cursor, 2));
    assertEquals("3:1", at(cursor, 5));
    assertEquals("4:1", at(cursor, 7));
    assertEquals("4:2", at(cursor, 8));
  }

  @Test
  void moveTo_beyondTheEnd_staysAtTheEnd() {
    assertEquals("1:4", at(new TextCursor("abc"), Long.MAX_VALUE));
  }

  @Test
  void moveTo_backwards_countsAgain() {
    TextCursor cursor = new TextCursor("ab\ncd");
    assertEquals("2:2", at(cursor, 4));
    assertEquals("1:2", at(cursor, 1));
  }

  @Test
  void moveTo_pastACharacterOfTwoUnits_countsOneColumn() {
    assertEquals("1:3", at(new TextCursor("\uD83D\uDE00x!"), 3));
  }

  @Test
  void found_saysWhatStandsThere() {
    TextCursor cursor = new TextCursor("x\u00e9\n\r\u0001 \uD83D\uDE00");
    assertEquals("'x'", cursor.found(0));
    assertEquals("'\u00e9'", cursor.found(1));
    assertEquals("line break", cursor.found(2));
    assertEquals("line break", cursor.found(3));
    assertEquals("U+0001", cursor.found(4));
    assertEquals("space", cursor.found(5));
    assertEquals("U+1F600", cursor.found(6));
    assertEquals("end of the document", cursor.found(8));
  }

  @Test
  void moveTo_anyText_agreesWithSplittingItIntoLines() {
    Random random = new Random(7);
    int cases = 0;
    for (int n = 0; n < 2000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(new String[] {"a", "\n", "\r\n", "\r", "\uD83D\uDE00"}[random.nextInt(5)]);
      }
      String[] lines = text.toString().split("\r\n|\n|\r", -1);
      String last = lines[lines.length - 1];
      String expected = lines.length + ":" + (last.codePointCount(0, last.length()) + 1);
      assertEquals(expected, at(new TextCursor(text.toString()), text.length()));
      cases++;
    }
    assertEquals(2000, cases);
  }
}
