package dev.gimbal.champ;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A branch: entries and children by the next bits of the hash. {@code slots} holds key and value of
 * each entry in the order of its bit, then the children in the order of theirs.
 */
final class BitmapNode extends Trie {

  static final BitmapNode EMPTY = new BitmapNode(0, 0);

  final int dataMap;
  final int nodeMap;
  final Object[] slots;

  BitmapNode(int dataMap, int nodeMap, Object... slots) {
    this.dataMap = dataMap;
    this.nodeMap = nodeMap;
    this.slots = slots;
  }

  /** Where the key of the entry with this bit stands. */
  int dataIndex(int bit) {
    return 2 * Integer.bitCount(dataMap & (bit - 1));
  }

  int nodeIndex(int bit) {
    return 2 * Integer.bitCount(dataMap) + Integer.bitCount(nodeMap & (bit - 1));
  }

  Trie child(int bit) {
    return (Trie) slots[nodeIndex(bit)];
  }

  @Override
  @Nullable Object get(Object key, int hash, int shift) {
    BitmapNode node = this;
    for (int s = shift; ; s += BITS) {
      int bit = bit(hash, s);
      if ((node.dataMap & bit) != 0) {
        int i = node.dataIndex(bit);
        return node.slots[i].equals(key) ? node.slots[i + 1] : null;
      }
      if ((node.nodeMap & bit) == 0) {
        return null;
      }
      Trie child = node.child(bit);
      if (!(child instanceof BitmapNode next)) {
        return child.get(key, hash, s + BITS);
      }
      node = next;
    }
  }

  @Override
  @Nullable Object get(String text, int start, int end, int hash, int shift) {
    BitmapNode node = this;
    for (int s = shift; ; s += BITS) {
      int bit = bit(hash, s);
      if ((node.dataMap & bit) != 0) {
        int i = node.dataIndex(bit);
        return isPart(node.slots[i], text, start, end) ? node.slots[i + 1] : null;
      }
      if ((node.nodeMap & bit) == 0) {
        return null;
      }
      Trie child = node.child(bit);
      if (!(child instanceof BitmapNode next)) {
        return child.get(text, start, end, hash, s + BITS);
      }
      node = next;
    }
  }

  private static boolean isPart(Object key, String text, int start, int end) {
    return key instanceof String name
        && name.length() == end - start
        && text.startsWith(name, start);
  }

  @Override
  Trie with(Object key, Object value, int hash, int shift) {
    int bit = bit(hash, shift);
    if ((nodeMap & bit) != 0) {
      return withSlot(nodeIndex(bit), child(bit).with(key, value, hash, shift + BITS));
    }
    if ((dataMap & bit) == 0) {
      return insertEntry(bit, key, value);
    }
    int i = dataIndex(bit);
    Object present = slots[i];
    if (present.equals(key)) {
      return withSlot(i + 1, value);
    }
    Trie both = pair(present, slots[i + 1], present.hashCode(), key, value, hash, shift + BITS);
    return entryToChild(bit, both);
  }

  @Override
  Trie without(Object key, int hash, int shift) {
    int bit = bit(hash, shift);
    if ((dataMap & bit) != 0) {
      return slots[dataIndex(bit)].equals(key) ? removeEntry(bit) : this;
    }
    if ((nodeMap & bit) == 0) {
      return this;
    }
    Trie child = child(bit);
    Trie changed = child.without(key, hash, shift + BITS);
    if (changed == child) {
      return this;
    }
    return changed.entriesUpToTwo() == 1
        ? childToEntry(bit, changed.firstKey(), changed.firstValue())
        : withSlot(nodeIndex(bit), changed);
  }

  private BitmapNode withSlot(int i, Object value) {
    Object[] copy = slots.clone();
    copy[i] = value;
    return new BitmapNode(dataMap, nodeMap, copy);
  }

  private BitmapNode insertEntry(int bit, Object key, Object value) {
    int i = dataIndex(bit);
    Object[] copy = new Object[slots.length + 2];
    System.arraycopy(slots, 0, copy, 0, i);
    copy[i] = key;
    copy[i + 1] = value;
    System.arraycopy(slots, i, copy, i + 2, slots.length - i);
    return new BitmapNode(dataMap | bit, nodeMap, copy);
  }

  private BitmapNode removeEntry(int bit) {
    int i = dataIndex(bit);
    Object[] copy = new Object[slots.length - 2];
    System.arraycopy(slots, 0, copy, 0, i);
    System.arraycopy(slots, i + 2, copy, i, slots.length - i - 2);
    return new BitmapNode(dataMap ^ bit, nodeMap, copy);
  }

  private BitmapNode entryToChild(int bit, Trie child) {
    int from = dataIndex(bit);
    int to = nodeIndex(bit) - 2; // two slots go before it
    Object[] copy = new Object[slots.length - 1];
    System.arraycopy(slots, 0, copy, 0, from);
    System.arraycopy(slots, from + 2, copy, from, to - from);
    copy[to] = child;
    System.arraycopy(slots, to + 2, copy, to + 1, slots.length - to - 2);
    return new BitmapNode(dataMap ^ bit, nodeMap | bit, copy);
  }

  private BitmapNode childToEntry(int bit, Object key, Object value) {
    int from = nodeIndex(bit);
    int to = dataIndex(bit);
    Object[] copy = new Object[slots.length + 1];
    System.arraycopy(slots, 0, copy, 0, to);
    copy[to] = key;
    copy[to + 1] = value;
    System.arraycopy(slots, to, copy, to + 2, from - to);
    System.arraycopy(slots, from + 1, copy, from + 2, slots.length - from - 1);
    return new BitmapNode(dataMap | bit, nodeMap ^ bit, copy);
  }

  @Override
  public void forEach(BiConsumer<Object, Object> visitor) {
    int entries = 2 * Integer.bitCount(dataMap);
    for (int i = 0; i < entries; i += 2) {
      visitor.accept(slots[i], slots[i + 1]);
    }
    for (int i = entries; i < slots.length; i++) {
      ((Trie) slots[i]).forEach(visitor);
    }
  }

  @Override
  public boolean sameAs(Trie other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof BitmapNode that) || dataMap != that.dataMap || nodeMap != that.nodeMap) {
      return false;
    }
    int entries = 2 * Integer.bitCount(dataMap);
    if (!Arrays.equals(slots, 0, entries, that.slots, 0, entries)) {
      return false;
    }
    for (int i = entries; i < slots.length; i++) {
      if (!((Trie) slots[i]).sameAs((Trie) that.slots[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  int entriesUpToTwo() {
    return nodeMap != 0 ? 2 : Math.min(2, Integer.bitCount(dataMap));
  }

  @Override
  Object firstKey() {
    return dataMap == 0 ? ((Trie) slots[0]).firstKey() : slots[0];
  }

  @Override
  Object firstValue() {
    return slots[1];
  }
}
