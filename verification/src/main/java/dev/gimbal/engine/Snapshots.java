package dev.gimbal.engine;

import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small snapshots whose tree says their version, so that a mix of two shows. */
final class Snapshots {

  private static final String KEY = "version";

  private Snapshots() {}

  /** A new snapshot, built by the calling thread. */
  static PublishedSnapshot of(int version) {
    return of(version, version);
  }

  /** One whose tree says another number. */
  static PublishedSnapshot of(int version, int said) {
    ObjectNode tree = tree(said);
    return new PublishedSnapshot(version, tree, tree, List.of());
  }

  static ObjectNode tree(int version) {
    return ObjectNode.EMPTY.with(KEY, Scalar.number(Integer.toString(version)));
  }

  /** The version; 0 for null. */
  static int version(@Nullable PublishedSnapshot snapshot) {
    return snapshot == null ? 0 : (int) snapshot.version();
  }

  /** The version that the tree says; 0 for a tree that does not say one. */
  static int version(@Nullable ObjectNode tree) {
    return tree != null && tree.get(KEY) instanceof Scalar number
        ? Integer.parseInt(number.text())
        : 0;
  }
}
