package dev.gimbal.champ;

import dev.gimbal.champ.Champ.DiffVisitor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks two versions side by side, only where they are different objects. */
final class Diff {

  private Diff() {}

  static <C> void nodes(Trie before, Trie after, C to, DiffVisitor<C, Object, Object> visitor) {
    if (before == after) {
      return;
    }
    visitor.visited(to);
    if (before instanceof BitmapNode a && after instanceof BitmapNode b) {
      branches(a, b, to, visitor);
    } else {
      entries(before, after, to, visitor);
    }
  }

  private static <C> void branches(
      BitmapNode a, BitmapNode b, C to, DiffVisitor<C, Object, Object> visitor) {
    if (haveOneShape(a, b)) {
      alike(a, b, to, visitor);
    } else {
      unlike(a, b, to, visitor);
    }
  }

  /** The most common case: what stands in each slot is of the same bit in both. */
  private static <C> void alike(
      BitmapNode a, BitmapNode b, C to, DiffVisitor<C, Object, Object> visitor) {
    Object[] before = a.slots;
    Object[] after = b.slots;
    int entries = 2 * Integer.bitCount(a.dataMap);
    for (int i = 0; i < entries; i += 2) {
      if (before[i] != after[i] || before[i + 1] != after[i + 1]) {
        entry(before, i, after, i, to, visitor);
      }
    }
    for (int i = entries; i < before.length; i++) {
      if (before[i] != after[i]) {
        nodes((Trie) before[i], (Trie) after[i], to, visitor);
      }
    }
  }

  private static <C> void unlike(
      BitmapNode a, BitmapNode b, C to, DiffVisitor<C, Object, Object> visitor) {
    int bits = a.dataMap | a.nodeMap | b.dataMap | b.nodeMap;
    while (bits != 0) {
      int bit = Integer.lowestOneBit(bits);
      bits ^= bit;
      boolean entryBefore = (a.dataMap & bit) != 0;
      boolean entryAfter = (b.dataMap & bit) != 0;
      if (entryBefore && entryAfter) {
        entry(a.slots, a.dataIndex(bit), b.slots, b.dataIndex(bit), to, visitor);
        continue;
      }
      Trie before = entryBefore ? single(a, bit) : childOrEmpty(a, bit);
      Trie after = entryAfter ? single(b, bit) : childOrEmpty(b, bit);
      if (entryBefore || entryAfter) {
        visitor.visited(to);
        entries(before, after, to, visitor);
      } else {
        nodes(before, after, to, visitor);
      }
    }
  }

  /** The key of the only entry that differs; null where there is none, more, or another shape. */
  static @Nullable Object onlyKey(Trie before, Trie after) {
    Trie a = before;
    Trie b = after;
    while (a instanceof BitmapNode x && b instanceof BitmapNode y && haveOneShape(x, y)) {
      int entries = 2 * Integer.bitCount(x.dataMap);
      int only = -1;
      for (int i = 0; i < x.slots.length; i++) {
        int place = i < entries ? i & -2 : i;
        if (x.slots[i] != y.slots[i] && place != only) {
          if (only >= 0) {
            return null;
          }
          only = place;
        }
      }
      if (only < entries) {
        return only >= 0 && x.slots[only].equals(y.slots[only]) ? y.slots[only] : null;
      }
      a = (Trie) x.slots[only];
      b = (Trie) y.slots[only];
    }
    return null;
  }

  private static boolean haveOneShape(BitmapNode a, BitmapNode b) {
    return a.dataMap == b.dataMap && a.nodeMap == b.nodeMap;
  }

  /** Two entries of one bit, which may have different keys. */
  private static <C> void entry(
      Object[] a, int i, Object[] b, int j, C to, DiffVisitor<C, Object, Object> visitor) {
    Object before = a[i + 1];
    Object after = b[j + 1];
    if (!a[i].equals(b[j])) {
      visitor.changed(to, a[i], before, null);
      visitor.changed(to, b[j], null, after);
    } else if (before != after) {
      visitor.changed(to, a[i], before, after);
    }
  }

  private static Trie single(BitmapNode node, int bit) {
    int i = node.dataIndex(bit);
    return new CollisionNode(new Object[] {node.slots[i], node.slots[i + 1]});
  }

  private static Trie childOrEmpty(BitmapNode node, int bit) {
    return (node.nodeMap & bit) != 0 ? node.child(bit) : BitmapNode.EMPTY;
  }

  /** Nodes of different kinds, or entries of one hash: compared entry by entry. */
  private static <C> void entries(
      Trie before, Trie after, C to, DiffVisitor<C, Object, Object> visitor) {
    Map<Object, Object> old = new HashMap<>();
    before.forEach(old::put);
    after.forEach(
        (key, value) -> {
          @Nullable Object was = old.remove(key);
          if (was != value) {
            visitor.changed(to, key, was, value);
          }
        });
    old.forEach((key, value) -> visitor.changed(to, key, value, null));
  }
}
