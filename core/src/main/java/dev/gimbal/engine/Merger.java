package dev.gimbal.engine;

import dev.gimbal.ListMerge;
import dev.gimbal.tree.ChildVisitor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectEdits;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** Those that are not at work: a merge takes one for each level, and gives it back empty. */
  private final ArrayDeque<Visitor> idle = new ArrayDeque<>();

  private final Counting counting = new Counting();

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
    return merge(was.base, was.over, was.result, base, over, policies);
  }

  private @Nullable Node merge(
      @Nullable Node baseWas,
      @Nullable Node overWas,
      @Nullable Node resultWas,
      @Nullable Node base,
      @Nullable Node over,
      Policies policies) {
    if (base == baseWas && over == overWas) {
      return resultWas;
    }
    visits++;
    if (over == null) {
      return base == null ? null : Nodes.share(resultWas, base, counting);
    }
    if (over instanceof NullNode) {
      return null;
    }
    if (over instanceof ObjectNode object) {
      return mergeObject(baseWas, overWas, resultWas, base, object, policies);
    }
    Node result = over instanceof ListNode list ? mergeList(base, list, policies) : over;
    return Nodes.share(resultWas, result, counting);
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

  private Node mergeObject(
      @Nullable Node baseWas,
      @Nullable Node overWas,
      @Nullable Node resultWas,
      @Nullable Node base,
      ObjectNode over,
      Policies policies) {
    ObjectNode below = object(base);
    if (below.isEmpty() && !over.hasTombstones()) {
      return Nodes.share(resultWas, over, counting);
    }
    // Where the earlier result is an object, it is a merge key by key, which can be continued;
    // anything else is begun as if an empty layer had lain over what is below.
    Visitor taken = idle.poll();
    Visitor visitor = taken == null ? new Visitor() : taken;
    visitor.base = below;
    visitor.over = over;
    visitor.policies = policies;
    if (resultWas instanceof ObjectNode result) {
      visitor.baseWas = object(baseWas);
      visitor.overWas = object(overWas);
      visitor.resultWas = result;
    } else {
      visitor.baseWas = below;
      visitor.resultWas = below;
    }
    ObjectNode merged = visitor.merged();
    visitor.clear();
    idle.push(visitor);
    return merged;
  }

  private static ObjectNode object(@Nullable Node node) {
    return node instanceof ObjectNode object ? object : ObjectNode.EMPTY;
  }

  /** Told what is compared where nothing is merged. */
  private final class Counting implements ChildVisitor {
    @Override
    public void changed(String key, @Nullable Node before, @Nullable Node after) {}

    @Override
    public void visited() {
      visits++;
    }
  }

  /** Merges the children that differ: of what lies below, and then of the layer. */
  private final class Visitor implements ChildVisitor {
    private ObjectNode baseWas = ObjectNode.EMPTY;
    private ObjectNode overWas = ObjectNode.EMPTY;
    private ObjectNode resultWas = ObjectNode.EMPTY;
    private ObjectNode base = ObjectNode.EMPTY;
    private ObjectNode over = ObjectNode.EMPTY;
    private Policies policies = Policies.NONE;
    private final ObjectEdits edits = new ObjectEdits();

    /** Whether those that differ below are merged already. */
    private boolean belowIsMerged;

    /** Holds no tree any more. */
    void clear() {
      baseWas = ObjectNode.EMPTY;
      overWas = ObjectNode.EMPTY;
      resultWas = ObjectNode.EMPTY;
      base = ObjectNode.EMPTY;
      over = ObjectNode.EMPTY;
      policies = Policies.NONE;
      edits.clear();
      belowIsMerged = false;
    }

    ObjectNode merged() {
      ObjectNode.diff(baseWas, base, this);
      belowIsMerged = true;
      ObjectNode.diff(overWas, over, this);
      return edits.applyTo(resultWas);
    }

    @Override
    public void changed(String key, @Nullable Node before, @Nullable Node after) {
      Node below = belowIsMerged ? base.get(key) : after;
      Node belowWas = belowIsMerged ? baseWas.get(key) : before;
      if (belowIsMerged && below != belowWas) {
        return;
      }
      Node own = belowIsMerged ? after : over.get(key);
      Node ownWas = belowIsMerged ? before : overWas.get(key);
      Policies child = policies.child(key);
      edits.put(key, merge(belowWas, ownWas, resultWas.get(key), below, own, child));
    }

    @Override
    public void visited() {
      visits++;
    }
  }
}
