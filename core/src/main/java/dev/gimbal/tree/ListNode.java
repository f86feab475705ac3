package dev.gimbal.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list. Its elements may be {@link NullNode}.
 *
 * @since 0.1.0
 */
public final class ListNode implements Node {

  public static final ListNode EMPTY = new ListNode(List.of());

  private final List<Node> elements;
  private final boolean templates;

  private ListNode(List<Node> elements) {
    this.elements = elements;
    this.templates = elements.stream().anyMatch(Node::hasTemplates);
  }

  public static ListNode of(List<? extends Node> elements) {
    return elements.isEmpty() ? EMPTY : new ListNode(List.copyOf(elements));
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

  @Override
  public boolean hasTemplates() {
    return templates;
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
