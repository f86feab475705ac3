package dev.gimbal.engine;

import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers merged and resolved, before anybody sees them. Made from the last one that was
 * published, so that its cost follows what changed. Immutable.
 */
final class Candidate {

  static final Candidate NOTHING =
      new Candidate(
          new Stage[0],
          KnownKeys.of(List.of(), Conversions.standard(), null),
          Placeholders.EMPTY,
          List.of());

  /**
   * One layer of it. The same object as long as nothing changes in the layer and below.
   *
   * @param content what was merged
   * @param view the tree that the content gave
   * @param merged what lies below and in the layer
   */
  record Stage(LayerContent content, LayerView view, ObjectNode merged) {}

  /** The lowest layer first. Never written after construction. */
  private final Stage[] stages;

  private final KnownKeys known;
  private final Placeholders.Resolved resolved;
  private final List<Problem> problems;

  private Candidate(
      Stage[] stages, KnownKeys known, Placeholders.Resolved resolved, List<Problem> problems) {
    this.stages = stages;
    this.known = known;
    this.resolved = resolved;
    this.problems = problems;
  }

  /** A candidate that nobody merged. */
  static Candidate of(ObjectNode merged, ObjectNode resolved, List<LayerView> views) {
    Stage[] stages = new Stage[views.size()];
    for (int i = 0; i < stages.length; i++) {
      stages[i] = new Stage(LayerContent.EMPTY, views.get(i), merged);
    }
    return new Candidate(
        stages,
        NOTHING.known,
        new Placeholders.Resolved(merged, resolved, Placeholders.Index.EMPTY, List.of()),
        List.of());
  }

  /** How many layers it has. */
  int size() {
    return stages.length;
  }

  /** Its layers from the lowest, which is 0. */
  Stage stage(int i) {
    return stages[i];
  }

  /** Looks at them as they are asked for: few who read ask. */
  List<LayerView> views() {
    return new AbstractList<>() {
      @Override
      public LayerView get(int i) {
        return stages[i].view();
      }

      @Override
      public int size() {
        return stages.length;
      }
    };
  }

  /** The keys that names of variables were matched with. */
  KnownKeys known() {
    return known;
  }

  List<Problem> problems() {
    return problems;
  }

  /** What the placeholders see: the top of the merge. */
  ObjectNode top() {
    return stages.length == 0 ? resolved.merged() : merged(stages.length);
  }

  /** What the first layers are merged to. */
  ObjectNode merged(int count) {
    return count == 0 ? ObjectNode.EMPTY : stages[count - 1].merged();
  }

  /** What readers see. */
  ObjectNode tree() {
    return resolved.tree();
  }

  /** Whether readers and who explains see the same in both. */
  boolean shows(Candidate other) {
    boolean same =
        tree() == other.tree()
            && stages.length == other.stages.length
            && known.secrets() == other.known.secrets();
    for (int i = 0; i < stages.length && same; i++) {
      same = stages[i].view().equals(other.stages[i].view());
    }
    return same;
  }

  /** Merges and resolves; continues from this one wherever layers are in the same places. */
  Candidate next(
      List<String> names,
      List<LayerContent> contents,
      KnownKeys nextKnown,
      Merger merger,
      Merger.Policies policies,
      Placeholders.Outside outside) {
    int count = contents.size();
    Stage[] next = new Stage[count];
    List<Problem> found = new ArrayList<>(0);
    ObjectNode below = ObjectNode.EMPTY;
    boolean continued = count == stages.length;
    for (int i = 0; i < count; i++) {
      Stage was = at(i, names.get(i));
      LayerView view = view(i, was, names.get(i), contents.get(i), nextKnown, below, found);
      next[i] = merge(i, was, contents.get(i), view, below, merger, policies);
      below = next[i].merged();
      continued &= was != null;
    }
    if (!continued && count > 0) { // a merge that was continued shares already
      below = (ObjectNode) Nodes.share(top(), below);
      next[count - 1] = new Stage(next[count - 1].content(), next[count - 1].view(), below);
    }
    Placeholders.Resolved nextResolved =
        Placeholders.resolve(resolved, below, nextKnown.secrets(), outside);
    List<Problem> all = nextResolved.problems();
    if (!found.isEmpty()) {
      found.addAll(all);
      all = List.copyOf(found);
    }
    return new Candidate(next, nextKnown, nextResolved, all);
  }

  /** The same with what is secret by now; nothing is resolved anew. */
  Candidate marked(@Nullable SecretPaths paths) {
    if (paths == null || paths == known.secrets()) {
      return this;
    }
    Stage[] next = new Stage[stages.length];
    for (int i = 0; i < next.length; i++) {
      LayerView view = stages[i].view();
      next[i] =
          new Stage(
              stages[i].content(),
              new LayerView(view.source(), paths.mark(view.tree()), view.origins()),
              paths.mark(stages[i].merged()));
    }
    return new Candidate(next, known.withSecrets(paths), resolved, problems);
  }

  /** What a layer was, where it was in the same place. */
  private @Nullable Stage at(int i, String name) {
    Stage stage = i < stages.length ? stages[i] : null;
    return stage != null && stage.view().source().equals(name) ? stage : null;
  }

  private Stage merge(
      int i,
      @Nullable Stage was,
      LayerContent content,
      LayerView view,
      ObjectNode below,
      Merger merger,
      Merger.Policies policies) {
    if (was != null && was.view() == view && was.content() == content && merged(i) == below) {
      return was;
    }
    Merger.Was before =
        was == null
            ? Merger.Was.NOTHING
            : new Merger.Was(merged(i), was.view().tree(), was.merged());
    // Variables hold whole copies of lists below: see docs/spec/environment.md.
    Merger.Policies own = content.variables() == null ? policies : Merger.Policies.NONE;
    Node result = merger.merge(before, below, view.tree(), own);
    return new Stage(
        content, view, result instanceof ObjectNode object ? object : ObjectNode.EMPTY);
  }

  private LayerView view(
      int i,
      @Nullable Stage before,
      String name,
      LayerContent content,
      KnownKeys nextKnown,
      ObjectNode below,
      List<Problem> found) {
    LayerView was = before == null ? null : before.view();
    boolean sameSecrets = known.secrets() == nextKnown.secrets();
    if (content.variables() == null) {
      return before != null
              && was != null
              && before.content().tree() == content.tree()
              && was.origins() == content.origins()
              && sameSecrets
          ? was
          : new LayerView(
              name, marked(before, content.tree(), nextKnown.secrets()), content.origins());
    }
    if (before != null
        && before.content().variables() == content.variables()
        && merged(i) == below
        && known == nextKnown) {
      return before.view();
    }
    VariableTree.Result result = VariableTree.of(name, content.variables(), nextKnown, below);
    found.addAll(result.problems());
    ObjectNode marked = marked(null, result.tree(), nextKnown.secrets());
    ObjectNode tree = was == null ? marked : (ObjectNode) Nodes.share(was.tree(), marked);
    OriginTable origins = result.origins();
    return new LayerView(name, tree, origins);
  }

  /** The tree with its secrets marked; continues from a stage that was marked by the same. */
  private ObjectNode marked(@Nullable Stage before, ObjectNode tree, @Nullable SecretPaths paths) {
    if (paths == null) {
      return tree;
    }
    if (before == null || before.content().variables() != null || known.secrets() != paths) {
      return paths.mark(tree);
    }
    return paths.mark(before.content().tree(), before.view().tree(), tree);
  }
}
