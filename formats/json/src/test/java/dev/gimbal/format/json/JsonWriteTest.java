package dev.gimbal.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriteTest {

  private static final Node TREE =
      ObjectNode.of(
          Map.of(
              "b", ListNode.of(List.of(Scalar.number("1.10"), ObjectNode.EMPTY, NullNode.NULL)),
              "a", ObjectNode.of(Map.of("x", Scalar.bool(true))),
              "c", ListNode.EMPTY));

  private final JsonFormat format = new JsonFormat();

  @Test
  void write_indentsAndSortsAndEndsTheLine() {
    assertEquals(
        """
        {
          "a": {
            "x": true
          },
          "b": [
            1.10,
            {},
            null
          ],
          "c": []
        }
        """,
        format.write(TREE));
  }

  @Test
  void writeCompact_isOneLine() {
    assertEquals("{\"a\":{\"x\":true},\"b\":[1.10,{},null],\"c\":[]}", format.writeCompact(TREE));
  }

  @Test
  void write_scalarRoot_isThatScalar() {
    assertEquals("\"x\"\n", format.write(Scalar.string("x")));
    assertEquals("null", format.writeCompact(NullNode.NULL));
  }

  @Test
  void write_string_escapesOnlyWhatItMust() {
    assertEquals(
        "\"/ \\\" \\\\ \\n\\r\\t\\b\\f \\u0001 \u007f \u00e9 \u2028 \uD83D\uDE00 \\ud800\"",
        format.writeCompact(
            Scalar.string("/ \" \\ \n\r\t\b\f \u0001 \u007f \u00e9 \u2028 \uD83D\uDE00 \uD800")));
  }
}
