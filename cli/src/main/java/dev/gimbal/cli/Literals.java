package dev.gimbal.cli;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Texts that stand for themselves though they look like placeholders, as formats write them that
 * cannot mark such texts: with another dollar sign. {@code docs/spec/placeholders.md} has the rule.
 */
final class Literals {

  private Literals() {}

  /** A tree in which each string is a template that resolves to what the string stands for. */
  static Node escape(Node tree) {
    return map(tree, Literals::escaped);
  }

  /** A tree in which each string stands for its text. */
  static Node unresolved(Node tree) {
    return map(
        tree,
        scalar -> scalar.hasTemplates() ? marked(scalar, Scalar.string(scalar.text())) : scalar);
  }

  private static Node map(Node node, UnaryOperator<Scalar> of) {
    if (node instanceof Scalar scalar) {
      return of.apply(scalar);
    }
    if (node instanceof ListNode list) {
      return ListNode.of(list.elements().stream().map(element -> map(element, of)).toList());
    }
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new LinkedHashMap<>();
      object.forEach((key, child) -> children.put(key, map(child, of)));
      return ObjectNode.of(children);
    }
    return node;
  }

  private static Scalar escaped(Scalar scalar) {
    return scalar.kind() == Scalar.Kind.STRING && !scalar.hasTemplates()
        ? marked(scalar, Scalar.string(escaped(scalar.text()), Scalar.Template.ALL))
        : scalar;
  }

  /** What is made of a secret is one. */
  private static Scalar marked(Scalar was, Scalar made) {
    return was.isSecret() ? made.asSecret() : made;
  }

  /** A dollar sign before each placeholder that stands in no other. */
  private static String escaped(String text) {
    if (!text.contains("${")) {
      return text;
    }
    int[] closes = closes(text);
    StringBuilder escaped = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = at + 1;
      if (text.startsWith("${", at)) {
        escaped.append('$');
        end = Math.max(at + 2, closes[at + 1] + 1);
      }
      escaped.append(text, at, end);
      at = end;
    }
    return escaped.toString();
  }

  /** Where the brace that opens at an index closes, or 0: braces are paired, whatever they are. */
  private static int[] closes(String text) {
    int[] closes = new int[text.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        open.push(i);
      } else if (text.charAt(i) == '}' && !open.isEmpty()) {
        closes[open.pop()] = i;
      }
    }
    return closes;
  }
}
