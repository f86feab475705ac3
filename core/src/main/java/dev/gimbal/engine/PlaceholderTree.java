package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.Placeholders.Resolved;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of templates into a tree. Starts from the previous resolved tree where there is
 * one, and goes only where the merged tree changed or a template was resolved again. Used by one
 * thread.
 */
final class PlaceholderTree {

  /** Gives the values of templates. */
  interface Values {
    Node of(ConfigPath path, Scalar template);

    /** Told that the values below a place are used that {@link #at} has asked for before. */
    void usedBelow(ConfigPath path);
  }

  /** The places of templates that are resolved again, as a trie. */
  private static final class Marks {
    final Map<Object, Marks> children = new HashMap<>();
  }

  private final Resolved previous;
  private final ObjectNode merged;
  private final Values values;
  private final Marks marks = new Marks();
  private final Map<ConfigPath, Node> built = new HashMap<>();

  /** How many objects and lists are being built, one inside the other. */
  private int level;

  PlaceholderTree(
      Resolved previous, ObjectNode merged, Collection<ConfigPath> affected, Values values) {
    this.previous = previous;
    this.merged = merged;
    this.values = values;
    for (ConfigPath path : affected) {
      Marks node = marks;
      for (Object segment : path.segments()) {
        node = node.children.computeIfAbsent(segment, s -> new Marks());
      }
    }
  }

  int level() {
    return level;
  }

  /** The whole tree. */
  ObjectNode root() {
    return (ObjectNode) at(ConfigPath.ROOT, merged);
  }

  /** The resolved node of a place in the merged tree; the same object whenever asked again. */
  Node at(ConfigPath path, Node node) {
    Node done = built.get(path);
    if (done == null) {
      Marks below = marks;
      for (int i = 0; i < path.size() && below != null; i++) {
        below = below.children.get(path.isIndex(i) ? (Object) path.index(i) : path.key(i));
      }
      done =
          build(
              path,
              node,
              Nodes.at(previous.merged(), path),
              Nodes.at(previous.tree(), path),
              below);
      built.put(path, done);
    }
    return done;
  }

  /**
   * @param now the merged node
   * @param before the merged node of the previous tree at this place
   * @param was what that resolved to
   * @param below the marks at this place, or null when there are none
   */
  private Node build(
      ConfigPath path, Node now, @Nullable Node before, @Nullable Node was, @Nullable Marks below) {
    if (now == before && was != null && below == null) {
      return was;
    }
    if (!now.hasTemplates()) {
      return Nodes.share(was, now);
    }
    Node done = built.get(path);
    if (done != null) {
      values.usedBelow(path);
      return done;
    }
    if (now instanceof Scalar template) {
      return Nodes.share(was, values.of(path, template));
    }
    level++;
    try {
      return container(path, now, before, was, below);
    } finally {
      level--;
    }
  }

  private Node container(
      ConfigPath path, Node now, @Nullable Node before, @Nullable Node was, @Nullable Marks below) {
    if (now instanceof ObjectNode object) {
      return before instanceof ObjectNode a && was instanceof ObjectNode b
          ? changed(path, object, a, b, below)
          : Nodes.share(was, fresh(path, object));
    }
    return list(path, (ListNode) now, before, was, below);
  }

  private ObjectNode fresh(ConfigPath path, ObjectNode now) {
    Map<String, Node> resolved = new HashMap<>();
    now.forEach(
        (key, child) -> {
          if (child.hasTemplates()) {
            resolved.put(key, child);
          }
        });
    for (Map.Entry<String, Node> entry : resolved.entrySet()) {
      entry.setValue(build(path.child(entry.getKey()), entry.getValue(), null, null, null));
    }
    return put(now, resolved, Set.of());
  }

  private ObjectNode changed(
      ConfigPath path, ObjectNode now, ObjectNode before, ObjectNode was, @Nullable Marks below) {
    Set<String> keys = new HashSet<>();
    ObjectNode.diff(before, now, (key, a, b) -> keys.add(key));
    if (below != null) {
      below.children.keySet().forEach(key -> keys.add((String) key));
    }
    Map<String, Node> resolved = new HashMap<>();
    Set<String> removed = new HashSet<>();
    for (String key : keys) {
      Node child = now.get(key);
      if (child == null) {
        removed.add(key);
        continue;
      }
      Node old = was.get(key);
      Marks marked = below == null ? null : below.children.get(key);
      Node node = build(path.child(key), child, before.get(key), old, marked);
      if (node != old) {
        resolved.put(key, node);
      }
    }
    return put(was, resolved, removed);
  }

  /** An object with some children set and some removed, built at once when that is cheaper. */
  private static ObjectNode put(ObjectNode base, Map<String, Node> set, Set<String> removed) {
    if (set.size() + removed.size() > base.size() / 2) {
      Map<String, Node> all = new HashMap<>();
      base.forEach(all::put);
      all.keySet().removeAll(removed);
      all.putAll(set);
      return ObjectNode.of(all);
    }
    ObjectNode result = base;
    for (String key : removed) {
      result = result.without(key);
    }
    for (Map.Entry<String, Node> entry : set.entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private Node list(
      ConfigPath path,
      ListNode now,
      @Nullable Node before,
      @Nullable Node was,
      @Nullable Marks below) {
    ListNode merged = before instanceof ListNode list ? list : ListNode.EMPTY;
    ListNode old = was instanceof ListNode list ? list : ListNode.EMPTY;
    if (old != ListNode.EMPTY && old.size() == merged.size() && old.size() <= now.size()) {
      return changed(path, now, merged, old, below);
    }
    List<Node> elements = new ArrayList<>(now.size());
    for (int i = 0; i < now.size(); i++) {
      elements.add(element(path, i, now, merged, old, below));
    }
    return Nodes.share(was, ListNode.of(elements));
  }

  private ListNode changed(
      ConfigPath path, ListNode now, ListNode before, ListNode was, @Nullable Marks below) {
    Set<Integer> places = new HashSet<>();
    for (int i = now.nextDifferent(before, 0);
        i < now.size();
        i = now.nextDifferent(before, i + 1)) {
      places.add(i);
    }
    if (below != null) {
      below.children.keySet().forEach(index -> places.add((Integer) index));
    }
    SortedMap<Integer, Node> resolved = new TreeMap<>();
    for (int i : places) {
      Node element = element(path, i, now, before, was, below);
      if (element != was.get(i)) {
        resolved.put(i, element);
      }
    }
    return was.with(resolved);
  }

  private Node element(
      ConfigPath path, int i, ListNode now, ListNode before, ListNode was, @Nullable Marks below) {
    Marks marked = below == null ? null : below.children.get(i);
    return build(path.child(i), now.elements().get(i), before.get(i), was.get(i), marked);
  }
}
