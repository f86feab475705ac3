package dev.gimbal.source.store;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the tree of a store's keys key by key, and collects what that is as a patch: the tree
 * after it is the one that all keys would give, read anew. Used by one thread.
 */
final class TreeChange {

  private ObjectNode tree;
  private final Patch.Builder patch = Patch.builder();
  private int count;
  private long bytes;

  TreeChange(ObjectNode before) {
    this.tree = before;
  }

  /** The tree so far. */
  ObjectNode tree() {
    return tree;
  }

  /** How many keys there are more than before, or less. */
  int count() {
    return count;
  }

  /** How many bytes their values have more than before, or less. */
  long bytes() {
    return bytes;
  }

  /** What was changed so far. */
  Patch patch() {
    return patch.build();
  }

  /** Gives a key a value, or takes it away where there is none. */
  void apply(List<String> parts, @Nullable Scalar value) {
    String first = parts.get(0);
    Node was = tree.get(first);
    Node is = changed(was, parts, 1, value);
    tree = is == null ? tree.without(first) : tree.with(first, is);
    say(parts, was, is);
  }

  /** Says the smallest place that holds all that differs. */
  private void say(List<String> parts, @Nullable Node before, @Nullable Node after) {
    ConfigPath path = ConfigPath.of(parts.get(0));
    Node was = before;
    Node is = after;
    for (int i = 1; was instanceof ObjectNode a && is instanceof ObjectNode b; i++) {
      String part = i < parts.size() ? parts.get(i) : "";
      path = path.child(part);
      was = a.get(part);
      is = b.get(part);
    }
    if (is != null && !is.equals(was)) {
      patch.set(path, is);
    } else if (is == null && was != null) {
      patch.remove(path);
    }
  }

  /** The node with the change below it; null when nothing is left of it. */
  private @Nullable Node changed(
      @Nullable Node node, List<String> parts, int i, @Nullable Scalar value) {
    if (i == parts.size()) {
      return own(node, value);
    }
    String part = parts.get(i);
    ObjectNode object = asObject(node);
    Node child = changed(object.get(part), parts, i + 1, value);
    return narrow(child == null ? object.without(part) : object.with(part, child));
  }

  /** The node whose own key has this value. */
  private @Nullable Node own(@Nullable Node node, @Nullable Scalar value) {
    if (node == null || node instanceof Scalar) {
      count(node, value);
      return value;
    }
    ObjectNode object = asObject(node);
    count(object.get(""), value);
    return narrow(value == null ? object.without("") : object.with("", value));
  }

  private void count(@Nullable Node was, @Nullable Scalar is) {
    count += (is == null ? 0 : 1) - (was == null ? 0 : 1);
    bytes += bytes(is) - bytes(was);
  }

  private static int bytes(@Nullable Node value) {
    return value instanceof Scalar text ? text.text().getBytes(StandardCharsets.UTF_8).length : 0;
  }

  /** A node's children by their parts. */
  private static ObjectNode asObject(@Nullable Node node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    ObjectNode object = ObjectNode.EMPTY;
    if (node instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        object = object.with(Integer.toString(i), list.elements().get(i));
      }
    } else if (node != null) {
      object = object.with("", node);
    }
    return object;
  }

  /** What children are together: a list if they are all the indexes from 0, or a single value. */
  private static @Nullable Node narrow(ObjectNode object) {
    if (object.isEmpty()) {
      return null;
    }
    Node own = object.get("");
    if (own != null) {
      return object.size() == 1 ? own : object;
    }
    if (object.get("0") == null) {
      return object;
    }
    List<Node> elements = new ArrayList<>(object.size());
    for (int i = 0; i < object.size(); i++) {
      Node element = object.get(Integer.toString(i));
      if (element == null) {
        return object;
      }
      elements.add(element);
    }
    return ListNode.of(elements);
  }
}
