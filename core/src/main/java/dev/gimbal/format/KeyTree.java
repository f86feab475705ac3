package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.HashMap;

/**
 * Collects values by path and builds the tree at once: for environment and arguments, whose keys
 * are paths. Where both {@code a=1} and {@code a.b=2} stand, the scalar becomes the child {@code
 * ""} of the object. Indexes that are dense from 0 make a list, others the keys of an object. A
 * later value for the same path replaces an earlier one. Used by one thread.
 *
 * @since 0.1.0
 */
public final class KeyTree {

  private final KeyPlace root = new KeyPlace(new HashMap<>());

  private final int maxDepth;

  /** An empty tree with the default limits. */
  public KeyTree() {
    this(Limits.DEFAULT);
  }

  /** An empty tree. Of the limits, {@code maxDepth} counts. */
  public KeyTree(Limits limits) {
    this.maxDepth = limits.maxDepth();
  }

  /** Whether a value was put at exactly this path. */
  public boolean holds(ConfigPath path) {
    KeyPlace place = root.find(path);
    return place != null && place.value != null;
  }

  /**
   * Sets the value of a path.
   *
   * @throws ConfigException GIM-005 when the path has more segments than maxDepth
   */
  public void put(ConfigPath path, Node value) {
    if (path.size() > maxDepth) {
      throw new ConfigException(
          ErrorCode.LIMIT, "a key of " + path.size() + " segments, more than maxDepth " + maxDepth);
    }
    root.descend(path, 0, 0).value = value;
  }

  /** The tree of all values put so far. */
  public ObjectNode toNode() {
    return root.toObject(OriginTable.rootHash(), null);
  }
}
