package dev.gimbal.tree;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The elements of a long list in a radix tree of 32 children, as Clojure's vectors are: a version
 * that differs in one element, or has one more, copies one array for each level. Immutable.
 */
final class Chunks extends AbstractList<Node> implements RandomAccess {

  private static final int BITS = 5;
  static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;
  private static final Object[] NOTHING = {};

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
   * The first index from some on at which another list has another object, or none; this list's
   * size if there is no such index. What both share is skipped.
   */
  int nextDifferent(Chunks other, int from) {
    int bothHave = Math.min(size, other.size);
    int top = Math.min(shift, other.shift);
    int i = from;
    while (i < bothHave) {
      Object[] mine = lowered(top);
      Object[] others = other.lowered(top);
      int bits = top;
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
    return Math.min(size, Math.max(from, bothHave));
  }

  /** What a root would be that has no more than the first elements, as many as that shift has. */
  private Object[] lowered(int to) {
    Object[] level = root;
    for (int bits = shift; bits > to; bits -= BITS) {
      level = (Object[]) level[0];
    }
    return level;
  }

  /** This list with one element set, or added at its end, for which a full root gets a parent. */
  Chunks with(int index, Node element) {
    boolean isFull = index >>> shift == WIDTH;
    Object[] top = isFull ? new Object[] {root} : root;
    int topShift = isFull ? shift + BITS : shift;
    return new Chunks(with(top, topShift, index, element), topShift, Math.max(size, index + 1));
  }

  private static Object[] with(Object[] level, int shift, int index, Node element) {
    int i = (index >>> shift) & MASK;
    Object[] copy = Arrays.copyOf(level, Math.max(level.length, i + 1));
    if (shift == 0) {
      copy[i] = element;
    } else {
      Object[] below = i < level.length ? (Object[]) level[i] : NOTHING;
      copy[i] = with(below, shift - BITS, index, element);
    }
    return copy;
  }
}
