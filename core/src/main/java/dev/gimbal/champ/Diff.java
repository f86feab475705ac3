package dev.gimbal.champ;

import dev.gimbal.champ.Champ.DiffVisitor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks two versions side by side, only where they are different objects. */
final class Diff {

  private Diff() {}

  static void nodes(Node before, Node after, DiffVisitor<Object, Object> visitor) {
    if (before == after) {
      return;
    }
    visitor.visited();
    if (before instanceof BitmapNode a && after instanceof BitmapNode b) {
      branches(a, b, visitor);
    } else {
      entries(before, after, visitor);
    }
  }

  private static void branches(BitmapNode a, BitmapNode b, DiffVisitor<Object, Object> visitor) {
    int bits = a.dataMap | a.nodeMap | b.dataMap | b.nodeMap;
    while (bits != 0) {
      int bit = Integer.lowestOneBit(bits);
      bits ^= bit;
      boolean entryBefore = (a.dataMap & bit) != 0;
      boolean entryAfter = (b.dataMap & bit) != 0;
      if (entryBefore && entryAfter) {
        entry(a, b, bit, visitor);
        continue;
      }
      Node before = entryBefore ? single(a, bit) : childOrEmpty(a, bit);
      Node after = entryAfter ? single(b, bit) : childOrEmpty(b, bit);
      if (entryBefore || entryAfter) {
        visitor.visited();
        entries(before, after, visitor);
      } else {
        nodes(before, after, visitor);
      }
    }
  }

  private static void entry(
      BitmapNode a, BitmapNode b, int bit, DiffVisitor<Object, Object> visitor) {
    int i = a.dataIndex(bit);
    int j = b.dataIndex(bit);
    Object before = a.slots[i + 1];
    Object after = b.slots[j + 1];
    if (a.slots[i].equals(b.slots[j])) {
      if (before != after) {
        visitor.changed(a.slots[i], before, after);
      }
      return;
    }
    visitor.changed(a.slots[i], before, null);
    visitor.changed(b.slots[j], null, after);
  }

  private static Node single(BitmapNode node, int bit) {
    int i = node.dataIndex(bit);
    return new CollisionNode(new Object[] {node.slots[i], node.slots[i + 1]});
  }

  private static Node childOrEmpty(BitmapNode node, int bit) {
    return (node.nodeMap & bit) != 0 ? node.child(bit) : BitmapNode.EMPTY;
  }

  /** Nodes of different kinds, or entries of one hash: compared entry by entry. */
  private static void entries(Node before, Node after, DiffVisitor<Object, Object> visitor) {
    Map<Object, Object> old = new HashMap<>();
    before.forEach(old::put);
    after.forEach(
        (key, value) -> {
          @Nullable Object was = old.remove(key);
          if (was != value) {
            visitor.changed(key, was, value);
          }
        });
    old.forEach((key, value) -> visitor.changed(key, value, null));
  }
}
