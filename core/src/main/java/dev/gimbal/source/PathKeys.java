package dev.gimbal.source;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.KeyTree;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.Map;

/** Trees of plain maps whose top-level keys are paths. */
final class PathKeys {

  private PathKeys() {}

  /** The tree of a map: its own keys are paths, keys of maps inside are literal. */
  static ObjectNode tree(Map<String, ?> values) {
    KeyTree tree = new KeyTree();
    values.forEach((key, value) -> tree.put(key(key), Nodes.of(value, Scalar.Template.ALL)));
    return tree.toNode();
  }

  private static ConfigPath key(String key) {
    return key.isEmpty() ? ConfigPath.of("") : ConfigPath.parse(key);
  }
}
