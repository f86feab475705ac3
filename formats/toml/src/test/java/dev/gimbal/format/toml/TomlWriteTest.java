package dev.gimbal.format.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TomlWriteTest {

  private final TomlFormat format = new TomlFormat();

  private String rewritten(String toml) {
    return format.write(new FormatTester(format).read(toml).tree());
  }

  private void assertStays(String toml) {
    assertEquals(toml, rewritten(toml));
  }

  @Test
  void write_valuesFirst_thenTablesUnderHeaders_sorted() {
    assertEquals(
        """
        z = 1

        [a]
        y = "x"

        [a.b.c]
        d = true

        [e]

        [[f]]
        g = 1.10

        [f.h]
        i = 2

        [[f]]
        """,
        rewritten("f=[{h={i=2},g=1.10},{}]\na={b={c={d=true}},y='x'}\ne={}\nz=1"));
  }

  @Test
  void write_listOfOtherThings_isAnArray() {
    assertStays("a = []\nb = [1, \"x\", { c = 1, d = { e = [] } }, {}, [[2]]]\n");
  }

  @Test
  void write_longList_hasALineForEachElement() {
    String word = "\"" + "x".repeat(60) + "\"";
    assertStays("a = [\n  " + word + ",\n  [" + word + ", 1],\n]\n");
  }

  @Test
  void write_key_isQuotedWhereItMustBe() {
    assertStays(
        """
        "" = 1
        "a b" = 1
        a-b_C1 = 1
        'a\\b' = 1
        "é" = 1

        ["x.y".z]
        """);
  }

  @Test
  void write_string_isEasyToRead() {
    assertStays(
        """
        a = "é \\"x\\" \\t\\u0000\\u007F"
        b = 'C:\\dir'
        c = ""\"
        one "two" "\\"\\"
        \tthree\\\\
        last""\"
        d = ["x\\ny"]
        e = "it's \\\\"
        """);
  }

  @Test
  void write_whatTomlCannotExpress_namesEachPath() {
    Node tree =
        ObjectNode.of(
            Map.of(
                "a", NullNode.NULL,
                "b", ListNode.of(List.of(Scalar.number("1"), NullNode.NULL)),
                "c", ObjectNode.of(Map.of("d", Scalar.string("x\uD800"))),
                "e", Scalar.number("9223372036854775808"),
                "\uDC00", Scalar.bool(true)));
    ConfigException e = assertThrows(ConfigException.class, () -> format.write(tree));
    assertEquals(
        List.of(
            "GIM-019 a toml cannot express null",
            "GIM-019 b[1] toml cannot express null",
            "GIM-019 e toml cannot express an integer of more than 64 bits",
            "GIM-019 \uDC00 toml cannot express half of a surrogate pair",
            "GIM-019 c.d toml cannot express half of a surrogate pair"),
        e.problems().stream()
            .map(p -> p.code().id() + " " + p.path() + " " + p.message())
            .toList());
  }

  @Test
  void write_rootThatIsNoObject_isRefused() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> format.write(Nodes.of(1, Scalar.Template.NONE)));
    assertEquals("toml expresses an object only at the root", e.problems().get(0).message());
  }
}
