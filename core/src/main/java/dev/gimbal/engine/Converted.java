package dev.gimbal.engine;

import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a candidate became. Immutable.
 *
 * @param node what was converted
 * @param inUse what readers see there, or null
 * @param value what it became
 */
record Converted(Declaration declaration, Node node, @Nullable Node inUse, Object value) {

  /** What the value that readers see became, or null where that is not known. */
  @Nullable Object valueInUse() {
    return inUse == null ? null : declaration.made(inUse);
  }

  /** The candidate is what readers will see. */
  void keep() {
    declaration.keep(node, value, inUse);
  }
}
