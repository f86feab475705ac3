package dev.gimbal.champ;

import java.util.Arrays;
import java.util.TreeMap;

/** Builds the tree of many entries at once, in time proportional to their number. */
final class BulkBuild {

  private BulkBuild() {}

  /**
   * The node of {@code count} entries with different keys.
   *
   * @param table key and value in turn; its order is not kept
   */
  static Trie node(Object[] table, int count, int shift) {
    if (shift >= Trie.EXHAUSTED) {
      return collision(table, count);
    }
    int[] counts = new int[Trie.WIDTH];
    for (int i = 0; i < count; i++) {
      counts[(table[2 * i].hashCode() >>> shift) & Trie.MASK]++;
    }
    Object[] grouped = new Object[2 * count];
    int[] ends = new int[Trie.WIDTH];
    int sum = 0;
    for (int slot = 0; slot < Trie.WIDTH; slot++) {
      ends[slot] = sum;
      sum += counts[slot];
    }
    for (int i = 0; i < count; i++) {
      int to = ends[(table[2 * i].hashCode() >>> shift) & Trie.MASK]++;
      grouped[2 * to] = table[2 * i];
      grouped[2 * to + 1] = table[2 * i + 1];
    }
    return branch(grouped, counts, ends, shift);
  }

  private static Trie branch(Object[] grouped, int[] counts, int[] ends, int shift) {
    int dataMap = 0;
    int nodeMap = 0;
    int width = 0;
    for (int slot = 0; slot < Trie.WIDTH; slot++) {
      if (counts[slot] == 1) {
        dataMap |= 1 << slot;
        width += 2;
      } else if (counts[slot] > 1) {
        nodeMap |= 1 << slot;
        width++;
      }
    }
    Object[] slots = new Object[width];
    int data = 0;
    int child = 2 * Integer.bitCount(dataMap);
    for (int slot = 0; slot < Trie.WIDTH; slot++) {
      int from = 2 * (ends[slot] - counts[slot]);
      if (counts[slot] == 1) {
        slots[data++] = grouped[from];
        slots[data++] = grouped[from + 1];
      } else if (counts[slot] > 1) {
        Object[] below = Arrays.copyOfRange(grouped, from, from + 2 * counts[slot]);
        slots[child++] = node(below, counts[slot], shift + Trie.BITS);
      }
    }
    return new BitmapNode(dataMap, nodeMap, slots);
  }

  /** Equal keys end here, and are none of a map. */
  private static Trie collision(Object[] table, int count) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    Object[] entries = new Object[2 * count];
    int at = 2 * count;
    for (int i = 2 * count - 2; i >= 0; i -= 2) {
      if (table[i] instanceof String key) {
        if (sorted.put(key, table[i + 1]) != null) {
          throw new IllegalArgumentException("two keys are equal: " + key);
        }
      } else {
        at -= 2;
        entries[at] = table[i];
        entries[at + 1] = table[i + 1];
      }
    }
    at = 0;
    for (var entry : sorted.entrySet()) {
      entries[at++] = entry.getKey();
      entries[at++] = entry.getValue();
    }
    return new CollisionNode(entries);
  }
}
