package dev.gimbal.champ;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two or more entries whose keys have the same hash: key and value in turn. Strings come first,
 * sorted and found by binary search; other keys follow in the order they came.
 */
final class CollisionNode extends Trie {

  final Object[] entries;

  /** How many slots the strings take. */
  private final int sortedLength;

  CollisionNode(Object[] entries) {
    this.entries = entries;
    int length = 0;
    while (length < entries.length && entries[length] instanceof String) {
      length += 2;
    }
    this.sortedLength = length;
  }

  // Both give a Trie, so that a program that meets no such keys does not load this class.

  static Trie pair(Object k1, Object v1, Object k2, Object v2) {
    boolean swap = k2 instanceof String s2 && !(k1 instanceof String s1 && s1.compareTo(s2) < 0);
    return swap
        ? new CollisionNode(new Object[] {k2, v2, k1, v1})
        : new CollisionNode(new Object[] {k1, v1, k2, v2});
  }

  /** Of many entries with keys of the same hash; equal keys are none of a map. */
  static Trie colliding(Object[] keys, Object[] values, int count) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    Object[] entries = new Object[2 * count];
    int at = 2 * count;
    for (int i = count - 1; i >= 0; i--) {
      if (keys[i] instanceof String key) {
        if (sorted.put(key, values[i]) != null) {
          throw new IllegalArgumentException("two keys are equal: " + key);
        }
      } else {
        at -= 2;
        entries[at] = keys[i];
        entries[at + 1] = values[i];
      }
    }
    at = 0;
    for (var entry : sorted.entrySet()) {
      entries[at++] = entry.getKey();
      entries[at++] = entry.getValue();
    }
    return new CollisionNode(entries);
  }

  /** The index of the key, or {@code -(where it belongs) - 1}. */
  private int find(Object key) {
    if (key instanceof String string) {
      int low = 0;
      int high = sortedLength / 2 - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = ((String) entries[2 * middle]).compareTo(string);
        if (order == 0) {
          return 2 * middle;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -(2 * low) - 1;
    }
    for (int i = sortedLength; i < entries.length; i += 2) {
      if (entries[i].equals(key)) {
        return i;
      }
    }
    return -entries.length - 1;
  }

  @Override
  @Nullable Object get(String text, int start, int end, int hash, int shift) {
    return get(text.substring(start, end), hash, shift);
  }

  @Override
  @Nullable Object get(Object key, int hash, int shift) {
    if (entries[0].hashCode() != hash) {
      return null;
    }
    int i = find(key);
    return i < 0 ? null : entries[i + 1];
  }

  @Override
  Trie with(Object key, Object value, int hash, int shift) {
    int i = find(key);
    if (i >= 0) {
      Object[] copy = entries.clone();
      copy[i + 1] = value;
      return new CollisionNode(copy);
    }
    int at = -i - 1;
    Object[] copy = new Object[entries.length + 2];
    System.arraycopy(entries, 0, copy, 0, at);
    copy[at] = key;
    copy[at + 1] = value;
    System.arraycopy(entries, at, copy, at + 2, entries.length - at);
    return new CollisionNode(copy);
  }

  @Override
  Trie without(Object key, int hash, int shift) {
    int i = find(key);
    if (i < 0) {
      return this;
    }
    Object[] copy = new Object[entries.length - 2];
    System.arraycopy(entries, 0, copy, 0, i);
    System.arraycopy(entries, i + 2, copy, i, entries.length - i - 2);
    return new CollisionNode(copy);
  }

  @Override
  public void forEach(BiConsumer<Object, Object> visitor) {
    for (int i = 0; i < entries.length; i += 2) {
      visitor.accept(entries[i], entries[i + 1]);
    }
  }

  @Override
  public boolean sameAs(Trie other) {
    return other instanceof CollisionNode that && Arrays.equals(entries, that.entries);
  }

  @Override
  int entriesUpToTwo() {
    return Math.min(2, entries.length / 2);
  }

  @Override
  Object firstKey() {
    return entries[0];
  }

  @Override
  Object firstValue() {
    return entries[1];
  }
}
