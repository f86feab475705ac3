package dev.gimbal.champ;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the prefix tree, and as its root a {@link Champ} without its size, for who counts
 * entries itself. {@code shift} is the number of hash bits used above it.
 *
 * <p>Immutable and safe for use by many threads.
 */
public abstract class Trie {

  /** Bits of the hash that choose a slot. */
  static final int BITS = 4;

  /** The most slots that a node has. */
  static final int WIDTH = 1 << BITS;

  /** The bits of a hash that choose a slot, when those above the node are shifted out. */
  static final int MASK = WIDTH - 1;

  /** From here on no bits are left: keys that agree so far collide. */
  static final int EXHAUSTED = 32;

  Trie() {}

  /** The root without entries. */
  public static Trie empty() {
    return BitmapNode.EMPTY;
  }

  /**
   * The root of so many entries, built at once.
   *
   * @param keys all different
   * @param values of the keys at the same places
   */
  public static Trie of(Object[] keys, Object[] values, int count) {
    return BulkBuild.node(keys, values, count, 0);
  }

  /** The value of a key below this root, or null. Allocates nothing. */
  public final @Nullable Object get(Object key) {
    return get(key, key.hashCode(), 0);
  }

  /**
   * The value of the key that is a part of a text, or null.
   *
   * @param start where the part begins
   * @param end where it has ended
   * @param hash what {@link String#hashCode} of the part would be
   */
  public final @Nullable Object get(String text, int start, int end, int hash) {
    return get(text, start, end, hash, 0);
  }

  /** This root with a key set; it does not hold that very value. */
  public final Trie with(Object key, Object value) {
    return with(key, value, key.hashCode(), 0);
  }

  /** This root without a key; this root itself if it has none. */
  public final Trie without(Object key) {
    return without(key, key.hashCode(), 0);
  }

  abstract @Nullable Object get(Object key, int hash, int shift);

  abstract @Nullable Object get(String text, int start, int end, int hash, int shift);

  /** This node with a key set; it does not hold that very value. */
  abstract Trie with(Object key, Object value, int hash, int shift);

  abstract Trie without(Object key, int hash, int shift);

  /** Visits all entries in hash order. */
  public abstract void forEach(BiConsumer<Object, Object> visitor);

  /** Reports how one root differs from another, skipping what they share. */
  @SuppressWarnings("unchecked") // the visitor is of what both hold
  public static <C> void diff(Trie before, Trie after, C to, Champ.DiffVisitor<C, ?, ?> visitor) {
    Diff.nodes(before, after, to, (Champ.DiffVisitor<C, Object, Object>) visitor);
  }

  /**
   * The key of the only entry of which one root has another value, and no other key. Null where
   * there is none, where there are several, and where it would take a look at all to tell.
   */
  public static @Nullable Object onlyKey(Trie before, Trie after) {
    return Diff.onlyKey(before, after);
  }

  /** The sum of what the hashes of key and value give. */
  public final int entriesHash() {
    int[] sum = {0};
    forEach((key, value) -> sum[0] += key.hashCode() ^ value.hashCode());
    return sum[0];
  }

  /** Whether the other node holds equal entries; both stand at the same shift. */
  public abstract boolean sameAs(Trie other);

  /** Entries below this node, but no more than 2: enough to know whether it must be inlined. */
  abstract int entriesUpToTwo();

  abstract Object firstKey();

  abstract Object firstValue();

  /** The smallest node for two entries with different keys. */
  static Trie pair(Object k1, Object v1, int h1, Object k2, Object v2, int h2, int shift) {
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
    return 1 << ((hash >>> shift) & MASK);
  }
}
