package dev.gimbal.engine;

import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers merged and resolved, before anybody sees them. Made from the last one that was
 * published, so that its cost follows what changed. Immutable.
 *
 * @param contents what was merged, the lowest layer first
 * @param views the tree that each content gave
 * @param merged what lies below and in each layer
 * @param known the keys that names of variables were matched with
 */
record Candidate(
    List<LayerContent> contents,
    List<LayerView> views,
    List<ObjectNode> merged,
    KnownKeys known,
    Placeholders.Resolved resolved,
    List<Problem> problems) {

  static final Candidate NOTHING =
      new Candidate(
          List.of(),
          List.of(),
          List.of(),
          KnownKeys.of(List.of(), Conversions.standard()),
          Placeholders.EMPTY,
          List.of());

  /** What the placeholders see: the top of the merge. */
  ObjectNode top() {
    return merged.isEmpty() ? ObjectNode.EMPTY : merged.get(merged.size() - 1);
  }

  /** What readers see. */
  ObjectNode tree() {
    return resolved.tree();
  }

  /** Merges and resolves; continues from this one wherever layers are in the same places. */
  Candidate next(
      List<String> names,
      List<LayerContent> nextContents,
      KnownKeys nextKnown,
      Merger merger,
      Merger.Policies policies,
      Placeholders.Outside outside) {
    List<LayerView> nextViews = new ArrayList<>(nextContents.size());
    List<ObjectNode> nextMerged = new ArrayList<>(nextContents.size());
    List<Problem> found = new ArrayList<>();
    ObjectNode below = ObjectNode.EMPTY;
    for (int i = 0; i < nextContents.size(); i++) {
      LayerView was =
          i < views.size() && views.get(i).source().equals(names.get(i)) ? views.get(i) : null;
      LayerView view = view(i, was, names.get(i), nextContents.get(i), nextKnown, below, found);
      Merger.Was before =
          was == null
              ? Merger.Was.NOTHING
              : new Merger.Was(
                  i == 0 ? ObjectNode.EMPTY : merged.get(i - 1), was.tree(), merged.get(i));
      // Variables hold whole copies of lists below: see docs/spec/environment.md.
      Merger.Policies own =
          nextContents.get(i).variables() == null ? policies : Merger.Policies.NONE;
      Node result = merger.merge(before, below, view.tree(), own);
      below = result instanceof ObjectNode object ? object : ObjectNode.EMPTY;
      nextViews.add(view);
      nextMerged.add(below);
    }
    ObjectNode shared = (ObjectNode) Nodes.share(top(), below);
    if (!nextMerged.isEmpty()) {
      nextMerged.set(nextMerged.size() - 1, shared);
    }
    Placeholders.Resolved nextResolved = Placeholders.resolve(resolved, shared, outside);
    found.addAll(nextResolved.problems());
    return new Candidate(
        List.copyOf(nextContents),
        List.copyOf(nextViews),
        List.copyOf(nextMerged),
        nextKnown,
        nextResolved,
        found);
  }

  private LayerView view(
      int i,
      @Nullable LayerView was,
      String name,
      LayerContent content,
      KnownKeys nextKnown,
      ObjectNode below,
      List<Problem> found) {
    if (content.variables() == null) {
      return was != null && was.tree() == content.tree() && was.origins() == content.origins()
          ? was
          : new LayerView(name, content.tree(), content.origins());
    }
    ObjectNode belowBefore = i == 0 || i > merged.size() ? ObjectNode.EMPTY : merged.get(i - 1);
    if (was != null
        && contents.get(i).variables() == content.variables()
        && belowBefore == below
        && known == nextKnown) {
      return was;
    }
    VariableTree.Result result = VariableTree.of(name, content.variables(), nextKnown, below);
    found.addAll(result.problems());
    ObjectNode tree =
        was == null ? result.tree() : (ObjectNode) Nodes.share(was.tree(), result.tree());
    OriginTable origins = result.origins();
    return new LayerView(name, tree, origins);
  }
}
