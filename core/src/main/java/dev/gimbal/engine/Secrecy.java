package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderSpots.Spot;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a snapshot are secret: by the key they have of their own, or because a
 * placeholder put a secret into them. An object is none; its members have keys of their own. The
 * work is linear in what is shown, however placeholders share it. Used by one thread.
 */
final class Secrecy {

  static final Scalar MASK = Scalar.string(SecretKeys.MASK);

  private final PlaceholderSpots spots;

  Secrecy(PublishedSnapshot snapshot) {
    this.spots = new PlaceholderSpots(snapshot);
  }

  /**
   * Whether what a getter reads as text at this path is, or holds, a secret. Where nothing stands,
   * it may be a part of the text above: an element of a list between commas.
   */
  boolean isSecret(ConfigPath path) {
    Spot spot = spots.find(path);
    return spot != null
        ? spots.isSecretText(spot)
        : spots.names(path) || !path.isRoot() && isSecret(path.parent());
  }

  /**
   * What readers see at a path, with {@code ***} in place of its secrets.
   *
   * @param node what is there
   */
  Node mask(ConfigPath path, Node node) {
    return mask(path, node, false);
  }

  private Node mask(ConfigPath path, Node node, boolean secret) {
    Spot spot = spots.find(path);
    return mask(path, node, (spot == null ? new Spot(path, null, true) : spot).or(secret));
  }

  /**
   * @param path that it is read by
   */
  private Node mask(ConfigPath path, Node node, Spot at) {
    Spot spot = spots.through(at);
    if (spot.isUnknown() && !(node instanceof Scalar)) {
      return MASK;
    }
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach(
          (key, child) -> children.put(key, below(path.child(key), child, spot.child(key))));
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      return spot.secret() && !holdsObject(list) ? MASK : elements(path, list, spot);
    }
    return node != NullNode.NULL && spot.secret() ? MASK : node;
  }

  private Node elements(ConfigPath path, ListNode list, Spot spot) {
    List<Node> elements = new ArrayList<>(list.size());
    for (Node element : list.elements()) {
      int i = elements.size();
      elements.add(below(path.child(i), element, spot.child(i)));
    }
    return ListNode.of(elements);
  }

  /** Below a placeholder, what is marked on the way to a place is secret too. */
  private Node below(ConfigPath path, Node node, Spot spot) {
    boolean elsewhere = spots.hasMarks() && !spot.path().equals(path);
    Spot found = elsewhere ? spots.find(path) : null;
    return mask(path, node, spot.or(found != null && found.secret()));
  }

  /** Whether an object stands in a list or in the lists in it: such a list is shown by element. */
  static boolean holdsObject(ListNode list) {
    for (Node element : list.elements()) {
      if (element instanceof ObjectNode
          || element instanceof ListNode inner && holdsObject(inner)) {
        return true;
      }
    }
    return false;
  }

  /** What readers see at a path, in one line: a scalar as its text, else like JSON. */
  String show(ConfigPath path, Node node) {
    return TreeText.of(mask(path, node));
  }

  /**
   * What a placeholder gave, in one line.
   *
   * @param given what readers see at the place it names, or null when its default or the outside
   *     gave the value
   * @param secret whether the value that it was resolved for is secret by its own key
   */
  String show(Placeholders.Step step, @Nullable Node given, boolean secret) {
    ConfigPath target = step.target();
    if (target != null && given != null) {
      return TreeText.of(mask(target, given, secret || step.secret()));
    }
    boolean named = target == null ? SecretKeys.isSecret(step.placeholder()) : spots.names(target);
    return secret || named || step.secret() ? SecretKeys.MASK : Explainer.orUnresolved(step);
  }

  /** A node with its secrets, in one line. */
  static String reveal(Node node) {
    return TreeText.of(node);
  }
}
