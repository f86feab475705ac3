package dev.gimbal.tree;

/**
 * Null: in an object of a layer a tombstone that removes what lower layers had; in a list an
 * element.
 *
 * @since 0.1.0
 */
public enum NullNode implements Node {
  NULL;

  @Override
  public boolean hasTemplates() {
    return false;
  }

  @Override
  public boolean hasTombstones() {
    return true;
  }
}
