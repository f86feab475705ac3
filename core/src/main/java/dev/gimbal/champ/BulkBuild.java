package dev.gimbal.champ;

import java.util.Arrays;

/** Builds the tree of many entries at once, in time proportional to their number. */
final class BulkBuild {

  /** From so many entries on, those of a slot are gathered by counting, not by looking for them. */
  private static final int MANY = 32;

  private BulkBuild() {}

  /**
   * The node of {@code count} entries with different keys.
   *
   * @param values of the keys at the same places
   */
  static Trie node(Object[] keys, Object[] values, int count, int shift) {
    if (shift >= Trie.EXHAUSTED) {
      return CollisionNode.colliding(keys, values, count);
    }
    int taken = 0;
    int shared = 0;
    for (int i = 0; i < count; i++) {
      int bit = Trie.bit(keys[i].hashCode(), shift);
      shared |= taken & bit;
      taken |= bit;
    }
    int alone = taken & ~shared;
    Object[] slots = new Object[2 * Integer.bitCount(alone) + Integer.bitCount(shared)];
    for (int i = 0; i < count; i++) {
      int bit = Trie.bit(keys[i].hashCode(), shift);
      if ((alone & bit) != 0) {
        int at = 2 * Integer.bitCount(alone & (bit - 1));
        slots[at] = keys[i];
        slots[at + 1] = values[i];
      }
    }
    int firstChild = 2 * Integer.bitCount(alone);
    if (count >= MANY) {
      many(keys, values, count, shift, slots, firstChild);
    } else if (shared != 0) {
      few(keys, values, count, shift, shared, slots, firstChild);
    }
    return new BitmapNode(alone, shared, slots);
  }

  /** Fills in the children of the slots that several keys share, each by a look at all keys. */
  private static void few(
      Object[] keys,
      Object[] values,
      int count,
      int shift,
      int shared,
      Object[] slots,
      int firstChild) {
    int child = firstChild;
    for (int left = shared; left != 0; left &= left - 1) {
      int bit = Integer.lowestOneBit(left);
      Object[] keysBelow = new Object[count];
      Object[] valuesBelow = new Object[count];
      int found = 0;
      for (int i = 0; i < count; i++) {
        if (Trie.bit(keys[i].hashCode(), shift) == bit) {
          keysBelow[found] = keys[i];
          valuesBelow[found++] = values[i];
        }
      }
      slots[child++] = node(keysBelow, valuesBelow, found, shift + Trie.BITS);
    }
  }

  /** Fills in the same by putting all entries in the order of their slots first. */
  private static void many(
      Object[] keys, Object[] values, int count, int shift, Object[] slots, int firstChild) {
    int[] ends = new int[Trie.WIDTH + 1];
    for (int i = 0; i < count; i++) {
      ends[slot(keys[i], shift) + 1]++;
    }
    for (int slot = 1; slot < Trie.WIDTH; slot++) {
      ends[slot] += ends[slot - 1];
    }
    Object[] sortedKeys = new Object[count];
    Object[] sortedValues = new Object[count];
    for (int i = 0; i < count; i++) {
      int at = ends[slot(keys[i], shift)]++;
      sortedKeys[at] = keys[i];
      sortedValues[at] = values[i];
    }
    int child = firstChild;
    int from = 0;
    for (int slot = 0; slot < Trie.WIDTH; slot++) {
      int to = ends[slot];
      if (to - from > 1) {
        Object[] keysBelow = Arrays.copyOfRange(sortedKeys, from, to);
        Object[] valuesBelow = Arrays.copyOfRange(sortedValues, from, to);
        slots[child++] = node(keysBelow, valuesBelow, to - from, shift + Trie.BITS);
      }
      from = to;
    }
  }

  private static int slot(Object key, int shift) {
    return (key.hashCode() >>> shift) & Trie.MASK;
  }
}
