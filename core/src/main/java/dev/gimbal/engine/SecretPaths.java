package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectEdits;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places whose values are secrets because a pattern or a declared type says so; what stands
 * below them is secret too. Immutable.
 */
final class SecretPaths {

  /** Stands for any one key or index. */
  static final String ONE = "*";

  /** Stands for any number of them. */
  static final String MANY = "**";

  /**
   * What is left of a pattern on the way down.
   *
   * @param keys of the whole pattern: bare names, {@link #ONE} and {@link #MANY}
   * @param at the first that is left
   */
  private record Rest(List<String> keys, int at) {

    /** Whether a text is secret here: also one with commas, whose elements would be. */
    boolean isOfText() {
      return at == keys.size()
          || (keys.get(at).equals(ONE) || keys.get(at).equals(MANY)) && next().isOfText();
    }

    Rest next() {
      return new Rest(keys, at + 1);
    }

    /**
     * Adds what is left below a child.
     *
     * @param bareName of its key; null for an element of a list
     */
    void below(@Nullable String bareName, List<Rest> to) {
      if (at == keys.size()) {
        to.add(this); // what stands below is secret too
        return;
      }
      String key = keys.get(at);
      if (key.equals(MANY)) {
        to.add(this);
        next().below(bareName, to);
      } else if (key.equals(ONE) || key.equals(bareName)) {
        to.add(next());
      }
    }
  }

  private final List<Rest> patterns;

  private SecretPaths(List<Rest> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * These, and one more.
   *
   * @param before null for none
   * @param pattern keys in any spelling, {@link #ONE} and {@link #MANY}
   */
  static SecretPaths with(@Nullable SecretPaths before, List<String> pattern) {
    List<String> keys = new ArrayList<>();
    for (String key : pattern) {
      keys.add(key.equals(ONE) || key.equals(MANY) ? key : ObjectNode.bareName(key));
    }
    Rest added = new Rest(List.copyOf(keys), 0);
    List<Rest> all = new ArrayList<>(before == null ? List.of() : before.patterns);
    if (!all.contains(added)) {
      all.add(added);
    }
    return before != null && all.size() == before.patterns.size() ? before : new SecretPaths(all);
  }

  /** The keys of a path that leads through no list. */
  static List<String> keys(ConfigPath path) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      keys.add(path.isIndex(i) ? ONE : path.key(i));
    }
    return keys;
  }

  /** Whether what stands at a path, or would stand there, is secret. */
  boolean covers(ConfigPath path) {
    return isOfText(below(path));
  }

  /** Whether something in what stands at a path is secret by these, and was not before. */
  boolean coversIn(ConfigPath path, Node node) {
    return mark(below(path), null, null, node) != node;
  }

  private List<Rest> below(ConfigPath path) {
    List<Rest> rests = patterns;
    for (int i = 0; i < path.size() && !rests.isEmpty(); i++) {
      rests = below(rests, path.isIndex(i) ? null : path.key(i));
    }
    return rests;
  }

  private static boolean isOfText(List<Rest> rests) {
    return rests.stream().anyMatch(Rest::isOfText);
  }

  /** A tree with its secrets marked. */
  ObjectNode mark(ObjectNode tree) {
    return mark(ObjectNode.EMPTY, ObjectNode.EMPTY, tree);
  }

  /**
   * A tree with its secrets marked. Only what differs from another tree, which was marked before,
   * is looked at.
   *
   * @param was the other tree
   * @param marked that tree as it was marked by these
   */
  ObjectNode mark(ObjectNode was, ObjectNode marked, ObjectNode now) {
    return (ObjectNode) mark(patterns, was, marked, now);
  }

  private static Node mark(List<Rest> rests, @Nullable Node was, @Nullable Node marked, Node now) {
    if (now == was && marked != null) {
      return marked;
    }
    if (rests.isEmpty()) {
      return now;
    }
    if (now instanceof Scalar scalar) {
      return isOfText(rests) ? scalar.asSecret() : scalar;
    }
    if (now instanceof ListNode list) {
      return was instanceof ListNode before
              && marked instanceof ListNode after
              && before.size() <= list.size()
          ? changed(below(rests, null), before, after, list)
          : whole(below(rests, null), list);
    }
    if (!(now instanceof ObjectNode object)) {
      return now;
    }
    return was instanceof ObjectNode before && marked instanceof ObjectNode after
        ? changed(rests, before, after, object)
        : whole(rests, object);
  }

  /**
   * @param below what is left for elements
   */
  private static ListNode changed(List<Rest> below, ListNode was, ListNode marked, ListNode now) {
    SortedMap<Integer, Node> elements = new TreeMap<>();
    for (int i = now.nextDifferent(was, 0); i < now.size(); i = now.nextDifferent(was, i + 1)) {
      Node before = marked.get(i);
      Node after = mark(below, was.get(i), before, now.elements().get(i));
      if (after != before) {
        elements.put(i, after);
      }
    }
    return marked.with(elements);
  }

  private static ListNode whole(List<Rest> below, ListNode list) {
    List<Node> elements = new ArrayList<>(list.size());
    boolean same = true;
    for (Node element : list.elements()) {
      Node marked = mark(below, null, null, element);
      same &= marked == element;
      elements.add(marked);
    }
    return same ? list : ListNode.of(elements);
  }

  private static ObjectNode whole(List<Rest> rests, ObjectNode object) {
    ObjectEdits edits = new ObjectEdits();
    object.forEach(
        (key, child) -> {
          Node marked = mark(below(rests, key), null, null, child);
          if (marked != child) {
            edits.put(key, marked);
          }
        });
    return edits.applyTo(object);
  }

  private static ObjectNode changed(
      List<Rest> rests, ObjectNode was, ObjectNode marked, ObjectNode now) {
    ObjectEdits edits = new ObjectEdits();
    Nodes.diffChildren(
        was,
        now,
        (key, before, after) ->
            edits.put(
                key,
                after == null ? null : mark(below(rests, key), before, marked.get(key), after)));
    return edits.applyTo(marked);
  }

  private static List<Rest> below(List<Rest> rests, @Nullable String key) {
    String bareName = key == null ? null : ObjectNode.bareName(key);
    List<Rest> below = new ArrayList<>(0);
    for (Rest rest : rests) {
      rest.below(bareName, below);
    }
    return below;
  }
}
