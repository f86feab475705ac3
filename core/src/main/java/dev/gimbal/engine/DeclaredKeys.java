package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declared paths as a tree, to find them by bare names. Not written after construction. */
final class DeclaredKeys implements VariableMatcher.Keys<DeclaredKeys> {

  private final Map<String, DeclaredKeys> children = new HashMap<>(4);
  private final Map<Integer, DeclaredKeys> elements = new HashMap<>(0);
  private final Map<String, List<String>> named = new HashMap<>(4);
  private int longestName;
  private boolean declared;

  private DeclaredKeys() {}

  static DeclaredKeys of(Collection<ConfigPath> paths) {
    DeclaredKeys root = new DeclaredKeys();
    for (ConfigPath path : paths) {
      DeclaredKeys place = root;
      for (int i = 0; i < path.size(); i++) {
        place = place.grow(path, i);
      }
      place.declared = true;
    }
    return root;
  }

  private DeclaredKeys grow(ConfigPath path, int i) {
    if (path.isIndex(i)) {
      return elements.computeIfAbsent(path.index(i), index -> new DeclaredKeys());
    }
    String key = path.key(i);
    DeclaredKeys child = children.get(key);
    if (child == null) {
      child = new DeclaredKeys();
      children.put(key, child);
      String bareName = ObjectNode.bareName(key);
      named.computeIfAbsent(bareName, bare -> new ArrayList<>(1)).add(key);
      longestName = Math.max(longestName, bareName.length());
    }
    return child;
  }

  /** Whether exactly this path is declared. */
  boolean contains(ConfigPath path) {
    DeclaredKeys place = this;
    for (int i = 0; i < path.size() && place != null; i++) {
      place = path.isIndex(i) ? place.elements.get(path.index(i)) : place.children.get(path.key(i));
    }
    return place != null && place.declared;
  }

  @Override
  public boolean isKey(DeclaredKeys place) {
    return place.declared;
  }

  @Override
  public List<String> named(DeclaredKeys place, String bareName) {
    return place.named.getOrDefault(bareName, List.of());
  }

  @Override
  public int longestName(DeclaredKeys place) {
    return place.longestName;
  }

  @Override
  public @Nullable DeclaredKeys child(DeclaredKeys place, String key) {
    return place.children.get(key);
  }

  @Override
  public @Nullable DeclaredKeys element(DeclaredKeys place, int index) {
    return place.elements.get(index);
  }
}
