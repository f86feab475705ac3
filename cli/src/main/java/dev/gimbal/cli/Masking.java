package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts {@code ***} where a tree holds a secret: at each secret key, in place of all below it. */
final class Masking {

  private static final Scalar MASK = Scalar.string(SecretKeys.MASK);

  private Masking() {}

  /**
   * A tree fit to be shown.
   *
   * @param path where it stands
   */
  static Node mask(Node node, ConfigPath path) {
    return SecretKeys.isSecret(path) ? MASK : mask(node);
  }

  private static Node mask(Node node) {
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach(
          (key, child) -> children.put(key, SecretKeys.isSecret(key) ? MASK : mask(child)));
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      List<Node> elements = new ArrayList<>(list.size());
      for (Node element : list.elements()) {
        elements.add(mask(element));
      }
      return ListNode.of(elements);
    }
    return node;
  }
}
