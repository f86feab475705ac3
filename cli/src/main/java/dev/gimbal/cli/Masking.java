package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.Snapshot;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts {@code ***} where a tree holds a secret: at each secret key, in place of all below it, and
 * at each scalar that has a secret from a placeholder.
 */
final class Masking {

  private static final Scalar MASK = Scalar.string(SecretKeys.MASK);

  private final Snapshot snapshot;

  /**
   * @param snapshot what the trees are from
   */
  Masking(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * A tree fit to be shown.
   *
   * @param path where it stands in the snapshot
   */
  Node mask(Node node, ConfigPath path) {
    return SecretKeys.isSecret(path) ? MASK : visible(node, path);
  }

  private Node visible(Node node, ConfigPath path) {
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach(
          (key, child) ->
              children.put(key, SecretKeys.isSecret(key) ? MASK : visible(child, path.child(key))));
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      List<Node> elements = new ArrayList<>(list.size());
      for (Node element : list.elements()) {
        elements.add(visible(element, path.child(elements.size())));
      }
      return ListNode.of(elements);
    }
    return node instanceof Scalar && holdsSecret(path) ? MASK : node;
  }

  /** Whether a placeholder put a secret there: an explanation masks such a value. */
  private boolean holdsSecret(ConfigPath path) {
    return SecretKeys.MASK.equals(snapshot.explain(path.toString()).value().orElse(""));
  }
}
