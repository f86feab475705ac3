package dev.gimbal.format.hocon;

import static dev.gimbal.testing.FormatTester.place;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoconReadTest {

  private final FormatTester tester = new FormatTester(new HoconFormat());

  @Test
  void format_isFoundAsAService() {
    List<String> names =
        ServiceLoader.load(Format.class).stream().map(p -> p.get().name()).sorted().toList();
    assertEquals(List.of("hocon", "json", "jsonc"), names);
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document =
        tester.read("a = 1, b : x y\n\uD83D\uDE00.c { d = [ \"s\",\n\ttrue] }\r\n e += null");
    assertEquals("1:1", place(document, ""));
    assertEquals("1:5", place(document, "a"));
    assertEquals("1:12", place(document, "b"));
    assertEquals("2:1", place(document, "\uD83D\uDE00"));
    assertEquals("2:5", place(document, "\uD83D\uDE00.c"));
    assertEquals("2:11", place(document, "\uD83D\uDE00.c.d"));
    assertEquals("2:13", place(document, "\uD83D\uDE00.c.d[0]"));
    assertEquals("3:2", place(document, "\uD83D\uDE00.c.d[1]"));
    assertEquals("4:7", place(document, "e"));
    assertEquals("4:7", place(document, "e[0]"));
  }

  @Test
  void read_valueFromASubstitution_hasThePlaceWhereItIsWritten() {
    Document document =
        tester.read("a = ${b}\nb { c = 1 }\nd = ${b} { c = 2, e = x }\nf = y${d.e}\nl = [${f}]");
    assertEquals("2:3", place(document, "a"));
    assertEquals("2:9", place(document, "a.c"));
    assertEquals("2:3", place(document, "d"));
    assertEquals("3:16", place(document, "d.c"));
    assertEquals("3:23", place(document, "d.e"));
    assertEquals("4:5", place(document, "f"));
    assertEquals("4:5", place(document, "l[0]"));
  }

  @Test
  void read_mergedObject_beginsWhereTheFirstDoes() {
    Document document = tester.read("a.b = 1\na { b = 2, c = 3 }");
    assertEquals("1:1", place(document, "a"));
    assertEquals("2:9", place(document, "a.b"));
    assertEquals("2:16", place(document, "a.c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = ,             | 1:5 unexpected ',', expected a value",
        "a                 | 1:2 unexpected end of the document, expected '=', ':', '+=' or '{' after a key",
        "a hunter2         | 1:10 unexpected end of the document, expected '=', ':', '+=' or '{' after a key",
        "a = b: c          | 1:6 unexpected ':', expected ',' or a line break (quote a text that holds it)",
        "{ a = b: c }      | 1:8 unexpected ':', expected ',', a line break or '}' (quote a text that holds it)",
        "{ a = 1           | 1:8 unexpected end of the document, expected '}' of the object that begins at 1:1",
        "a = [1            | 1:7 unexpected end of the document, expected ']' of the list that begins at 1:5",
        "a = [1}           | 1:7 unexpected '}', expected ',', a line break or ']'",
        "= 1               | 1:1 unexpected '=', expected a key",
        "a = 1 }           | 1:7 unexpected '}', expected ',' or a line break",
        "}                 | 1:1 unexpected '}', expected a key",
        "{} x              | 1:4 unexpected 'x', expected the end of the document after its root",
        "a..b = 1          | 1:1 found a dot at an end of a path, or two together; expected a key there (\"\" is the empty one)",
        "a = x@y           | 1:6 unexpected '@', expected quotes around a text that holds it",
        "a = 1+2           | 1:6 unexpected '+', expected quotes around a text that holds it",
        "a = x $y          | 1:8 unexpected 'y', expected '{' after '$', or quotes around a text that holds '$'",
        "a + 1             | 1:4 unexpected space, expected '=' after '+', or quotes around a text that holds '+'",
        "a = \"hunter2     | 1:13 unexpected end of the document, expected the closing quote of the string that begins at 1:5",
        "a = \"\"\"hunter2 | 1:15 unexpected end of the document, expected the closing three quotes of the string that begins at 1:5",
        "a = \"\\x\"       | 1:7 unexpected 'x' after a backslash in a string",
        "a = \"\\u12\"     | 1:10 unexpected '\"', expected four hex digits after \\u",
        "a = ${b           | 1:8 unexpected end of the document, expected '}' of the substitution",
        "a = ${}           | 1:7 unexpected '}', expected a path",
        "a = ${b:hunter2}  | 1:8 unexpected ':', expected '}' of the substitution",
        "a = [x, ${b.c}]   | 1:9 nothing stands at b.c in the document; \"${?\" allows that",
        "a = ${a}          | 1:5 the way to a leads back to it",
        "a { b = ${a} }    | 1:9 the way to a leads back to it",
        "a = [1] hunter2   | 1:9 found text beside an object or list in one value, expected only one of them",
        "a = {b = 1} [1]   | 1:5 found an object beside a list in one value, expected one of them",
        "include \"x\"     | 1:1 found an include, expected none: a document is read without others",
        "include url(\"x\")| 1:1 found an include, expected none: a document is read without others",
        "include = 1       | 1:1 found include as a key, expected quotes around it",
      })
  void read_malformed_saysWhatWasFoundAndExpected(String text, String expected) {
    assertEquals(List.of("GIM-004 " + expected), tester.problems(text));
  }

  @Test
  void read_controlCharacterInAString_isRefused() {
    assertEquals(
        List.of(
            "GIM-004 2:7 unexpected line break in a string, expected an escape or three quotes"),
        tester.problems("\na = \"x\ny\""));
  }

  @Test
  void read_rootList_isRefused() {
    assertEquals(
        List.of("GIM-007 2:1 the root is a list, expected an object or nothing"),
        tester.problems("# c\n[1]"));
  }

  /** Nothing is opened: the problem is the include, not what it names. */
  @Test
  void read_include_isRefusedWhereverItStands() {
    String refused = "found an include, expected none: a document is read without others";
    List<String> kinds =
        List.of("\"x\"", "file(\"x\")", "url(\"file:x\")", "classpath(\"x\")", "required(\"x\")");
    int seen = 0;
    for (String kind : kinds) {
      for (String frame : List.of("%s", "a = 1\n%s", "{ %s }", "a { b = [{ %s }] }")) {
        String text = String.format(frame, "include " + kind);
        String problem = tester.problems(text).get(0);
        assertEquals(refused, problem.substring(problem.length() - refused.length()), text);
        seen++;
      }
    }
    assertEquals(20, seen);
  }

  @Test
  void read_quotedPlaceholder_isOneOfGimbals() {
    Document document = tester.read("a = \"${x}\"\nx = 1\nb = ${a}");
    Scalar placeholder = Scalar.string("${x}", Scalar.Template.ALL);
    assertEquals(placeholder, document.tree().get("a"));
    assertEquals(placeholder, document.tree().get("b"));
  }

  @Test
  void read_numbers_keepTheirText() {
    Document document = tester.read("a = 1.10, b = 9007199254740993, c = 1E+400, d = 007");
    assertEquals(Scalar.number("1.10"), document.tree().get("a"));
    assertEquals(Scalar.number("9007199254740993"), document.tree().get("b"));
    assertEquals(Scalar.number("1E+400"), document.tree().get("c"));
    assertEquals(Scalar.number("7"), document.tree().get("d"));
    assertEquals(
        List.of("GIM-005 1:5 a number of 1001 characters, more than 1000"),
        tester.problems("a = " + "1".repeat(1001)));
  }

  @Test
  void read_moreValuesThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals(List.of(), tester.problems("a = [1]", options));
    assertEquals(
        List.of("GIM-005 1:8 more values than maxNodes 3"), tester.problems("a = [1,2]", options));
  }

  @Test
  void read_quotedKeysWithDots_areLiteral_unlessAskedFor() {
    String text = "\"a.b\" = 1, a.c = 2";
    assertEquals(Map.of("a.b", 1L, "a", Map.of("c", 2L)), tester.map(text));
    assertEquals(
        Scalar.number("1"),
        ((dev.gimbal.tree.ObjectNode)
                tester.read(text, ReadOptions.DEFAULT.withExpandDottedKeys(true)).tree().get("a"))
            .get("b"));
  }
}
