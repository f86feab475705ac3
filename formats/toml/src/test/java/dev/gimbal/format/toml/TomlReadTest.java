package dev.gimbal.format.toml;

import static dev.gimbal.testing.FormatTester.place;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlReadTest {

  private final FormatTester toml = new FormatTester(new TomlFormat());

  @Test
  void format_isFoundAsAService() {
    assertTrue(
        ServiceLoader.load(Format.class).stream().anyMatch(p -> p.type() == TomlFormat.class));
  }

  @Test
  void read_eachValue_hasItsOwnPlace() {
    Document document =
        toml.read(
            """
            a = 1
            "\uD83D\uDE00" = [ true, {x.y = 'z'},
              2]
            b.c = \"""
            text\"""
            [t]
            d = 07:32
            [u.v]
            [[w]]
            [[w]]
              e=2.5
            """);
    assertEquals("1:1", place(document, ""));
    assertEquals("1:5", place(document, "a"));
    assertEquals("2:7", place(document, "\uD83D\uDE00"));
    assertEquals("2:9", place(document, "\uD83D\uDE00[0]"));
    assertEquals("2:15", place(document, "\uD83D\uDE00[1]"));
    assertEquals("2:16", place(document, "\uD83D\uDE00[1].x"));
    assertEquals("2:22", place(document, "\uD83D\uDE00[1].x.y"));
    assertEquals("3:3", place(document, "\uD83D\uDE00[2]"));
    assertEquals("4:1", place(document, "b"));
    assertEquals("4:7", place(document, "b.c"));
    assertEquals("6:2", place(document, "t"));
    assertEquals("7:5", place(document, "t.d"));
    assertEquals("8:2", place(document, "u"));
    assertEquals("8:4", place(document, "u.v"));
    assertEquals("9:3", place(document, "w"));
    assertEquals("9:3", place(document, "w[0]"));
    assertEquals("10:3", place(document, "w[1]"));
    assertEquals("11:5", place(document, "w[1].e"));
  }

  @Test
  void read_superTable_standsWhereItsOwnHeaderIs() {
    Document document = toml.read("[a.b]\n[a]\n");
    assertEquals("2:2", place(document, "a"));
    assertEquals("1:4", place(document, "a.b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1.10", "9007199254740993", "1e5", "1E+400", "-2.50e-07"})
  void read_number_keepsItsText(String number) {
    assertEquals(Scalar.number(number), toml.read("a = " + number).tree().get("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"${x}\"", "'${x}'", "\"\"\"${x}\"\"\"", "'''${x}'''", "\"\\u0024{x}\""})
  void read_string_mayHoldPlaceholders(String string) {
    assertEquals(
        Scalar.string("${x}", Scalar.Template.ALL), toml.read("a = " + string).tree().get("a"));
  }

  @Test
  void read_keysStandingTwice_areToldTogether_andTheMistakeAfterThem() {
    assertEquals(
        List.of(
            "GIM-006 2:1 the key \"a\" stands twice, first at 1:1",
            "GIM-006 5:4 the key \"b.c\" stands twice, first at 3:4",
            "GIM-006 9:3 the key \"d.e\" stands twice, first at 8:3",
            "GIM-004 10:5 unexpected '?', expected a value"),
        toml.problems("a=1\na=2\n[b.c]\nx=1\n[b.c]\nx=2\n[b]\nd.e=1\nd.e=2\nf = ?"));
  }

  @Test
  void read_error_neverShowsAValue() {
    assertEquals(
        List.of("GIM-004 1:12 unexpected 'h', expected a value (strings need quotes)"),
        toml.problems("password = hunter2"));
  }

  @Test
  void read_dottedKeys_areSplitWhereAsked() {
    String text = "\"a.b\".\"c.d\" = 1\na.b.x = 2";
    assertEquals(
        Map.of("a.b", Map.of("c.d", 1L), "a", Map.of("b", Map.of("x", 2L))), toml.map(text));
    Document expanded = toml.read(text, ReadOptions.DEFAULT.withExpandDottedKeys(true));
    assertEquals("1:15", place(expanded, "a.b.c.d"));
    assertEquals("2:9", place(expanded, "a.b.x"));
  }

  @Test
  void read_moreValuesThanTheLimit_namesTheFirst() {
    assertEquals(
        List.of("GIM-005 2:9 more values than maxNodes 4"),
        toml.problems(
            "a = 1\nb = [2, 3]", ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxNodes(4))));
  }

  @Test
  void read_everyWayToNest_isCounted() {
    ReadOptions three = ReadOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxDepth(3));
    for (String text : List.of("a.b.c=1", "[a.b]\nc=1", "[[a]]\nb=1", "a={b={}}", "a=[{}]")) {
      assertEquals(List.of(), toml.problems(text, three), text);
    }
    assertEquals(
        List.of("GIM-005 1:5 nested deeper than maxDepth 3"), toml.problems("a.b.c.d=1", three));
    assertEquals(
        List.of("GIM-005 1:6 nested deeper than maxDepth 3"), toml.problems("[a.b.c]", three));
    assertEquals(
        List.of("GIM-005 2:4 nested deeper than maxDepth 3"), toml.problems("[[a]]\n[a.b]", three));
    assertEquals(
        List.of("GIM-005 1:5 nested deeper than maxDepth 3"), toml.problems("[[a.b]]", three));
    assertEquals(
        List.of("GIM-005 1:9 nested deeper than maxDepth 3"), toml.problems("a={b={c={}}}", three));
    assertEquals(
        List.of("GIM-005 1:5 nested deeper than maxDepth 3"), toml.problems("a=[[[]]]", three));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_depthBomb_namesTheLimit() {
    int deep = 100_000;
    String limit = "nested deeper than maxDepth 256";
    for (String text :
        List.of(
            "a=" + "[".repeat(deep),
            "a=" + "{a=".repeat(deep),
            "a.".repeat(deep) + "a=1",
            "[" + "a.".repeat(deep) + "a]",
            "[[" + "a.".repeat(deep) + "a]]",
            "a=" + "[{a=".repeat(deep))) {
      List<String> problems = toml.problems(text);
      assertEquals(1, problems.size());
      assertTrue(problems.get(0).startsWith("GIM-005 1:"), problems.get(0));
      assertTrue(problems.get(0).endsWith(limit), problems.get(0));
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void read_numberOfAMillionDigits_isRefused() {
    String digits = "1".repeat(1_000_000);
    assertEquals(
        List.of("GIM-004 1:3 the integer is out of range, expected one of 64 bits"),
        toml.problems("a=" + digits));
    assertEquals(
        List.of("GIM-004 1:3 the integer is out of range, expected one of 64 bits"),
        toml.problems("a=0x" + digits));
    assertEquals(
        List.of("GIM-005 1:3 a number of 1000002 characters, more than 1000"),
        toml.problems("a=0." + digits));
  }
}
