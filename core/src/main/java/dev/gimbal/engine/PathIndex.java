package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.champ.Champ;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is noted at the places of a tree: a trie of paths whose versions share structure. At each place
 * stand any number of values, each under the path of the template it belongs to.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class PathIndex<V> {

  private static final PathIndex<?> EMPTY = new PathIndex<>(Champ.empty(), Champ.empty());

  private final Champ<Object, PathIndex<V>> children;
  private final Champ<ConfigPath, V> here;

  private PathIndex(Champ<Object, PathIndex<V>> children, Champ<ConfigPath, V> here) {
    this.children = children;
    this.here = here;
  }

  @SuppressWarnings("unchecked") // holds nothing of any type
  static <V> PathIndex<V> empty() {
    return (PathIndex<V>) EMPTY;
  }

  boolean isEmpty() {
    return children.isEmpty() && here.isEmpty();
  }

  /** What stands at a place under an owner, or null. */
  @Nullable V get(ConfigPath place, ConfigPath owner) {
    PathIndex<V> node = at(place);
    return node == null ? null : node.here.get(owner);
  }

  PathIndex<V> with(ConfigPath place, ConfigPath owner, V value) {
    return with(place, 0, owner, value);
  }

  private PathIndex<V> with(ConfigPath place, int i, ConfigPath owner, V value) {
    if (i == place.size()) {
      return new PathIndex<>(children, here.with(owner, value));
    }
    Object segment = segment(place, i);
    PathIndex<V> child = children.get(segment);
    PathIndex<V> changed =
        (child == null ? PathIndex.<V>empty() : child).with(place, i + 1, owner, value);
    return new PathIndex<>(children.with(segment, changed), here);
  }

  PathIndex<V> without(ConfigPath place, ConfigPath owner) {
    return without(place, 0, owner);
  }

  private PathIndex<V> without(ConfigPath place, int i, ConfigPath owner) {
    if (i == place.size()) {
      return new PathIndex<>(children, here.without(owner));
    }
    Object segment = segment(place, i);
    PathIndex<V> child = children.get(segment);
    if (child == null) {
      return this;
    }
    PathIndex<V> changed = child.without(place, i + 1, owner);
    return new PathIndex<>(
        changed.isEmpty() ? children.without(segment) : children.with(segment, changed), here);
  }

  /** Visits what stands at the places above a place, at it and below it. */
  void around(ConfigPath place, BiConsumer<ConfigPath, V> visitor) {
    PathIndex<V> node = this;
    for (int i = 0; i < place.size(); i++) {
      node.here.forEach(visitor);
      node = node.children.get(segment(place, i));
      if (node == null) {
        return;
      }
    }
    node.all(visitor);
  }

  /** Visits what stands at a place and below it. */
  void below(ConfigPath place, BiConsumer<ConfigPath, V> visitor) {
    PathIndex<V> node = at(place);
    if (node != null) {
      node.all(visitor);
    }
  }

  private void all(BiConsumer<ConfigPath, V> visitor) {
    here.forEach(visitor);
    children.forEach((segment, child) -> child.all(visitor));
  }

  private @Nullable PathIndex<V> at(ConfigPath place) {
    PathIndex<V> node = this;
    for (int i = 0; i < place.size() && node != null; i++) {
      node = node.children.get(segment(place, i));
    }
    return node;
  }

  private static Object segment(ConfigPath place, int i) {
    return place.isIndex(i) ? (Object) place.index(i) : place.key(i);
  }
}
