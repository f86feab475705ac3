package dev.gimbal.format.yaml;

import static dev.gimbal.format.yaml.Parsing.map;
import static dev.gimbal.format.yaml.Parsing.parse;
import static dev.gimbal.format.yaml.Parsing.place;
import static dev.gimbal.format.yaml.Parsing.problem;
import static dev.gimbal.format.yaml.Parsing.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReadTest {

  @Test
  void format_isFoundAsAService() {
    List<String> names =
        ServiceLoader.load(Format.class).stream()
            .filter(p -> p.type().getPackage().equals(YamlFormat.class.getPackage()))
            .map(p -> p.get().name())
            .toList();
    assertEquals(List.of("yaml"), names);
  }

  @Test
  void read_blocksAndFlows() {
    String text =
        """
        server:
          port: 8080
          hosts: [a, {name: b}]
        text: |
          one
          two
        folded: >-
          one
          two
        """;
    Map<String, Object> server = Map.of("port", 8080L, "hosts", List.of("a", Map.of("name", "b")));
    assertEquals(Map.of("server", server, "text", "one\ntwo\n", "folded", "one two"), map(text));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document = parse("# c\na: 1\nb:\n  - x\n  - y: z\n\uD83D\uDE00: {d: 'e'}\n");
    assertEquals("2:1", place(document, ""));
    assertEquals("2:4", place(document, "a"));
    assertEquals("4:3", place(document, "b"));
    assertEquals("4:5", place(document, "b[0]"));
    assertEquals("5:8", place(document, "b[1].y"));
    assertEquals("6:4", place(document, "\uD83D\uDE00"));
    assertEquals("6:8", place(document, "\uD83D\uDE00.d"));
  }

  @Test
  void read_valueThatIsMissing_standsWhereItsKeyEnds() {
    Document document = parse("a:\nb: {c, d: }\n? e\n? f\n:\ng: &x\n");
    assertEquals("1:3", place(document, "a"));
    assertEquals("2:6", place(document, "b.c"));
    assertEquals("2:11", place(document, "b.d"));
    assertEquals("3:1", place(document, "e"));
    assertEquals("5:2", place(document, "f"));
    assertEquals("6:4", place(document, "g"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment\n", "---\n", "---\n...\n", "~", "%YAML 1.2\n---\n"})
  void read_nothing_isAnEmptyObject(String text) {
    assertEquals(Map.of(), map(text));
  }

  @Test
  void read_documentMarkersAndOlderVersion_areAccepted() {
    assertEquals(Map.of("a", "yes"), map("%YAML 1.1\n---\na: yes\n...\n"));
  }

  @Test
  void read_secondDocument_isRefused() {
    assertEquals(
        "GIM-004 2:1 a second document begins here, expected one (document=2 reads it, document=all"
            + " merges)",
        problem("a: 1\n---\nb: 2\n"));
  }

  @Test
  void read_anotherVersion_isRefused() {
    assertEquals(
        "GIM-004 1:7 %YAML has another version, expected %YAML 1.2",
        problem("%YAML 2.0\n---\na: 1"));
  }

  @Test
  void read_keyStandingTwice_namesBothPlaces() {
    assertEquals(
        "GIM-006 3:1 the key \"a\" stands twice, first at 1:1", problem("a: 1\nb: 2\n'a': 3"));
    assertEquals("GIM-006 2:1 the key \"a\" stands twice, first at 1:1", problem("a: &x 1\na: *x"));
  }

  @Test
  void read_severalKeysStandingTwice_tellsEachOnce() {
    assertEquals(
        List.of(
            "GIM-006 2:1 the key \"a\" stands twice, first at 1:1",
            "GIM-006 3:14 the key \"c\" stands twice, first at 3:8"),
        problems("a: 1\na: 2\nb: &b {c: 3, c: 4}\nd: *b", ReadOptions.DEFAULT));
  }

  @Test
  void read_textThatMayBeAValue_isNotShown() {
    assertEquals(
        "GIM-004 1:11 the handle of the tag is not declared by %TAG",
        problem("password: !hunter2!x"));
    assertEquals(
        "GIM-004 2:1 %TAG stands twice for one handle",
        problem("%TAG !hunter2! a\n%TAG !hunter2! b\n--- {}"));
    assertEquals(
        "GIM-004 1:7 %YAML has no version, expected %YAML 1.2",
        problem("%YAML 1234567890123\n--- {}"));
  }

  @Test
  void read_keysThatAreNoStrings_takeTheirText() {
    assertEquals(
        Map.of("1", "a", "true", "b", "~", "c", "0x1F", "d", "", "e"),
        map("1: a\ntrue: b\n~: c\n0x1F: d\n'': e"));
  }

  @Test
  void read_complexKeys_areRefused() {
    assertEquals("GIM-004 1:3 the key is a list, expected a scalar", problem("? [a]\n: b"));
    assertEquals("GIM-004 1:2 the key is a map, expected a scalar", problem("{{a: b}: c}"));
    assertEquals("GIM-004 2:1 the key is a list, expected a scalar", problem("a: &x [1]\n*x : b"));
  }

  @Test
  void read_rootThatIsNoObject_isRefused() {
    assertEquals(
        "GIM-007 1:1 the root is a list, expected an object or nothing", problem("- a\n- b"));
    assertEquals(
        "GIM-007 2:1 the root is a single value, expected an object or nothing", problem("\ntext"));
  }

  @Test
  void read_aliases_standForTheAnchoredNode() {
    Document document = parse("a: &x {v: 1}\nb: *x\nc: [*x]\n&k d: 2\ne: *k\n");
    Map<String, Object> v = Map.of("v", 1L);
    assertEquals(
        Map.of("a", v, "b", v, "c", List.of(v), "d", 2L, "e", "d"),
        dev.gimbal.tree.Nodes.toMap(document.tree()));
    assertEquals("1:11", place(document, "b.v"));
  }

  @Test
  void read_anchorDefinedAgain_countsFromThereOn() {
    assertEquals(Map.of("a", 1L, "b", 1L, "c", 2L, "d", 2L), map("a: &x 1\nb: *x\nc: &x 2\nd: *x"));
  }

  @Test
  void read_aliasWithoutAnchor_isRefusedWithoutItsText() {
    String message =
        "GIM-004 1:4 an alias without an anchor before it, expected &name further up"
            + " (quote a text that begins with *)";
    assertEquals(message, problem("a: *hunter2"));
    assertEquals(message, problem("a: *x\nb: &x 1"));
  }

  @Test
  void read_aliasInsideItsAnchor_isRefused() {
    assertEquals("GIM-004 1:8 an alias inside its own anchor", problem("a: &x [*x]"));
    assertEquals("GIM-004 1:11 an alias inside its own anchor", problem("a: &x {b: *x}"));
  }

  @Test
  void read_mergeKey_explicitWinsAndTheEarlierMapWins() {
    String text =
        """
        one: &one {x: 1, y: 1}
        two: &two {x: 2, z: 2}
        a:
          y: 0
          <<: [*one, *two]
        b:
          <<: *two
          x: 9
        c:
          <<: {w: 4}
        """;
    Map<String, Object> expected =
        Map.of(
            "one", Map.of("x", 1L, "y", 1L),
            "two", Map.of("x", 2L, "z", 2L),
            "a", Map.of("x", 1L, "y", 0L, "z", 2L),
            "b", Map.of("x", 9L, "z", 2L),
            "c", Map.of("w", 4L));
    assertEquals(expected, map(text));
    assertEquals("2:21", place(parse(text), "a.z"));
  }

  @Test
  void read_mergeKeyOfAMapThatMerges_takesAll() {
    assertEquals(
        Map.of("x", 1L, "y", 2L, "z", 3L),
        map("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}").get("c"));
  }

  @Test
  void read_quotedMergeKey_isAKey() {
    assertEquals(Map.of("<<", Map.of("a", 1L), "b", "<<"), map("'<<': {a: 1}\nb: <<"));
  }

  @Test
  void read_mergeOfWhatIsNoMap_isRefused() {
    assertEquals("GIM-004 1:5 << expects a map or a list of maps", problem("a: {<<: 1}"));
    assertEquals("GIM-004 1:5 << expects a map or a list of maps", problem("a: {<<: [{}, x]}"));
    assertEquals(
        "GIM-004 1:17 the merge key << stands twice, expected one with a list",
        problem("a: {<<: {b: 1}, <<: {c: 2}}"));
  }

  @Test
  void read_keyStandingTwiceBesideAMerge_isRefused() {
    assertEquals(
        "GIM-006 1:20 the key \"b\" stands twice, first at 1:14",
        problem("a: {<<: {},  b: 1, b: 2}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a:~\t- b | 2:1 a tab, expected spaces: they make the indentation",
        "a: b: c | 1:5 found \": \" inside a value, expected the end of the value"
            + " (quote a text that holds it)",
        "a: - b | 1:4 found \"- \", which begins a list entry, inside a line or a value; expected"
            + " it on a line of its own (quote a text that holds it)",
        "a: ? b | 1:4 found \"? \", which begins a key, inside a line or a value; expected it on a"
            + " line of its own (quote a text that holds it)",
        "a: [1, 2 | 1:9 unexpected end of the document, expected ',' or ']' of the list that begins"
            + " at 1:4",
        "a: [1~b: 2 | 2:1 the line is indented by 0, but the list that begins at 1:4 is not closed:"
            + " expected ']', or an indentation of 1 or more",
        "a: [~\t1] | 2:1 a tab, expected spaces: they make the indentation",
        "a: 'b~\tc' | 2:1 a tab, expected spaces: they make the indentation",
        "a:~  b: 1~   c: 2 | 3:5 found \": \" in a line that continues the text above it, expected"
            + " the indentation of the key above (quote a text that holds it)",
        "a: >~   b~  c | 3:3 the line is indented by 2, expected 0 or 3 as further up",
        "a: 'it's' | 1:8 unexpected 's', expected the end of the line behind the closing quote (for"
            + " ' in the text write '')",
        "a: [b]#c | 1:7 unexpected '#', expected a blank before a comment",
        "a: &x 1~*x: b | 2:3 unexpected ':', expected a blank before the colon behind an alias",
        "a: [1~ b: 2 | 2:3 unexpected ':', expected ',' or ']' of the list that begins at 1:4",
        "a: ] | 1:4 unexpected ']', expected a value (quote a text that begins so)",
        "- a~b: 1 | 2:1 unexpected 'b', expected \"- \" as in the entries above, or another"
            + " indentation",
        "a: 'x | 1:6 unexpected end of the document, expected the closing quote of the text in"
            + " quotes that begins at 1:4",
        "a: 1~b~c: 1 | 2:2 unexpected line break, expected ':' and a blank behind the key",
        "a: 1~- b | 2:1 unexpected '-', expected a key as further up",
        "\"a\":1 | 1:5 unexpected '1', expected a blank behind the colon",
        "a:~    b: 1~  c: 2 | 3:3 the line is indented by 2, expected 0 or 4 as further up",
        "a: 'b'~  c: 2 | 2:3 the line is indented by 2, expected 0 as further up",
        "---~ a: 1~b: 2 | 3:1 the line is indented by 0, expected 1 as further up",
        "a: {}~... b | 2:5 unexpected 'b', expected the end of the line behind ..."
      })
  void read_malformed_saysWhatWasFoundAndWhatWasExpected(String text, String problem) {
    assertEquals("GIM-004 " + problem, problem(text.replace('~', '\n')));
  }

  @Test
  void read_controlCharacter_isRefusedWithItsPlace() {
    assertEquals(
        "GIM-004 2:5 unexpected character U+0007, which YAML does not allow",
        problem("\uD83D\uDE00: 1\na: \uD83D\uDE00\u0007"));
  }
}
