package dev.gimbal.format;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Trees that properties can express: strings, and objects and lists that are not empty. */
final class RandomTrees {

  private static final String[] PIECES = {
    "a",
    "b",
    "key",
    " ",
    ".",
    "[",
    "]",
    "0",
    "\"",
    "\\",
    "=",
    ":",
    "#",
    "!",
    "\n",
    "\r",
    "\t",
    "\f",
    "\u0000",
    "\u007f",
    "\u0085",
    "\u00e9",
    "\u65e5",
    "\uD83D\uDE00",
    "\uD800",
    "\uFEFF",
    "\u2028",
    "${x}",
    "$",
    "-",
    "_",
    "\\u0041",
    "'"
  };

  private final Random random;

  RandomTrees(long seed) {
    random = new Random(seed);
  }

  ObjectNode object(int depth) {
    Map<String, Node> children = new HashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      children.put(text(), node(depth - 1));
    }
    return ObjectNode.of(children);
  }

  private Node node(int depth) {
    int kind = depth <= 0 ? 0 : random.nextInt(4);
    if (kind == 1) {
      return object(depth);
    }
    if (kind == 2) {
      List<Node> elements = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        elements.add(node(depth - 1));
      }
      return ListNode.of(elements);
    }
    return Scalar.string(text(), Scalar.Template.ALL);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
