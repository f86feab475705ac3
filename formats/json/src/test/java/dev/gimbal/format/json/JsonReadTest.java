package dev.gimbal.format.json;

import static dev.gimbal.format.json.Parsing.a;
import static dev.gimbal.format.json.Parsing.map;
import static dev.gimbal.format.json.Parsing.parse;
import static dev.gimbal.format.json.Parsing.place;
import static dev.gimbal.format.json.Parsing.problem;
import static dev.gimbal.format.json.Parsing.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadTest {

  @Test
  void format_isFoundAsAService() {
    List<String> names =
        ServiceLoader.load(Format.class).stream().map(p -> p.get().name()).toList();
    assertEquals(List.of("json", "jsonc"), names);
  }

  @Test
  void read_everyKindOfValue() {
    assertEquals(
        Map.of("a", Arrays.asList(1L, true, null, "x", Map.of(), List.of())),
        map("{\"a\": [1, true, null, \"x\", {}, []]}"));
    assertEquals(NullNode.NULL, a("{\"a\": null}"));
    assertEquals(Map.of(), map(" null "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "1.10", "9007199254740993", "1e5", "1E+400", "-2.50e-07", "1E-999999"})
  @Tag("D24")
  void read_number_keepsItsText(String number) {
    assertEquals(Scalar.number(number), a("{\"a\":" + number + "}"));
  }

  @Test
  void read_escapes() {
    assertEquals(
        Scalar.string("\"\\/\b\f\n\r\t\u00e9\uD83D\uDE00"),
        a("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\uDE00\"}"));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document = parse("{\"a\": 1,\n \"\uD83D\uDE00\": [true,\r\n\tnull, {\"b\":\"x\"}]\r}");
    assertEquals("1:1", place(document, ""));
    assertEquals("1:7", place(document, "a"));
    assertEquals("2:7", place(document, "\uD83D\uDE00"));
    assertEquals("2:8", place(document, "\uD83D\uDE00[0]"));
    assertEquals("3:2", place(document, "\uD83D\uDE00[1]"));
    assertEquals("3:8", place(document, "\uD83D\uDE00[2]"));
    assertEquals("3:13", place(document, "\uD83D\uDE00[2].b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":,}          | 1:6 unexpected ',', expected a value",
        "{\"a\":1,}         | 1:8 unexpected '}', expected a key in double quotes",
        "{,}                | 1:2 unexpected ',', expected a key in double quotes",
        "[1,]               | 1:4 unexpected ']', expected a value",
        "{\"a\":1 \"b\":2}  | 1:8 unexpected '\"', expected ',' or '}'",
        "[1 2]              | 1:4 unexpected '2', expected ',' or ']'",
        "{\"a\" 1}          | 1:6 unexpected '1', expected ':'",
        "{a:1}              | 1:2 unexpected 'a', expected a key in double quotes",
        "{'a':1}            | 1:2 unexpected ''', expected a key in double quotes",
        "{\"a\":hunter2}    | 1:6 unexpected 'h', expected a value",
        "{\"a\":tru}        | 1:6 unexpected 't', expected a value",
        "{\"a\":NaN}        | 1:6 unexpected 'N', expected a value",
        "{\"a\":-Infinity}  | 1:6 unexpected '-', expected a value",
        "{\"a\":01}         | 1:7 unexpected digit after the leading zero of a number",
        "{\"a\":-}          | 1:7 unexpected '}', expected a digit",
        "{\"a\":+1}         | 1:6 unexpected '+', expected a value",
        "{\"a\":.5}         | 1:6 unexpected '.', expected a value",
        "{\"a\":\"\\x\"}    | 1:8 unexpected 'x' after a backslash in a string",
        "{\"a\":\"\\u12\"}  | 1:11 unexpected '\"', expected four hex digits after \\u",
        "{\"a\":1           | 1:7 unexpected end of the document, expected '}' of the object that"
            + " begins at 1:1",
        "{\"a\":[1          | 1:8 unexpected end of the document, expected ']' of the list that"
            + " begins at 1:6",
        "{\"a\":[1}         | 1:8 unexpected '}', expected ']'",
        "{}x                | 1:3 unexpected 'x' after the end of the root",
        "{} {}              | 1:4 unexpected '{' after the end of the root",
        "{}]                | 1:3 unexpected ']' after the end of the root",
        "/* c */ {}         | 1:1 unexpected '/', expected a value or separator (comments"
            + " need the format jsonc)",
        "{\"a\":1 # c       | 1:8 unexpected '#', expected ',' or '}'",
      })
  void read_malformed_saysWhatWasFoundAndExpected(String text, String expected) {
    assertEquals("GIM-004 " + expected, problem(text));
  }

  @Test
  void read_rawControlCharacterInAString_isRefused() {
    assertEquals(
        "GIM-004 1:8 unexpected line break in a string, expected an escape",
        problem("{\"a\":\"x\ny\"}"));
    assertEquals(
        "GIM-004 2:3 unexpected U+0001 in a string, expected an escape",
        problem("{\n\"a\u0001\":1}"));
  }

  @Test
  void read_keyStandingTwice_namesBothPlaces() {
    assertEquals(
        "GIM-006 2:2 the key \"a\" stands twice, first at 1:2",
        problem("{\"a\":1,\n \"\\u0061\":2}"));
  }

  @Test
  void read_severalKeysStandingTwice_tellsAll_andTheSyntaxErrorAfterThem() {
    String text = "{\"a\":1,\"a\":{\"b\":2,\"b\":3},\n\"c\":4,\"c\":5,\"a\":6";
    List<String> twice =
        List.of(
            "GIM-006 1:8 the key \"a\" stands twice, first at 1:2",
            "GIM-006 1:19 the key \"b\" stands twice, first at 1:13",
            "GIM-006 2:7 the key \"c\" stands twice, first at 2:1",
            "GIM-006 2:13 the key \"a\" stands twice, first at 1:2");
    assertEquals(twice, problems(text + "}", ReadOptions.DEFAULT));
    List<String> all = new ArrayList<>(twice);
    all.add("GIM-004 2:18 unexpected ']', expected '}'");
    assertEquals(all, problems(text + "]", ReadOptions.DEFAULT));
  }

  @Test
  void read_rootThatIsNoObject_isRefused() {
    assertEquals("GIM-007 1:2 the root is a list, expected an object or nothing", problem(" [1]"));
    assertEquals(
        "GIM-007 1:1 the root is a single value, expected an object or nothing", problem("1"));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_depthBomb_namesTheLimit() {
    assertEquals("GIM-005 1:257 nested deeper than maxDepth 256", problem("[".repeat(100_000)));
    assertEquals(
        "GIM-005 1:1281 nested deeper than maxDepth 256", problem("{\"a\":".repeat(100_000)));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_numberOfAMillionDigits_namesTheLimit() {
    assertEquals(
        "GIM-005 1:6 a number of 1000000 characters, more than 1000",
        problem("{\"a\":" + "1".repeat(1_000_000) + "}"));
  }

  @Test
  void read_moreValuesThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals("GIM-005 1:9 more values than maxNodes 3", problem("{\"a\":[1,2]}", options));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_stringsAndKeysBeyondTheParsersOwnLimits_areTaken() {
    String key = "k".repeat(60_000);
    String value = "v".repeat(9_000_000);
    assertEquals(Map.of(key, value), map("{\"" + key + "\":\"" + value + "\"}"));
  }

  @Test
  void read_dottedKeys_areSplitWhereAsked() {
    String text = "{\"a.b\": {\"c.d\": 1}, \"a\": {\"b\": {\"x\": 2}}}";
    assertEquals(Map.of("a.b", Map.of("c.d", 1L), "a", Map.of("b", Map.of("x", 2L))), map(text));
    Document expanded = parse(text, ReadOptions.DEFAULT.withExpandDottedKeys(true));
    assertEquals(
        "{\"a\":{\"b\":{\"c\":{\"d\":1},\"x\":2}}}",
        new JsonFormat().writeCompact(expanded.tree()));
    assertEquals("1:17", place(expanded, "a.b.c.d"));
  }
}
