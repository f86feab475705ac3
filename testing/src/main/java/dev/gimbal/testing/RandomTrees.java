package dev.gimbal.testing;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trees of every kind of node, with the texts that formats find hard to write; documents that are
 * nearly right. One seed always gives the same. Used by one thread.
 *
 * @since 0.1.0
 */
public final class RandomTrees {

  private static final String[] PIECES = {
    "a",
    "b",
    "key",
    " ",
    ".",
    "[",
    "]",
    "{",
    "}",
    "0",
    "1",
    "\"",
    "'",
    "\\",
    "=",
    ":",
    ": ",
    "#",
    " #",
    "!",
    "?",
    "-",
    "- ",
    "*",
    "&",
    "%",
    "@",
    "`",
    "|",
    ">",
    "~",
    "<<",
    "\n",
    "\r",
    "\t",
    "\f",
    "\b",
    "\u0000",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u00e9",
    "\u65e5",
    "\uD83D\uDE00",
    "\uD800",
    "\uDC00",
    "\uFEFF",
    "\uFFFE",
    "\uFFFF",
    "\u2028",
    "${x}",
    ",",
    "/",
    "_",
    "+",
    "e",
    "null",
    "true",
    "yes",
    "---",
    "...",
    "0x1F",
    "1e3",
    ".5",
    ".inf"
  };
  private static final String[] NUMBERS = {
    "0", "-0", "1", "-17", "1.10", "9007199254740993", "1e5", "1E+400", "-2.5e-3", "0.0"
  };

  private final Random random;

  public RandomTrees(long seed) {
    random = new Random(seed);
  }

  /** An object that nests at most so deep; 0 to 4 members of any kind, nulls included. */
  public ObjectNode object(int depth) {
    Map<String, Node> children = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      children.put(text(), node(depth - 1));
    }
    return ObjectNode.of(children);
  }

  /** A node of any kind that nests at most so deep. */
  public Node node(int depth) {
    return switch (depth <= 0 ? random.nextInt(5) : random.nextInt(9)) {
      case 0 -> NullNode.NULL;
      case 1 -> Scalar.bool(random.nextBoolean());
      case 2 -> Scalar.number(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3, 4 -> Scalar.string(text(), Scalar.Template.ALL);
      case 5, 6 -> list(depth);
      default -> object(depth);
    };
  }

  private ListNode list(int depth) {
    List<Node> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(node(depth - 1));
    }
    return ListNode.of(elements);
  }

  /** 0 to 3 pieces of text that mean something in one format or another. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** The text with some of its characters replaced, removed or doubled. */
  public String mutated(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(4) + 1; i > 0 && changed.length() > 0; i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> changed.setCharAt(at, (char) random.nextInt(128));
        default -> changed.setLength(at);
      }
    }
    return changed.toString();
  }
}
