package dev.gimbal.engine;

import dev.gimbal.ListMerge;
import dev.gimbal.tree.ChildVisitor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges one layer over what lies below it, starting from the last merge of the two: only subtrees
 * that are other objects than then are visited, and unchanged results keep their identity. The
 * rules stand in {@code docs/spec/merging.md}. Used by the lane only.
 */
final class Merger {

  /** What to do with lists, by path: a trie as deep as the longest path with a policy. */
  record Policies(ListMerge here, Map<String, Policies> below) {
    static final Policies NONE = new Policies(ListMerge.REPLACE, Map.of());

    Policies child(String key) {
      return below.isEmpty() ? NONE : below.getOrDefault(key, NONE);
    }
  }

  /** Pairs of tree nodes compared so far: the unit of cost. */
  private long visits;

  long visits() {
    return visits;
  }

  /**
   * The merge of {@code over} over {@code base}.
   *
   * @param was the inputs and the result of the merge before at the same place, nulls for absent
   * @return null for absent; without tombstones
   */
  @Nullable Node merge(Was was, @Nullable Node base, @Nullable Node over, Policies policies) {
    if (base == was.base && over == was.over) {
      return was.result;
    }
    visits++;
    if (over == null) {
      return base;
    }
    if (over instanceof NullNode) {
      return null;
    }
    if (over instanceof ObjectNode object) {
      return mergeObject(was, base, object, policies);
    }
    Node result = over instanceof ListNode list ? mergeList(base, list, policies) : over;
    return result.equals(was.result) ? was.result : result;
  }

  /** Inputs and result of an earlier merge at one place. */
  record Was(@Nullable Node base, @Nullable Node over, @Nullable Node result) {
    static final Was NOTHING = new Was(null, null, null);
  }

  private static Node mergeList(@Nullable Node base, ListNode over, Policies policies) {
    if (policies.here() == ListMerge.REPLACE || !(base instanceof ListNode below)) {
      return over;
    }
    boolean append = policies.here() == ListMerge.APPEND;
    List<Node> elements = new ArrayList<>(append ? below.elements() : over.elements());
    elements.addAll(append ? over.elements() : below.elements());
    return ListNode.of(elements);
  }

  private Node mergeObject(Was was, @Nullable Node base, ObjectNode over, Policies policies) {
    ObjectNode below = base instanceof ObjectNode object ? object : ObjectNode.EMPTY;
    if (below.isEmpty() && !over.hasTombstones()) {
      return over;
    }
    // Where the earlier result is an object, it is a merge key by key, which can be continued.
    Was from = was.result instanceof ObjectNode ? was : scratch(below);
    Map<String, @Nullable Node> changes = new HashMap<>();
    Visitor visitor = new Visitor(from, below, over, policies, changes);
    ObjectNode.diff(object(from.base), below, visitor);
    ObjectNode.diff(object(from.over), over, visitor);
    return edit(object(from.result), changes);
  }

  /** As if an empty layer had lain over {@code below}. */
  private static Was scratch(ObjectNode below) {
    return new Was(below, null, below);
  }

  private static ObjectNode object(@Nullable Node node) {
    return node instanceof ObjectNode object ? object : ObjectNode.EMPTY;
  }

  private final class Visitor implements ChildVisitor {
    private final Was was;
    private final ObjectNode base;
    private final ObjectNode over;
    private final Policies policies;
    private final Map<String, @Nullable Node> changes;

    Visitor(
        Was was,
        ObjectNode base,
        ObjectNode over,
        Policies policies,
        Map<String, @Nullable Node> changes) {
      this.was = was;
      this.base = base;
      this.over = over;
      this.policies = policies;
      this.changes = changes;
    }

    @Override
    public void changed(String key, @Nullable Node before, @Nullable Node after) {
      if (changes.containsKey(key)) {
        return;
      }
      Was child =
          new Was(
              object(was.base).get(key), object(was.over).get(key), object(was.result).get(key));
      changes.put(key, merge(child, base.get(key), over.get(key), policies.child(key)));
    }

    @Override
    public void visited() {
      visits++;
    }
  }

  /** The object after several changes; a null value removes. Many changes build it anew. */
  static ObjectNode edit(ObjectNode object, Map<String, @Nullable Node> changes) {
    if (changes.size() <= 32 || changes.size() < object.size() / 4) {
      ObjectNode result = object;
      for (Map.Entry<String, @Nullable Node> change : changes.entrySet()) {
        Node child = change.getValue();
        result =
            child == null ? result.without(change.getKey()) : result.with(change.getKey(), child);
      }
      return result;
    }
    Map<String, Node> children = new HashMap<>();
    object.forEach(children::put);
    boolean same = true;
    for (Map.Entry<String, @Nullable Node> change : changes.entrySet()) {
      Node child = change.getValue();
      Node was =
          child == null ? children.remove(change.getKey()) : children.put(change.getKey(), child);
      same &= was == child;
    }
    return same ? object : ObjectNode.of(children);
  }
}
