package dev.gimbal.tree;

import org.jspecify.annotations.Nullable;

/**
 * Told about each key whose child is not the same object in two versions of an object.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChildVisitor {

  /** A key that differs; a null child stands for absent. */
  void changed(String key, @Nullable Node before, @Nullable Node after);

  /** A pair of inner nodes was compared: the unit of cost. */
  default void visited() {}
}
