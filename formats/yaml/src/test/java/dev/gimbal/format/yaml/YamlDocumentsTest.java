package dev.gimbal.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.format.Document;
import dev.gimbal.format.Documents;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Source;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Nodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentsTest {

  private static final String THREE =
      """
      # first
      a: 1
      b: {x: 1, y: 1}
      ---
      b: {y: 2, z: 2}
      c: [2]
      ...
      %YAML 1.2
      ---
      a: ~
      c: [3]
      """;

  private static final String NO_ANCHOR =
      "GIM-004 3:4 an alias without an anchor before it, expected &name further up (quote a text"
          + " that begins with *)";

  @TempDir Path folder;

  private final FormatTester tester = new FormatTester(new YamlFormat());

  private static ReadOptions which(Documents documents) {
    return ReadOptions.DEFAULT.withDocuments(documents);
  }

  private Document read(String text, Documents documents) {
    return tester.read(text, which(documents));
  }

  private Map<String, Object> map(String text, Documents documents) {
    return Nodes.toMap(read(text, documents).tree());
  }

  private List<String> problems(String text, Documents documents) {
    return tester.problems(text, which(documents));
  }

  @Test
  void number_readsThatOneAlone() {
    assertEquals(Map.of("a", 1L, "b", Map.of("x", 1L, "y", 1L)), map(THREE, Documents.number(1)));
    assertEquals(
        Map.of("b", Map.of("y", 2L, "z", 2L), "c", List.of(2L)), map(THREE, Documents.number(2)));
    Document third = read(THREE, Documents.number(3));
    assertEquals("11:4", FormatTester.place(third, "c"));
    assertEquals("10:4", FormatTester.place(third, "a"));
  }

  @Test
  void all_mergesInOrder_andEachValueKeepsItsPlace() {
    Document all = read(THREE, Documents.ALL);
    Map<String, Object> values = Nodes.toMap(all.tree());
    assertEquals(Map.of("x", 1L, "y", 2L, "z", 2L), values.get("b"));
    assertEquals(List.of(3L), values.get("c"));
    assertEquals(Collections.singleton("a"), nulls(values));
    assertEquals("3:8", FormatTester.place(all, "b.x"));
    assertEquals("5:8", FormatTester.place(all, "b.y"));
    assertEquals("5:14", FormatTester.place(all, "b.z"));
    assertEquals("11:5", FormatTester.place(all, "c[0]"));
    assertEquals("10:4", FormatTester.place(all, "a"));
  }

  private static Set<String> nulls(Map<String, Object> values) {
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.removeIf(key -> values.get(key) != null);
    return keys;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1",
        "a: 1\n---\n",
        "---\n---\na: 1",
        "~\n---\na: 1\n---\nnull",
        "--- !!null\n---\na: 1",
        "a: 2\n---\na: 1",
        "a: {b: 1}\n---\na: 1",
        "a: [1, 2]\n---\na: 1\n",
        "# c\n---\na: 1\n...\n# d"
      })
  void all_nothingSaysNothing_andTheLaterWins(String text) {
    assertEquals(Map.of("a", 1L), map(text, Documents.ALL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# c", "---", "---\n---\n", "~\n---\n~"})
  void all_ofNothing_isAnEmptyObject(String text) {
    assertEquals(Map.of(), map(text, Documents.ALL));
  }

  @Test
  void anchors_areThoseOfOneDocument() {
    String text = "a: &x {b: 1}\nc: *x\n---\na: {b: 2}\nd: &x 3\ne: *x\n";
    assertEquals(
        Map.of("a", Map.of("b", 2L), "c", Map.of("b", 1L), "d", 3L, "e", 3L),
        map(text, Documents.ALL));
    assertEquals(List.of(NO_ANCHOR), problems("a: &x 1\n---\nb: *x\n", Documents.ALL));
    assertEquals(List.of(NO_ANCHOR), problems("a: &x 1\n---\nb: *x\n", Documents.number(2)));
  }

  @Test
  void mergeKeys_areResolvedBefore() {
    String text = "a: {b: 1, c: 1}\n---\na: {<<: {b: 2, d: 2}, c: 3}\n";
    assertEquals(Map.of("a", Map.of("b", 2L, "c", 3L, "d", 2L)), map(text, Documents.ALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\n---\\nb: 1\\nb: 2 | GIM-006 4:1 the key \"b\" stands twice, first at 3:1",
        "a: 1\\n---\\na: 2\\na: 3 | GIM-006 4:1 the key \"a\" stands twice, first at 3:1",
        "a: 1\\na: 2\\n---\\nb: 1 | GIM-006 2:1 the key \"a\" stands twice, first at 1:1",
        "a: 1\\n---\\n[b] | GIM-007 3:1 the root is a list, expected an object or nothing",
        "[b]\\n---\\na: 1 | GIM-007 1:1 the root is a list, expected an object or nothing",
        "a: 1\\n---\\nb\\n---\\nc: 1 | GIM-007 3:1 the root is a single value, expected an object or nothing",
        "a: 1\\n---\\nb: [ | GIM-004 3:5 unexpected end of the document, expected ',' or ']' of the list that begins at 3:4",
      })
  void all_whatIsWrongInOne_isTold(String text, String problem) {
    assertEquals(List.of(problem), problems(text.replace("\\n", "\n"), Documents.ALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--- |\n \n---\na: 1\n",
        "--- |+\n \n...\na: 1\n",
        "b: 1\n...\n\uFEFFa: 1\n",
        "b: 1\n...\n\uFEFF# c\n%YAML 1.2\n---\na: 1\n",
        "[b]: 1\n---\na: 1\n",
        "? {b: [c]}\n: !y\n---\na: 1\n"
      })
  void number_ofTheSecond_isReadWhateverTheFirstHolds(String text) {
    assertEquals(Map.of("a", 1L), map(text, Documents.number(2)));
  }

  @Test
  void number_ofNoDocument_isAnErrorAtTheEnd() {
    assertEquals(
        List.of("GIM-004 3:1 there is no document 3, the file has 2"),
        problems("a: 1\n---\n", Documents.number(3)));
    assertEquals(
        List.of("GIM-004 0:0 there is no document 2"), problems("\n", Documents.number(2)));
    assertEquals(Map.of(), map("", Documents.number(1)));
  }

  /** What is not read must be YAML still. */
  @Test
  void number_ofAMalformedFile_isAnError() {
    assertEquals(
        List.of(
            "GIM-004 3:6 unexpected end of the document, expected ',' or ']' of the list that begins at 3:4"),
        problems("a: 1\n---\nb: [x", Documents.number(1)));
  }

  @Test
  void only_refusesTheSecond() {
    assertEquals(
        List.of(
            "GIM-004 2:1 a second document begins here, expected one (document=2 reads it,"
                + " document=all merges)"),
        problems("a: 1\n---\n", Documents.ONLY));
  }

  /** Two documents of 2 to the power of 40 shared entries each. */
  @Test
  void all_ofAliasesThatMultiply_endsAtTheLimit() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i <= 40; i++) {
      bomb.append("a%d: &a%d {p: *a%d, q: *a%d}\n".formatted(i, i, i - 1, i - 1));
    }
    List<String> problems = problems(bomb + "---\n" + bomb, Documents.ALL);
    assertEquals(1, problems.size());
    assertEquals("GIM-005", problems.get(0).substring(0, 7), problems.get(0));
  }

  /** Each counts with what it brings, not with all that was merged before. */
  @Test
  void all_ofManyDocuments_costWhatTheyBring() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append("---\na%d: 1\nb: {c%d: %d, d: %d}\n".formatted(i, i, i, i));
    }
    ReadOptions options =
        which(Documents.ALL).withLimits(Limits.DEFAULT.withMaxNodes(5000)); // of 4001 written
    Document all = tester.read(text.toString(), options);
    Map<String, Object> values = Nodes.toMap(all.tree());
    assertEquals(1001, values.size());
    Map<?, ?> b = assertInstanceOf(Map.class, values.get("b"));
    assertEquals(1001, b.size());
    assertEquals(999L, b.get("d"));
    assertEquals("3000:19", FormatTester.place(all, "b.d"));
    assertEquals("3:9", FormatTester.place(all, "b.c0"));
  }

  /** A map that several aliases share is copied for each, which counts. */
  @Test
  void all_overAliasesOfALargeMap_endsAtTheLimit() {
    StringBuilder lower = new StringBuilder("a: &a {");
    for (int i = 0; i < 100; i++) {
      lower.append("k").append(i).append(": 1, ");
    }
    lower.append("}\n");
    StringBuilder upper = new StringBuilder("---\n");
    for (int i = 0; i < 100; i++) {
      lower.append("b%d: *a\n".formatted(i));
      upper.append("b%d: {x: 1}\n".formatted(i));
    }
    ReadOptions options = which(Documents.ALL).withLimits(Limits.DEFAULT.withMaxNodes(5000));
    assertEquals(
        List.of("GIM-005 151:6 more values than maxNodes 5000"),
        tester.problems(lower.toString() + upper, options));
  }

  @Test
  void all_aKeyThatStandsTwiceInALaterOne_isToldStill() {
    assertEquals(
        List.of("GIM-006 6:1 the key \"b\" stands twice, first at 5:1"),
        problems("a: 1\n---\na: 2\n---\nb: 1\nb: 2\n", Documents.ALL));
  }

  /** The documents are one layer, which does not remember what the first of them replaced. */
  @ParameterizedTest
  @ValueSource(strings = {"5", "~"})
  void all_aboveALowerLayer_areOneLayer(String first) throws Exception {
    Source below = Sources.map("below", Map.of("a", Map.of("d", 2)));
    String one = "a: " + first + "\n";
    String two = "a: {c: 1}\n";
    Path file = Files.writeString(folder.resolve("app.yaml"), one + "---\n" + two);
    Source all = Sources.file(file).documents(Documents.ALL);
    try (Config config = Config.builder().source(below).source(all).build()) {
      assertEquals(Map.of("a", Map.of("c", 1L, "d", 2L)), config.asMap());
    }
    Source lower = Sources.string("one", "yaml", one);
    Source upper = Sources.string("two", "yaml", two);
    try (Config layers = Config.builder().source(below).source(lower).source(upper).build()) {
      assertEquals(Map.of("a", Map.of("c", 1L)), layers.asMap());
    }
  }

  @Test
  void documents_areNumberedFromOne() {
    assertThrows(IllegalArgumentException.class, () -> Documents.number(0));
    assertThrows(IllegalArgumentException.class, () -> new Documents(-2));
  }
}
