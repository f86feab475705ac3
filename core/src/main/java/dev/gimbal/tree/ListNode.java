package dev.gimbal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A list. Its elements may be {@link NullNode}.
 *
 * @since 0.1.0
 */
public final class ListNode implements Node {

  public static final ListNode EMPTY = new ListNode(List.of(), 0);

  /** So many elements are copied for a version that differs in one. */
  private static final int FEW = 64;

  private final List<Node> elements;

  /** How many elements hold a template. */
  private final int templated;

  private ListNode(List<Node> elements, int templated) {
    this.elements = elements;
    this.templated = templated;
  }

  public static ListNode of(List<? extends Node> elements) {
    if (elements.isEmpty()) {
      return EMPTY;
    }
    int templated = 0;
    for (Node element : elements) {
      templated += count(element);
    }
    return new ListNode(List.copyOf(elements), templated);
  }

  private static int count(Node element) {
    return element.hasTemplates() ? 1 : 0;
  }

  /** This list with one element set, or added at its end. */
  ListNode with(int index, Node element) {
    int before = index == elements.size() ? 0 : count(elements.get(index));
    return new ListNode(
        elements.size() <= FEW ? copied(index, element) : Chunks.of(elements).with(index, element),
        templated - before + count(element));
  }

  /**
   * This list with elements set, and with others added behind its end.
   *
   * @param others by index; of those behind the end, each follows the one before
   * @throws IllegalArgumentException when one is left out
   */
  public ListNode with(SortedMap<Integer, ? extends Node> others) {
    int added = others.tailMap(size()).size();
    if (added > 0 && others.lastKey() != size() + added - 1) {
      throw new IllegalArgumentException("an element is left out before " + others.lastKey());
    }
    if (others.size() > 1 && (size() <= FEW || others.size() > size() / Chunks.WIDTH)) {
      return of(copied(others));
    }
    ListNode result = this;
    for (Map.Entry<Integer, ? extends Node> other : others.entrySet()) {
      result = result.with(other.getKey(), other.getValue());
    }
    return result;
  }

  private List<Node> copied(SortedMap<Integer, ? extends Node> others) {
    List<Node> all = new ArrayList<>(elements);
    others.forEach(
        (index, element) -> {
          if (index < all.size()) {
            all.set(index, element);
          } else {
            all.add(element);
          }
        });
    return all;
  }

  /** This list without an element: those behind it move up. */
  ListNode without(int index) {
    List<Node> rest = new ArrayList<>(elements);
    rest.remove(index);
    return of(rest);
  }

  private List<Node> copied(int index, Node element) {
    Node[] all = elements.toArray(new Node[Math.max(index + 1, elements.size())]);
    all[index] = element;
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  /** The elements; immutable. */
  public List<Node> elements() {
    return elements;
  }

  public int size() {
    return elements.size();
  }

  /** The element at {@code index}, or null where the list has none. */
  public @Nullable Node get(int index) {
    return index < elements.size() ? elements.get(index) : null;
  }

  /**
   * The first index from some on at which this list has another object than another list, or none;
   * its size if there is no such index.
   */
  public int nextDifferent(ListNode other, int from) {
    if (elements instanceof Chunks mine && other.elements instanceof Chunks others) {
      return mine.nextDifferent(others, from);
    }
    int i = from;
    while (i < size() && elements.get(i) == other.get(i)) {
      i++;
    }
    return i;
  }

  @Override
  public boolean hasTemplates() {
    return templated > 0;
  }

  @Override
  public boolean hasTombstones() {
    return false;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ListNode other && elements.equals(other.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return "list of " + elements.size();
  }
}
