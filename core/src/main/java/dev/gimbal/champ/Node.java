package dev.gimbal.champ;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A node of the prefix tree. {@code shift} is the number of hash bits used above it. */
abstract class Node {

  /** Bits of the hash that choose a slot. */
  static final int BITS = 5;

  /** From here on no bits are left: keys that agree so far collide. */
  static final int EXHAUSTED = 35;

  abstract @Nullable Object get(Object key, int hash, int shift);

  /** This node with a key set; it does not hold that very value. */
  abstract Node with(Object key, Object value, int hash, int shift);

  abstract Node without(Object key, int hash, int shift);

  abstract void forEach(BiConsumer<Object, Object> visitor);

  /** Whether the other node holds equal entries; both stand at the same shift. */
  abstract boolean sameAs(Node other);

  /** Entries below this node, but no more than 2: enough to know whether it must be inlined. */
  abstract int entriesUpToTwo();

  abstract Object firstKey();

  abstract Object firstValue();

  /** The smallest node for two entries with different keys. */
  static Node pair(Object k1, Object v1, int h1, Object k2, Object v2, int h2, int shift) {
    if (shift >= EXHAUSTED) {
      return CollisionNode.pair(k1, v1, k2, v2);
    }
    int bit1 = bit(h1, shift);
    int bit2 = bit(h2, shift);
    if (bit1 == bit2) {
      return new BitmapNode(0, bit1, pair(k1, v1, h1, k2, v2, h2, shift + BITS));
    }
    // The order of slots is the unsigned order of their bits.
    return Integer.compareUnsigned(bit1, bit2) < 0
        ? new BitmapNode(bit1 | bit2, 0, k1, v1, k2, v2)
        : new BitmapNode(bit1 | bit2, 0, k2, v2, k1, v1);
  }

  static int bit(int hash, int shift) {
    return 1 << ((hash >>> shift) & 31);
  }
}
