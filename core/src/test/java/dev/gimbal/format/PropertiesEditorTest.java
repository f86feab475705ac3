package dev.gimbal.format;

import static dev.gimbal.format.Editing.assertRefused;
import static dev.gimbal.format.Editing.set;
import static dev.gimbal.format.Editing.unset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertiesEditorTest {

  private static final String APP =
      """
      # the server
      server.port = 80

      ! who may come in
      server.hosts[0] : a
      server.hosts[1] : b
      name gimbal
      text = one \\
          two
      """;

  @Test
  void set_aValueThatIsThere_changesItAlone() {
    assertEquals(APP.replace("80", "8080"), set(APP, "server.port", 8080));
    assertEquals(APP.replace("gimbal", "other"), set(APP, "name", "other"));
    assertEquals(APP.replace(": b", ": c"), set(APP, "server.hosts[1]", "c"));
  }

  @Test
  void set_toWhatItIs_changesNothing() {
    assertEquals(APP, set(APP, "server.port", 80));
    assertEquals(APP, set(APP, "text", "one two"));
  }

  @Test
  void set_aValueOfSeveralLines_replacesThem() {
    assertEquals(APP.replace("one \\\n    two", "three"), set(APP, "text", "three"));
  }

  @Test
  void set_aValueThatLooksLikeSyntax_escapesIt() {
    assertEquals("a \\=b\n", set("a x\n", "a", "=b"));
    assertEquals("a:=b\n", set("a:x\n", "a", "=b"));
    assertEquals("a=\\ b\\n\\\\\n", set("a=x\n", "a", " b\n\\"));
  }

  @Test
  void set_aValueBesideKeysBelowIt_changesItAlone() {
    assertEquals("a = 3\na.b = 2\n", set("a = 1\na.b = 2\n", "a.\"\"", 3));
    assertEquals("a = 1\na.b = 3\n", set("a = 1\na.b = 2\n", "a.b", 3));
    assertEquals("a.b = 2\n", unset("a = 1\na.b = 2\n", "a.\"\""));
  }

  @Test
  void set_anEmptyValue_writesBehindTheSeparator() {
    assertEquals("a=1\nb=2", set("a=\nb=2", "a", 1));
    assertEquals("a=1\nb=2", set("a\nb=2", "a", 1));
    assertEquals("a = 1", set("a = ", "a", 1));
    assertEquals("a=1\nb", set("a=\\\n   \nb", "a", 1));
    assertEquals("a=1", set("a=\\", "a", 1));
  }

  @Test
  void set_aNewKey_writesItBesideItsNeighboursAsTheyAreWritten() {
    assertEquals(
        APP.replace("[1] : b\n", "[1] : b\nserver.name : x\n"), set(APP, "server.name", "x"));
    assertEquals(
        APP.replace("[1] : b\n", "[1] : b\nserver.hosts[2] : c\n"),
        set(APP, "server.hosts[2]", "c"));
    assertEquals(APP + "other = x\n", set(APP, "other", "x"));
    assertEquals("  a.b:1\r\n  a.c:2\r\nz:3", set("  a.b:1\r\nz:3", "a.c", 2));
    assertEquals("a.b=1\na.c=2", set("a.b=1", "a.c", 2));
    assertEquals("a=1\nb=2", set("a=1", "b", 2));
    assertEquals("# empty\na=1", set("# empty", "a", 1));
    assertEquals("a=1\n", set("", "a", 1));
  }

  @Test
  void set_whatIsNotAscii_isEscapedWhereTheTextIsAscii() {
    assertEquals("a=\\u00fc\nb=1\n", set("a=\\u00e9\nb=1\n", "a", "\u00fc"));
    assertEquals("a=1\n\\u00fc=\\ud83d\\ude80\n", set("a=1\n", "\u00fc", "\uD83D\uDE80"));
    assertEquals("a=\u00fc\n# \u00e9\n", set("a=1\n# \u00e9\n", "a", "\u00fc"));
  }

  @Test
  void set_aKeyWithDots_quotesIt() {
    assertEquals("a=1\n\"b.c\"=2\n", set("a=1\n", "\"b.c\"", 2));
    assertEquals("a\\ b=2\n", set("a\\ b=1\n", "\"a b\"", 2));
  }

  @Test
  void set_anObject_keepsTheLinesOfKeysThatStay() {
    assertEquals(
        "# one\na.x=3\n# two\na.z=4\nb=5\n",
        set("# one\na.x=1\n# two\na.y=2\nb=5\n", "a", Map.of("x", 3, "z", 4)));
    assertEquals("a[0]=1\na[1]=2\nb=5\n", set("a=x\nb=5\n", "a", List.of(1, 2)));
    assertEquals("a=x\nb=5", set("a.c=1\na.d=2\nb=5", "a", "x"));
  }

  @Test
  void unset_takesTheLinesAndLeavesComments() {
    assertEquals(APP.replace("server.port = 80\n", ""), unset(APP, "server.port"));
    assertEquals(APP.replace("text = one \\\n    two\n", ""), unset(APP, "text"));
    assertEquals("# c\nb=2\r\n", unset("# c\n a.x=1\r\n\ta.y=1\nb=2\r\n", "a"));
    assertEquals("a=1\n", unset("a=1\nb=2", "b"));
    assertEquals("", unset("a=1", "a"));
    assertEquals(APP, unset(APP, "server.missing"));
    assertEquals("b=1\n", unset("a.b.c=1\nb=1\n", "a.b.c"));
  }

  @Test
  void change_ofAKeyThatStandsTwice_isRefused() {
    String twice = "a=1\nb=2\n a=3\n";
    String expected = "GIM-028 a: the key stands twice, here for the second time at app:3:2";
    assertRefused(expected, () -> set(twice, "a", 4));
    assertRefused(expected, () -> unset(twice, "a"));
    assertEquals("a=1\nb=5\n a=3\n", set(twice, "b", 5));
  }

  @Test
  void unset_ofAnElementBeforeOthers_isRefused() {
    assertRefused(
        "GIM-028 a[0]: only the last element of a list can be taken away at app:2:1",
        () -> unset("a[0]=1\na[1]=2\n", "a[0]"));
    assertRefused(
        "GIM-028 a[0]: only the last element of a list can be taken away at app:3:1",
        () -> unset("a[0].x=1\na[0].y=1\na[1].x=2\n", "a[0]"));
    assertEquals("a[0].y=1\na[1].x=2\n", unset("a[0].x=1\na[0].y=1\na[1].x=2\n", "a[0].x"));
    assertEquals("a[0]=1\n", unset("a[0]=1\na[1]=2\n", "a[1]"));
  }

  @Test
  void unset_ofTheLastKeyBelowAValue_isRefused() {
    assertRefused(
        "GIM-028 a.b: this value would take the place of the object that holds it at app:2:1",
        () -> unset("a.b=1\na=2\n", "a.b"));
    assertRefused(
        "GIM-028 a.b.c: this value would take the place of the object that holds it at app:1:1",
        () -> unset("a=2\na.b.c=1\n", "a.b.c"));
    assertEquals("a=2\na.c=1\n", unset("a=2\na.b=1\na.c=1\n", "a.b"));
    assertEquals("b=1\n", unset("a=2\na.c=1\nb=1\n", "a"));
  }

  @Test
  void set_whatLinesCannotSay_isNotExpressible() {
    assertRefused(
        "GIM-019 a.b: properties cannot express an empty list at app",
        () -> set("a=1\n", "a", Map.of("b", List.of())));
    assertRefused(
        "GIM-019 a: properties cannot express null at app", () -> set("a=1\n", "a", null));
  }
}
