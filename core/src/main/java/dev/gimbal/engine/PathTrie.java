package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.champ.Champ;
import dev.gimbal.tree.ChildVisitor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things that stand at paths, so that those whose value differs between two trees are found by
 * walking what differs. Immutable; versions share structure.
 *
 * @param <T> compared by {@code equals}; any number stand at a path
 */
final class PathTrie<T> {

  private static final PathTrie<?> EMPTY = new PathTrie<>(Champ.empty(), null, Champ.empty());

  /**
   * With so few places below, each is looked up; with more, what differs between two objects, or
   * two lists, is.
   */
  private static final int FEW = 4;

  /** By key or index. */
  private final Champ<Object, PathTrie<T>> below;

  /** What stands here where nothing else ever has beside it: most places have one thing. */
  private final @Nullable T only;

  /** All that stands here where it is not {@link #only}. */
  private final Champ<T, T> several;

  private PathTrie(Champ<Object, PathTrie<T>> below, @Nullable T only, Champ<T, T> several) {
    this.below = below;
    this.only = only;
    this.several = several;
  }

  @SuppressWarnings("unchecked") // holds nothing of any type
  static <T> PathTrie<T> empty() {
    return (PathTrie<T>) EMPTY;
  }

  boolean isEmpty() {
    return below.isEmpty() && only == null && several.isEmpty();
  }

  PathTrie<T> with(ConfigPath path, T thing) {
    return change(path, 0, thing, true);
  }

  PathTrie<T> without(ConfigPath path, T thing) {
    return change(path, 0, thing, false);
  }

  private PathTrie<T> change(ConfigPath path, int i, T thing, boolean add) {
    if (i == path.size()) {
      return add ? withHere(thing) : withoutHere(thing);
    }
    Object segment = path.isIndex(i) ? (Object) path.index(i) : path.key(i);
    PathTrie<T> child = below.get(segment);
    PathTrie<T> changed =
        (child == null ? PathTrie.<T>empty() : child).change(path, i + 1, thing, add);
    return new PathTrie<>(
        changed.isEmpty() ? below.without(segment) : below.with(segment, changed), only, several);
  }

  private PathTrie<T> withHere(T thing) {
    if (thing.equals(only)) {
      return this;
    }
    if (only == null && several.isEmpty()) {
      return new PathTrie<>(below, thing, several);
    }
    Champ<T, T> all = only == null ? several : several.with(only, only);
    return new PathTrie<>(below, null, all.with(thing, thing));
  }

  private PathTrie<T> withoutHere(T thing) {
    return thing.equals(only)
        ? new PathTrie<>(below, null, several)
        : new PathTrie<>(below, only, several.without(thing));
  }

  /** One of the things that stand at a path, or null. */
  @Nullable T any(ConfigPath path) {
    PathTrie<T> place = at(path);
    if (place == null) {
      return null;
    }
    return place.only == null ? place.several.anyKey() : place.only;
  }

  /** Visits what stands at one path. */
  void forEachAt(ConfigPath path, Consumer<? super T> visitor) {
    PathTrie<T> place = at(path);
    if (place != null) {
      place.forEachHere(visitor);
    }
  }

  private @Nullable PathTrie<T> at(ConfigPath path) {
    PathTrie<T> place = this;
    for (int i = 0; i < path.size() && place != null; i++) {
      place = place.below.get(path.isIndex(i) ? (Object) path.index(i) : path.key(i));
    }
    return place;
  }

  private void forEachHere(Consumer<? super T> visitor) {
    if (only != null) {
      visitor.accept(only);
    } else if (!several.isEmpty()) {
      several.forEach((thing, same) -> visitor.accept(thing));
    }
  }

  /** Visits what stands at any path. */
  void forEach(Consumer<? super T> visitor) {
    forEachHere(visitor);
    below.forEach((segment, child) -> child.forEach(visitor));
  }

  /**
   * Visits what stands at the paths where two trees do not have the same node: at, above and below
   * each place that differs.
   *
   * @return how many pairs of nodes were compared
   */
  long forEachDiffering(@Nullable Node before, @Nullable Node after, Consumer<? super T> visitor) {
    if (before == after) {
      return 0;
    }
    forEachHere(visitor);
    if (below.isEmpty()) {
      return 1;
    }
    Walk<T> walk = new Walk<>(this, visitor);
    boolean many = below.size() > FEW;
    if (many && before instanceof ObjectNode && after instanceof ObjectNode) {
      Nodes.diffChildren(before, after, walk);
    } else if (many && before instanceof ListNode was && after instanceof ListNode is) {
      walk.elements(was, is);
    } else {
      below.forEach(
          (segment, child) -> walk.enter(child, child(before, segment), child(after, segment)));
    }
    return walk.visits;
  }

  private static @Nullable Node child(@Nullable Node node, Object segment) {
    if (node instanceof ObjectNode object) {
      return segment instanceof String key ? object.get(key) : null;
    }
    return node instanceof ListNode list && segment instanceof Integer index
        ? list.get(index)
        : null;
  }

  /** One level of a walk. */
  private static final class Walk<T> implements ChildVisitor {
    private final PathTrie<T> place;
    private final Consumer<? super T> visitor;
    private long visits = 1;

    Walk(PathTrie<T> place, Consumer<? super T> visitor) {
      this.place = place;
      this.visitor = visitor;
    }

    void enter(PathTrie<T> child, @Nullable Node before, @Nullable Node after) {
      visits += child.forEachDiffering(before, after, visitor);
    }

    void elements(ListNode before, ListNode after) {
      boolean grew = before.size() < after.size();
      ListNode longer = grew ? after : before;
      ListNode other = grew ? before : after;
      for (int i = longer.nextDifferent(other, 0);
          i < longer.size();
          i = longer.nextDifferent(other, i + 1)) {
        visits++;
        PathTrie<T> child = place.below.get(i);
        if (child != null) {
          enter(child, before.get(i), after.get(i));
        }
      }
    }

    @Override
    public void changed(String key, @Nullable Node before, @Nullable Node after) {
      PathTrie<T> child = place.below.get(key);
      if (child != null) {
        enter(child, before, after);
      }
    }

    @Override
    public void visited() {
      visits++;
    }
  }
}
