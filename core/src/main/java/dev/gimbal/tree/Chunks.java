package dev.gimbal.tree;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The elements of a long list in a radix tree of 32 children, as Clojure's vectors are: a version
 * that differs in one element copies one array for each level. Immutable.
 */
final class Chunks extends AbstractList<Node> implements RandomAccess {

  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  /** Arrays of arrays; on the lowest level, where the shift is 0, of elements. */
  private final Object[] root;

  /** How many bits of an index say where it is below the root. */
  private final int shift;

  private final int size;

  private Chunks(Object[] root, int shift, int size) {
    this.root = root;
    this.shift = shift;
    this.size = size;
  }

  /** A list in chunks; itself, if it is. */
  static Chunks of(List<Node> elements) {
    if (elements instanceof Chunks chunks) {
      return chunks;
    }
    Object[] level = elements.toArray();
    int shift = 0;
    while (level.length > WIDTH) {
      level = grouped(level);
      shift += BITS;
    }
    return new Chunks(level, shift, elements.size());
  }

  private static Object[] grouped(Object[] level) {
    Object[] groups = new Object[(level.length + MASK) / WIDTH];
    for (int i = 0; i < groups.length; i++) {
      int from = i * WIDTH;
      Object[] group = new Object[Math.min(WIDTH, level.length - from)];
      System.arraycopy(level, from, group, 0, group.length);
      groups[i] = group;
    }
    return groups;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Node get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    Object[] level = root;
    for (int bits = shift; bits > 0; bits -= BITS) {
      level = (Object[]) level[(index >>> bits) & MASK];
    }
    return (Node) level[index & MASK];
  }

  /**
   * The first index from some on at which another list of this size has another object, or the
   * size. What both share is skipped.
   */
  int nextDifferent(Chunks other, int from) {
    int i = from;
    while (i < size) {
      Object[] mine = root;
      Object[] others = other.root;
      int bits = shift;
      int slot = (i >>> bits) & MASK;
      while (mine[slot] != others[slot]) {
        if (bits == 0) {
          return i;
        }
        mine = (Object[]) mine[slot];
        others = (Object[]) others[slot];
        bits -= BITS;
        slot = (i >>> bits) & MASK;
      }
      i = ((i >>> bits) + 1) << bits;
    }
    return size;
  }

  /** This list with one element set. */
  Chunks with(int index, Node element) {
    return new Chunks(with(root, shift, index, element), shift, size);
  }

  private static Object[] with(Object[] level, int shift, int index, Node element) {
    Object[] copy = level.clone();
    int i = (index >>> shift) & MASK;
    copy[i] = shift == 0 ? element : with((Object[]) level[i], shift - BITS, index, element);
    return copy;
  }
}
