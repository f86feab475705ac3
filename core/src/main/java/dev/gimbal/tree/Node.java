package dev.gimbal.tree;

/**
 * A node of a configuration tree. Nodes hold values only; where they were written stands in an
 * {@link OriginTable} beside the tree.
 *
 * <p>Immutable and safe for use by many threads. {@code toString} never shows a value.
 *
 * @since 0.1.0
 */
public sealed interface Node permits ObjectNode, ListNode, Scalar, NullNode {

  /** Whether this node or one below it holds a placeholder to resolve. */
  boolean hasTemplates();

  /** Whether this node is a tombstone, or an object with one below it. Lists keep their nulls. */
  boolean hasTombstones();
}
