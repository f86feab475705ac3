package dev.gimbal.format.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HclWriteTest {

  private final HclFormat format = new HclFormat();

  private static String problems(Node tree) {
    ConfigException e = assertThrows(ConfigException.class, () -> new HclFormat().write(tree));
    return String.join(
        "\n",
        e.problems().stream()
            .map(p -> p.code().id() + " " + p.path() + ": " + p.message())
            .toList());
  }

  @Test
  @Tag("D60")
  void write_attributesAndObjectValues_sorted() {
    Node list = ListNode.of(List.of(Scalar.number("1.10"), ObjectNode.EMPTY, NullNode.NULL));
    Node object =
        ObjectNode.of(
            Map.of(
                "x y", Scalar.bool(true), "list", list, "for", Scalar.number("1"), "null", list));
    assertEquals(
        """
        "a b" = []
        for = -5
        o = {
          "for" = 1
          list = [
            1.10,
            {},
            null,
          ]
          "null" = [
            1.10,
            {},
            null,
          ]
          "x y" = true
        }
        \u00e9-1 = "x"
        """,
        format.write(
            ObjectNode.of(
                Map.of(
                    "o",
                    object,
                    "a b",
                    ListNode.EMPTY,
                    "for",
                    Scalar.number("-5"),
                    "\u00e9-1",
                    Scalar.string("x")))));
  }

  @Test
  void write_emptyObject_isAnEmptyDocument() {
    assertEquals("", format.write(ObjectNode.EMPTY));
  }

  @Test
  void write_string_escapesWhatItMust() {
    assertEquals(
        "a = \"\\\" \\\\ \\n\\r\\t \\u0000 \\u007f \u00e9 \uD83D\uDE00 $${x} %%{y} $ % {\"\n",
        format.write(
            ObjectNode.of(
                Map.of(
                    "a",
                    Scalar.string(
                        "\" \\ \n\r\t \u0000 \u007f \u00e9 \uD83D\uDE00 ${x} %{y} $ % {")))));
  }

  @Test
  void write_whatHclCannotExpress_namesEachPath() {
    assertEquals(
        """
        GIM-019 a: hcl cannot express placeholders: their text reads back as plain text
        GIM-019 b[0]: hcl cannot express half of a surrogate pair""",
        problems(
            ObjectNode.of(
                Map.of(
                    "a",
                    Scalar.string("${x}", Scalar.Template.PATHS),
                    "b",
                    ListNode.of(List.of(Scalar.string("\uD83D")))))));
    assertEquals(
        "GIM-019 : hcl cannot express a root that is no object", problems(Scalar.string("x")));
  }

  /** Every mix of the characters that begin template sequences and escapes. */
  @Test
  void write_signsOfTemplates_readBackEqual() {
    FormatTester tester = new FormatTester(format);
    String[] pieces = {
      "$", "%", "{", "}", "\\", "\"", "~", "$${", "${a}", "%{if b}", "u007b", "\n"
    };
    Random random = new Random(11);
    int cases = 0;
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      ObjectNode tree =
          ObjectNode.of(
              Map.of(
                  text.toString(),
                  ObjectNode.of(Map.of(text.toString(), Scalar.string(text.toString())))));
      assertEquals(tree, tester.read(format.write(tree)).tree(), text.toString());
      cases++;
    }
    assertEquals(5000, cases);
  }
}
