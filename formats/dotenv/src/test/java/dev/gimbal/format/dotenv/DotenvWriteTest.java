package dev.gimbal.format.dotenv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotenvWriteTest {

  private static String write(Node tree) {
    return new DotenvFormat().write(tree);
  }

  private static Node tree(Map<String, Object> tree) {
    return Nodes.of(tree, Scalar.Template.ALL);
  }

  private static List<String> problems(Node tree) {
    ConfigException e = assertThrows(ConfigException.class, () -> write(tree));
    return e.problems().stream()
        .map(p -> p.code().id() + " " + p.path() + ": " + p.message())
        .toList();
  }

  @Test
  void write_pathsInOrder_quotedWhereTheyMustBe() {
    assertEquals(
        """
        ""=true
        "A B"=1
        DB_URL=jdbc:x://h:1/d
        "a.b"=1.50
        db.hosts[0]=a
        db.hosts[1]."é"=b
        "x\\"\\\\"=
        """,
        write(
            tree(
                Map.of(
                    "",
                    true,
                    "DB_URL",
                    "jdbc:x://h:1/d",
                    "db",
                    Map.of("hosts", List.of("a", Map.of("\u00e9", "b"))),
                    "a.b",
                    new BigDecimal("1.50"),
                    "A B",
                    1,
                    "x\"\\",
                    ""))));
  }

  @Test
  void write_value_isQuotedWhereItMustBe() {
    assertEquals(
        """
        a=x-1_2/3.4:5@6%7+8,9
        b='two words'
        c='say "hi" # \\n'
        d="it's"
        e="x\\\\"
        f='one
        two'
        g="a\\r\\n\\tb'\\"\\\\"
        h="${x} ${y:--1} $${z}"
        """,
        write(
            tree(
                Map.of(
                    "a", "x-1_2/3.4:5@6%7+8,9",
                    "b", "two words",
                    "c", "say \"hi\" # \\n",
                    "d", "it's",
                    "e", "x\\",
                    "f", "one\ntwo",
                    "g", "a\r\n\tb'\"\\",
                    "h", "${x} ${y:-1} $${z}"))));
  }

  @Test
  void write_literalDollars_stayLiteral() {
    Map<String, Object> tree = Map.of("a", "${x}", "b", "'${x}'");
    assertEquals("a='${x}'\nb=\"'\\${x}'\"\n", write(Nodes.of(tree, Scalar.Template.NONE)));
  }

  @Test
  void write_whatHasNoForm_namesEachPath() {
    Map<String, Object> tree =
        Map.of(
            "a", Map.of(),
            "b", List.of(),
            "c", Arrays.asList("x", null),
            "d\n", "x",
            "e", "\uD800");
    assertEquals(
        List.of(
            "GIM-019 a: dotenv cannot express an empty object",
            "GIM-019 b: dotenv cannot express an empty list",
            "GIM-019 c[1]: dotenv cannot express null",
            "GIM-019 d\n: dotenv cannot express a line break in a key",
            "GIM-019 e: dotenv cannot express half of a surrogate pair"),
        problems(tree(tree)));
    assertEquals(
        List.of("GIM-019 : dotenv cannot express a root that is no object"),
        problems(ListNode.EMPTY));
    assertEquals("", write(ObjectNode.EMPTY));
  }
}
