package dev.gimbal.source;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.KeyTree;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Map;

/** Trees of plain maps whose top-level keys are paths. */
final class PathKeys {

  private PathKeys() {}

  /**
   * The tree of a map: its own keys are paths, keys of maps inside are literal.
   *
   * @throws IllegalArgumentException when two keys give the same path a value
   */
  static ObjectNode tree(Map<String, ?> values) {
    KeyTree tree = new KeyTree();
    values.forEach((key, value) -> put(tree, key(key), Nodes.of(value, Scalar.Template.ALL)));
    return tree.toNode();
  }

  private static void put(KeyTree tree, ConfigPath path, Node value) {
    if (value instanceof ObjectNode object && !object.isEmpty()) {
      object.forEach((key, child) -> put(tree, path.resolve(ConfigPath.of(key)), child));
      return;
    }
    if (tree.holds(path)) {
      throw new IllegalArgumentException("keys: \"" + path + "\" twice (expected: once)");
    }
    tree.put(path, value);
  }

  private static ConfigPath key(String key) {
    return key.isEmpty() ? ConfigPath.of("") : ConfigPath.parse(key);
  }
}
