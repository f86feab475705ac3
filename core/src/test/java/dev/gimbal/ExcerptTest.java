package dev.gimbal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  private static String text(String text, int caret) {
    return new Excerpt(1, text, caret).toString();
  }

  @Test
  void toString_pointsAtTheCharacterBehindTheCaret() {
    assertEquals("       1 | b: ***\n         |    ^", text("b: ***", 3));
    assertEquals("      12 | }\n         | ^", new Excerpt(12, "}", 0).toString());
    assertEquals("       1 |\n         | ^", text("", 0));
  }

  @Test
  void toString_ofTabsWideAndControlCharacters_pointsAtThePlace() {
    assertEquals(
        "       1 | \t世界\\u001be\u0301x\n         | \t           ^", text("\t世界\u001be\u0301x", 6));
    assertEquals("       1 | 😀 x\n         |    ^", text("😀 x", 2));
    assertEquals(
        "       1 | \\u0007\\u007f\\u009b\\u000d\\u000a\\u202e\\u2028\\u2066\\u200f\\u061cé\n         | ^",
        text("\u0007\u007f\u009b\r\n\u202e\u2028\u2066\u200f\u061cé", 0));
  }

  @Test
  void toString_ofALongText_isCutAroundThePlace() {
    String line = "a".repeat(100) + "X" + "b".repeat(100);

    assertEquals(
        "       1 | ..."
            + "a".repeat(36)
            + "X"
            + "b".repeat(35)
            + "...\n         | "
            + " ".repeat(39)
            + "^",
        text(line, 100));
    assertEquals("       1 | " + "a".repeat(72) + "...\n         |  ^", text(line, 1));
    assertEquals(
        "       1 | ..." + "b".repeat(72) + "\n         | " + " ".repeat(75) + "^",
        text(line, 201));
  }

  @Test
  void toString_ofWhatIsNotClosed_showsTheLineWhereItBegins_above() {
    Excerpt end = new Excerpt(12, "***", 0);

    assertEquals(
        """
               9 | hosts: ***
                 |        ^ begins here
              12 | ***
                 | ^\
        """,
        end.withBegin(new Excerpt(9, "hosts: ***", 7)).toString());
    assertEquals(end.toString(), end.withBegin(null).toString());
  }

  @Test
  void toString_ofALineThatIsBoth_showsItOnce_unlessOtherPartsOfItAreShown() {
    Excerpt end = new Excerpt(1, "a: ***", 6);
    assertEquals(
        """
               1 | a: ***
                 |    ^ begins here
                 |       ^\
        """,
        end.withBegin(new Excerpt(1, "a: ***", 3)).toString());

    String line = "k".repeat(80);
    assertEquals(
        ("       1 | " + "k".repeat(72) + "...\n         | ^ begins here\n")
            + ("       1 | ..." + "k".repeat(72) + "\n         | " + " ".repeat(75) + "^"),
        new Excerpt(1, line, 80).withBegin(new Excerpt(1, line, 0)).toString());
  }

  @Test
  void excerpt_ofNoPlaceInItsText_isRefused() {
    assertEquals("line: 0 (expected: >= 1)", refused(0, "a", 0));
    assertEquals("caret: -1 (expected: 0 to 1)", refused(1, "a", -1));
    assertEquals("caret: 2 (expected: 0 to 1)", refused(1, "😀", 2));
  }

  private static String refused(int line, String text, int caret) {
    return assertThrows(IllegalArgumentException.class, () -> new Excerpt(line, text, caret))
        .getMessage();
  }
}
