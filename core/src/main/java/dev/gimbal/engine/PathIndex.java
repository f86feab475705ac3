package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.champ.Champ;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is noted at the places of a tree: a trie of paths whose versions share structure. At each
 * place stand any number of values, each under the path of the template it belongs to.
 *
 * <p>Immutable and safe for use by many threads.
 */
final class PathIndex<V> {

  private static final PathIndex<?> EMPTY =
      new PathIndex<>(Champ.empty(), Champ.empty(), Champ.empty());

  /** A value and whose it is. */
  private record Owned<V>(ConfigPath owner, V value) {}

  private final Champ<String, PathIndex<V>> keys;
  private final Champ<Integer, PathIndex<V>> elements;

  /** By the text of the owner's path: texts with equal hashes are kept sorted, paths are not. */
  private final Champ<String, Owned<V>> here;

  private PathIndex(
      Champ<String, PathIndex<V>> keys,
      Champ<Integer, PathIndex<V>> elements,
      Champ<String, Owned<V>> here) {
    this.keys = keys;
    this.elements = elements;
    this.here = here;
  }

  @SuppressWarnings("unchecked") // holds nothing of any type
  static <V> PathIndex<V> empty() {
    return (PathIndex<V>) EMPTY;
  }

  boolean isEmpty() {
    return keys.isEmpty() && elements.isEmpty() && here.isEmpty();
  }

  /** What stands at a place under an owner, or null. */
  @Nullable V get(ConfigPath place, ConfigPath owner) {
    PathIndex<V> node = at(place);
    Owned<V> owned = node == null ? null : node.here.get(owner.toString());
    return owned == null ? null : owned.value();
  }

  PathIndex<V> with(ConfigPath place, ConfigPath owner, V value) {
    return with(place, 0, owner.toString(), new Owned<>(owner, value));
  }

  private PathIndex<V> with(ConfigPath place, int i, String owner, Owned<V> owned) {
    if (i == place.size()) {
      return new PathIndex<>(keys, elements, here.with(owner, owned));
    }
    PathIndex<V> child = child(place, i);
    return put(
        place, i, (child == null ? PathIndex.<V>empty() : child).with(place, i + 1, owner, owned));
  }

  PathIndex<V> without(ConfigPath place, ConfigPath owner) {
    return without(place, 0, owner.toString());
  }

  private PathIndex<V> without(ConfigPath place, int i, String owner) {
    if (i == place.size()) {
      return new PathIndex<>(keys, elements, here.without(owner));
    }
    PathIndex<V> child = child(place, i);
    return child == null ? this : put(place, i, child.without(place, i + 1, owner));
  }

  /** Visits what stands at the places above a place, at it and below it. */
  void around(ConfigPath place, BiConsumer<ConfigPath, V> visitor) {
    PathIndex<V> node = this;
    for (int i = 0; i < place.size(); i++) {
      node.own(visitor);
      node = node.child(place, i);
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

  private void own(BiConsumer<ConfigPath, V> visitor) {
    here.forEach((text, owned) -> visitor.accept(owned.owner(), owned.value()));
  }

  private void all(BiConsumer<ConfigPath, V> visitor) {
    own(visitor);
    keys.forEach((key, child) -> child.all(visitor));
    elements.forEach((index, child) -> child.all(visitor));
  }

  private @Nullable PathIndex<V> at(ConfigPath place) {
    PathIndex<V> node = this;
    for (int i = 0; i < place.size() && node != null; i++) {
      node = node.child(place, i);
    }
    return node;
  }

  private @Nullable PathIndex<V> child(ConfigPath place, int i) {
    return place.isIndex(i) ? elements.get(place.index(i)) : keys.get(place.key(i));
  }

  /** With another child; an empty one is left out. */
  private PathIndex<V> put(ConfigPath place, int i, PathIndex<V> child) {
    return place.isIndex(i)
        ? new PathIndex<>(keys, put(elements, place.index(i), child), here)
        : new PathIndex<>(put(keys, place.key(i), child), elements, here);
  }

  private static <K, V> Champ<K, PathIndex<V>> put(
      Champ<K, PathIndex<V>> children, K segment, PathIndex<V> child) {
    return child.isEmpty() ? children.without(segment) : children.with(segment, child);
  }
}
