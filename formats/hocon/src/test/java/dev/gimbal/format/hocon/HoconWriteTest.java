package dev.gimbal.format.hocon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoconWriteTest {

  private final HoconFormat format = new HoconFormat();

  @Test
  void write_indentsAndSortsAndEndsTheLine() {
    ObjectNode x = ObjectNode.of(Map.of("x", Scalar.bool(true)));
    ObjectNode tree =
        ObjectNode.of(
            Map.of(
                "b",
                ListNode.of(List.of(Scalar.number("1.10"), x, ListNode.EMPTY, NullNode.NULL)),
                "a",
                x,
                "a.b",
                Scalar.string("\"\u00e9\n"),
                "c",
                ObjectNode.EMPTY));
    assertEquals(
        """
        a {
          x = true
        }
        "a.b" = "\\"\u00e9\\n"
        b = [
          1.10
          {
            x = true
          }
          []
          null
        ]
        c {}
        """,
        format.write(tree));
    assertEquals("", format.write(ObjectNode.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "1", "-a", "include", "a.b", "\"", "${x}", "#", "\u00e9", "a+"})
  void write_keyThatIsNoWord_isQuoted(String key) {
    ObjectNode tree = ObjectNode.of(Map.of(key, Scalar.string("${x}", Scalar.Template.ALL)));
    String text = format.write(tree);
    assertEquals('"', text.charAt(0));
    assertEquals(tree, new FormatTester(format).read(text).tree());
  }

  @Test
  void write_rootThatIsNoObject_isRefused() {
    for (var root : List.of(ListNode.EMPTY, Scalar.string("x"), NullNode.NULL)) {
      ConfigException e = assertThrows(ConfigException.class, () -> format.write(root));
      assertEquals("GIM-019", e.problems().get(0).code().id());
      assertEquals("HOCON expresses an object only at the root", e.problems().get(0).message());
    }
  }
}
