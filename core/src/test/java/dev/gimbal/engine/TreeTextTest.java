package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTextTest {

  @Test
  void textsInsideAList_areQuotedLikeJson() {
    Map<String, String> cases =
        Map.of(
            "a b", "[\"a b\"]",
            "\"\\", "[\"\\\"\\\\\"]",
            "\n\r\t", "[\"\\n\\r\\t\"]",
            "\u0000\u000f", "[\"\\u0000\\u000f\"]",
            "\u0010\u001f", "[\"\\u0010\\u001f\"]",
            "\u007f\u00e9", "[\"\u007f\u00e9\"]");
    cases.forEach(
        (text, shown) ->
            assertEquals(shown, TreeText.of(ListNode.of(List.of(Scalar.string(text))))));
    assertEquals(6, cases.size());
  }
}
