package dev.gimbal.format;

import static dev.gimbal.format.Parsing.assertFails;
import static dev.gimbal.format.Parsing.map;
import static dev.gimbal.format.Parsing.place;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeBuilderTest {

  private static TreeBuilder builder() {
    return builder(ReadOptions.DEFAULT);
  }

  private static TreeBuilder builder(ReadOptions options) {
    return new TreeBuilder("file", "app", options);
  }

  private static TreeBuilder expanding() {
    return builder(ReadOptions.DEFAULT.withExpandDottedKeys(true));
  }

  /** {@code {"<key>": <number>}}, one pair after the other, each on its own line. */
  private static TreeBuilder object(TreeBuilder out, Object... keysAndNumbers) {
    out.beginObject(1, 1);
    for (int i = 0; i < keysAndNumbers.length; i += 2) {
      int line = i / 2 + 2;
      out.key((String) keysAndNumbers[i], line, 1);
      out.number(keysAndNumbers[i + 1].toString(), line, 9);
    }
    return out.end();
  }

  @Test
  void finish_nothing_isAnEmptyObject() {
    assertEquals(Map.of(), map(builder().finish()));
    assertEquals(Map.of(), map(builder().nullValue(1, 1).finish()));
  }

  private static Problem.Details details(Executable reading) {
    return assertThrows(ConfigException.class, reading).problems().get(0).details();
  }

  @Test
  void finish_rootThatIsNoObject_hasItsParts() {
    String expected = "an object or nothing";

    assertEquals(
        Problem.Details.of("a list", expected, null),
        details(() -> builder().beginList(2, 3).end().finish()));
    assertEquals(
        Problem.Details.of("a single value", expected, null),
        details(() -> builder().string("x", 4, 5).finish()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "unexpected ',', expected a value | ',' | a value",
        "found a list, expected one, expected of it | a list | one, expected of it",
        "found a dot; expected a key there | a dot | a key there",
        "found a circle | a circle | -",
        "the list is not closed: expected a bracket | - | a bracket",
        "the key is a list, expected a scalar | - | a scalar",
        "nothing stands here | - | -",
      })
  void malformed_hasThePartsOfItsMessage(String message, String found, String expected) {
    Problem.Details parts = Problem.Details.of(found, expected, null);

    assertEquals(parts, builder().malformed(1, 2, message).problems().get(0).details());
    TreeBuilder warned = builder();
    warned.warn(ErrorCode.MALFORMED, 1, 2, message);
    assertEquals(
        List.of(parts), warned.finish().warnings().stream().map(Problem::details).toList());
    assertEquals(
        Problem.Details.NONE,
        builder().error(ErrorCode.LIMIT, 1, 2, message).problems().get(0).details());
  }

  @Test
  void malformed_ofWhatIsNotClosed_saysWhereItBegins() {
    Problem problem =
        builder()
            .in("more")
            .malformed(3, 4, "unexpected 'x', expected ']'", 1, 2)
            .problems()
            .get(0);

    assertEquals(new Origin("file", "more", 3, 4), problem.origin());
    Origin begin = new Origin("file", "more", 1, 2);
    assertEquals(
        new Problem.Details("'x'", "']'", null, List.of(), List.of(), begin, null),
        problem.details());
  }

  @Test
  void finish_rootThatIsNoObject_namesWhatItIs() {
    assertFails(
        "GIM-007 app:2:3 the root is a list, expected an object or nothing",
        () -> builder().beginList(2, 3).end().finish());
    assertFails(
        "GIM-007 app:4:5 the root is a single value, expected an object or nothing",
        () -> builder().string("x", 4, 5).finish());
  }

  @Test
  void values_ofEachKind_keepTheirPlace() {
    TreeBuilder out = builder().beginObject(1, 1);
    out.key("list", 2, 1).beginList(2, 7).nullValue(2, 8).bool(true, 2, 14).end();
    out.key("text", 3, 1).string("x", 3, 7);
    Document document = out.end().finish();
    assertEquals("1:1", place(document, ""));
    assertEquals("2:7", place(document, "list"));
    assertEquals("2:8", place(document, "list[0]"));
    assertEquals("2:14", place(document, "list[1]"));
    assertEquals("3:7", place(document, "text"));
    assertEquals("none", place(document, "other"));
  }

  @Test
  @Tag("D24")
  void number_keepsItsText() {
    Document document = object(builder(), "a", "1.10").finish();
    assertEquals(Scalar.number("1.10"), document.tree().get("a"));
  }

  @Test
  void literal_holdsNoPlaceholder() {
    TreeBuilder out = builder().beginObject(1, 1);
    out.key("a", 1, 1).string("${x}", 1, 5).key("b", 2, 1).literal("${x}", 2, 5);
    Document document = out.end().finish();
    assertEquals(Scalar.string("${x}", Scalar.Template.ALL), document.tree().get("a"));
    assertEquals(Scalar.string("${x}"), document.tree().get("b"));
    assertEquals("2:5", place(document, "b"));
  }

  @Test
  void literalEntry_holdsNoPlaceholder_andTheLastOfTwoWins() {
    TreeBuilder out = builder();
    out.entry("a.b", "${x}", 1, 5);
    out.literalEntry("a.b", "${y}", 2, 5);
    out.entry("c", "${x}", 3, 5);
    Document document = out.finish();
    assertEquals(Map.of("a", Map.of("b", "${y}"), "c", "${x}"), map(document));
    assertFalse(Objects.requireNonNull(document.tree().get("a")).hasTemplates());
    assertTrue(Objects.requireNonNull(document.tree().get("c")).hasTemplates());
    assertEquals(
        List.of("the key \"a.b\" stands twice, first at 1:5; the last one wins"),
        document.warnings().stream().map(Problem::message).toList());
  }

  @Test
  void twice_isToldWithTheOthers() {
    TreeBuilder out = builder().beginObject(1, 1);
    out.twice("a.b", 3, 1, 1, 7);
    out.key("c", 4, 1).bool(true, 4, 5).key("c", 5, 1).bool(true, 5, 5).end();
    assertFails(
        """
        GIM-006 app:3:1 the key "a.b" stands twice, first at 1:7
        GIM-006 app:5:1 the key "c" stands twice, first at 4:1""",
        out::finish);
  }

  @Test
  void number_longerThanTheLimit_isRefused() {
    object(builder(), "a", "1".repeat(1000));
    assertFails(
        "GIM-005 app:2:9 a number of 1001 characters, more than 1000",
        () -> object(builder(), "a", "1".repeat(1001)));
  }

  @Test
  void string_withPlaceholder_isMarkedAsTheOptionsSay() {
    ReadOptions remote = ReadOptions.DEFAULT.withTemplate(Scalar.Template.PATHS);
    TreeBuilder out = builder(remote).beginObject(1, 1).key("a", 1, 2).string("${b}", 1, 5);
    Document document = out.end().finish();
    assertEquals(Scalar.string("${b}", Scalar.Template.PATHS), document.tree().get("a"));
  }

  @Test
  void key_standingTwice_namesBothPlaces() {
    assertFails(
        "GIM-006 app:4:1 the key \"a\" stands twice, first at 2:1",
        () -> object(builder(), "a", 1, "b", 2, "a", 3).finish());
  }

  @Test
  void keys_standingTwice_areToldTogether_beforeWhatEndsTheDocument() {
    TreeBuilder out = object(builder(), "a", 1, "a", 2, "b", 3, "b", 4, "a", 5);
    String twice =
        """
        GIM-006 app:3:1 the key "a" stands twice, first at 2:1
        GIM-006 app:5:1 the key "b" stands twice, first at 4:1
        GIM-006 app:6:1 the key "a" stands twice, first at 2:1""";
    assertFails(twice, out::finish);
    assertFails(
        twice + "\nGIM-004 app:7:2 unexpected x",
        () -> {
          throw out.malformed(7, 2, "unexpected x");
        });
  }

  @Test
  void object_ofManyKeys_hasEach_andFindsWhatStandsTwiceAnywhere() {
    for (int count : new int[] {1, 8, 9, 15, 16, 17, 18, 100}) {
      Map<String, Object> expected = new HashMap<>();
      for (int i = 0; i < count; i++) {
        expected.put("key" + i, (long) i);
      }
      assertEquals(expected, Nodes.toMap(builderOf(count).end().finish().tree()));
      for (int again : new int[] {0, count / 2, count - 1}) {
        TreeBuilder twice = builderOf(count);
        twice.key(new String("key" + again), 500, 3).bool(true, 500, 9).end();
        assertFails(
            "GIM-006 app:500:3 the key \"key"
                + again
                + "\" stands twice, first at "
                + (2 + again)
                + ":1",
            twice::finish);
      }
    }
  }

  private static TreeBuilder builderOf(int count) {
    TreeBuilder out = builder().beginObject(1, 1);
    for (int i = 0; i < count; i++) {
      out.key("key" + i, 2 + i, 1).number(Integer.toString(i), 2 + i, 8);
    }
    return out;
  }

  @Test
  void keys_standingTwice_endTheDocumentWhenThereAreMany() {
    TreeBuilder out = builder().beginObject(1, 1).key("a", 1, 2).bool(true, 1, 5);
    for (int i = 0; i < 99; i++) {
      out.key("a", 2 + i, 1).bool(true, 2 + i, 4);
    }
    ConfigException e = assertThrows(ConfigException.class, () -> out.key("a", 101, 1));
    assertEquals(100, e.problems().size());
  }

  @Test
  void begin_deeperThanTheLimit_namesIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(2));
    builder(options).beginList(1, 1).beginList(1, 2);
    assertFails(
        "GIM-005 app:1:3 nested deeper than maxDepth 2",
        () -> builder(options).beginList(1, 1).beginList(1, 2).beginList(1, 3));
  }

  @Test
  void values_moreThanTheLimit_nameIt() {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(3));
    assertEquals(2, object(builder(options), "a", 1, "b", 2).finish().tree().size());
    assertFails(
        "GIM-005 app:4:9 more values than maxNodes 3",
        () -> object(builder(options), "a", 1, "b", 2, "c", 3));
  }

  @Test
  void calls_outOfOrder_areABugOfTheFormat() {
    assertThrows(IllegalStateException.class, () -> builder().end());
    assertThrows(IllegalStateException.class, () -> builder().key("a", 1, 1));
    TreeBuilder inObject = builder().beginObject(1, 1);
    assertThrows(IllegalStateException.class, () -> inObject.number("1", 1, 1));
    inObject.key("a", 1, 1);
    assertThrows(IllegalStateException.class, () -> inObject.key("b", 1, 1));
    assertThrows(IllegalStateException.class, inObject::end);
  }

  @Test
  void dottedKeys_withoutTheOption_areLiteral() {
    assertEquals(Map.of("a.b", 1L), map(object(builder(), "a.b", 1).finish()));
  }

  @Test
  void dottedKeys_expanded_mergeWithNestedObjects() {
    TreeBuilder out = expanding().beginObject(1, 1);
    out.key("a.b", 2, 1).beginObject(2, 8).key("c.d", 2, 9).number("1", 2, 16).end();
    out.key("a", 3, 1).beginObject(3, 6).key("b", 3, 7).beginObject(3, 12);
    out.key("x", 3, 13).number("2", 3, 18).end().end();
    Document document = out.end().finish();
    Map<String, Object> b = Map.of("c", Map.of("d", 1L), "x", 2L);
    assertEquals(Map.of("a", Map.of("b", b)), map(document));
    assertEquals("2:16", place(document, "a.b.c.d"));
    assertEquals("3:18", place(document, "a.b.x"));
  }

  @Test
  void dottedKeys_expanded_samePathTwice_namesBothPlaces() {
    assertFails(
        "GIM-006 app:3:9 the key \"b\" stands twice, first at 2:9",
        () -> {
          TreeBuilder out = expanding().beginObject(1, 1).key("a.b", 2, 1).number("1", 2, 9);
          out.key("a", 3, 1).beginObject(3, 4).key("b", 3, 5).number("2", 3, 9);
          out.end().end().finish();
        });
  }

  @Test
  void dottedKeys_expanded_sameKeyTwice_isToldOnce() {
    assertFails(
        "GIM-006 app:3:1 the key \"a.b\" stands twice, first at 2:1",
        () -> object(expanding(), "a.b", 1, "a.b", 2).finish());
  }

  @Test
  void dottedKeys_expanded_countThePlacesTheyMake() {
    ReadOptions options =
        ReadOptions.DEFAULT.withExpandDottedKeys(true).withLimits(Limits.DEFAULT.withMaxNodes(6));
    object(builder(options), "a.b.x", 1, "a.b.y", 2, "a.b.z", 3).finish();
    assertFails(
        "GIM-005 app:5:9 more values than maxNodes 6",
        () -> object(builder(options), "a.b.x", 1, "a.b.y", 2, "a.c.z", 3, "d", 4).finish());
  }

  @Test
  void dottedKeys_expanded_scalarBesideObject_isTheEmptyChildInEitherOrder() {
    Document first = object(expanding(), "a", 1, "a.b", 2).finish();
    assertEquals(Map.of("a", Map.of("", 1L, "b", 2L)), map(first));
    assertEquals("2:9", place(first, "a.\"\""));
    assertEquals("3:9", place(first, "a.b"));
    Document second = object(expanding(), "a.b", 2, "a", 1).finish();
    assertEquals(map(first), map(second));
    assertEquals("3:9", place(second, "a.\"\""));
  }

  @Test
  void dottedKeys_expanded_insideListsStayInTheirElement() {
    TreeBuilder out = expanding().beginObject(1, 1).key("l", 1, 2).beginList(1, 5);
    out.beginObject(1, 6).key("x.y", 1, 7).number("1", 1, 13).end();
    out.beginObject(2, 6).key("x.y", 2, 7).nullValue(2, 13).end();
    Document document = out.end().end().finish();
    assertEquals("1:13", place(document, "l[0].x.y"));
    assertEquals("2:13", place(document, "l[1].x.y"));
    assertEquals(2, ((List<?>) map(document).get("l")).size());
    assertEquals(Map.of("x", Map.of("y", 1L)), ((List<?>) map(document).get("l")).get(0));
  }

  @Test
  void dottedKeys_expanded_emptyObjectsStay() {
    TreeBuilder out = expanding().beginObject(1, 1).key("a.b", 1, 2).beginObject(1, 8).end();
    assertEquals(Map.of("a", Map.of("b", Map.of())), map(out.end().finish()));
  }

  @Test
  void dottedKeys_expanded_indexesMakeLists() {
    Document document = object(expanding(), "a[0].b", 1, "a[1]", 2).finish();
    assertEquals(Map.of("a", List.of(Map.of("b", 1L), 2L)), map(document));
  }

  @Test
  void dottedKeys_expanded_countTowardsTheDepth() {
    ReadOptions options =
        ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(3)).withExpandDottedKeys(true);
    object(builder(options), "a.b.c", 1);
    assertFails(
        "GIM-005 app:2:1 nested deeper than maxDepth 3",
        () -> object(builder(options), "a.b.c.d", 1));
    assertFails(
        "GIM-005 app:1:9 nested deeper than maxDepth 3",
        () -> builder(options).beginObject(1, 1).key("a.b.c", 1, 2).beginObject(1, 9));
  }

  @Test
  void nullValue_inObjectAndList_isKept() {
    TreeBuilder out = builder().beginObject(1, 1).key("a", 1, 2).nullValue(1, 5);
    assertEquals(NullNode.NULL, out.end().finish().tree().get("a"));
  }
}
