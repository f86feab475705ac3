package dev.gimbal.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriteTest {

  private final YamlFormat format = new YamlFormat();

  private String write(Object tree) {
    return format.write(Nodes.of(tree, Scalar.Template.NONE));
  }

  @Test
  void write_blocksWithSortedKeys() {
    Map<String, Object> tree =
        Map.of(
            "server", Map.of("port", 8080, "hosts", List.of("a", Map.of("n", 1, "o", 2))),
            "nested", List.of(List.of(1, List.of(2)), Map.of("k", List.of(3))),
            "empty", Map.of("list", List.of(), "object", Map.of()),
            "nulls", Arrays.asList(null, true));
    assertEquals(
        """
        empty:
          list: []
          object: {}
        nested:
          - - 1
            - - 2
          - k:
              - 3
        nulls:
          - null
          - true
        server:
          hosts:
            - a
            - "n": 1
              o: 2
          port: 8080
        """,
        write(tree));
  }

  @Test
  void write_rootThatIsNoObject() {
    assertEquals("x\n", write("x"));
    assertEquals("\"1\"\n", write("1"));
    assertEquals("1.10\n", format.write(Scalar.number("1.10")));
    assertEquals("null\n", format.write(NullNode.NULL));
    assertEquals("{}\n", format.write(ObjectNode.EMPTY));
    assertEquals("[]\n", format.write(ListNode.EMPTY));
    assertEquals("- a\n", write(List.of("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "1.2.3",
        "a:b",
        "a#b",
        "http://x/y?z=1&w",
        "-x",
        "?x",
        ":x",
        "$x",
        "${a}",
        "a, b",
        "a [b] {c}",
        "it's",
        "say \"x\"",
        "/etc",
        "a\\b",
        "caf\u00e9",
        "\uD83D\uDE00",
        "_",
        "a-",
        "50%",
        "x@y",
        "127.0.0.1",
        "127.0.0.1:8080",
        "1.2.3-rc.1",
        "2014-11-12 or later",
        "yesterday",
        "10s",
        "0day"
      })
  void write_stringThatIsReadAsItself_staysPlain(String text) {
    assertEquals("a: " + text + "\n", write(Map.of("a", text)));
    assertEquals(Scalar.string(text, Scalar.Template.ALL), Parsing.a("a: " + text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "~", "null", "Null", "true", "FALSE", "1", "-1", "+1", "1.5", ".5", "1.", "0x1F",
            "0o17",
        "0644", "1e3", " x", "x ", "a: b", "a:", "a #b", "#a", "- a", "-", "? a", ": a", ":", "?",
        "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "'a'", "[a", "]a", "{a", "}a", ",a"
      })
  void write_stringThatWouldBeReadOtherwise_isQuoted(String text) {
    assertEquals("a: \"" + text + "\"\n", write(Map.of("a", text)));
    assertEquals(Scalar.string(text), Parsing.a(write(Map.of("a", text))));
  }

  /** What YAML 1.1 reads as a boolean, a number, a date, a merge or a default. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "tRUE",
        "nULL",
        "2014-11-12",
        "2001-1-1",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43.10 -5",
        "1:30",
        "190:20:30.15",
        "-1:30",
        "10:30",
        "1_000",
        "1,000",
        "1_000.5",
        "1.5e3_0",
        "._5",
        "0b1010",
        "-0b1",
        "0X1f",
        "-0x1F",
        "0x_1",
        "0o17",
        "+0o17",
        "0644",
        "0899",
        "00",
        ".inf",
        "-.INF",
        "+.Inf",
        ".nan",
        ".NaN",
        "=",
        "<<",
        "8080:80"
      })
  void write_stringThatYaml11ReadsOtherwise_isQuotedAsValueAndAsKey(String text) {
    assertEquals("a: \"" + text + "\"\n", write(Map.of("a", text)));
    assertEquals("\"" + text + "\": 1\n", write(Map.of(text, 1)));
    assertEquals(Scalar.string(text), Parsing.a(write(Map.of("a", text))));
  }

  @Test
  void write_charactersThatNeedIt_areEscaped() {
    assertEquals(
        "a: \"\\\\ \\\" \\n\\r\\t\\u0001\\u0085\\u2028\\ufeff\u00e9\uD83D\uDE00\\ud800\"\n",
        write(Map.of("a", "\\ \" \n\r\t\u0001\u0085\u2028\uFEFF\u00e9\uD83D\uDE00\uD800")));
  }

  @Test
  void write_keysThatWouldBeReadOtherwise_areQuoted() {
    Map<String, Object> tree = Map.of("1", 1, "true", 1, "<<", 1, "a b", 1, "a: b", 1, "", 1);
    assertEquals(
        """
        "": 1
        "1": 1
        "<<": 1
        a b: 1
        "a: b": 1
        "true": 1
        """,
        write(tree));
  }

  @Test
  void write_keyLongerThanASimpleKey_readsBackEqual() {
    String key = "k".repeat(5000);
    Node tree =
        Nodes.of(
            Map.of("a", List.of(Map.of(key, Map.of("x", 1), key + "2", List.of(2), key + "3", 3))),
            Scalar.Template.NONE);
    assertEquals(tree, Parsing.parse(format.write(tree)).tree());
  }
}
