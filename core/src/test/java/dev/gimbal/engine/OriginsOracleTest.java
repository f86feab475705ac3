package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.tree.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares with a naive fold over plain maps that carries the source of everything with it. */
class OriginsOracleTest {

  private static final int TREES = 6_000;

  private final Random random = new Random(4);

  /** A value with the layer that wrote it; an object's children are Sourced too. */
  private record Sourced(@Nullable Object value, int layer) {}

  @Test
  void winner_ofRandomLayers_isTheSourceThatANaiveFoldRemembers() {
    int present = 0;
    int absent = 0;
    for (int i = 0; i < TREES; i++) {
      List<Map<String, @Nullable Object>> maps = new ArrayList<>();
      LayerView[] layers = new LayerView[random.nextInt(1, 6)];
      Sourced folded = new Sourced(new TreeMap<String, Sourced>(), 0);
      TreeSet<String> paths = new TreeSet<>();
      for (int l = 0; l < layers.length; l++) {
        Map<String, @Nullable Object> map = object(4);
        maps.add(map);
        layers[l] = LayeredSnapshots.layer("s" + l, map);
        folded = fold(folded, map, l);
        collect(paths, ConfigPath.ROOT, map);
      }
      PublishedSnapshot snapshot = LayeredSnapshots.of(layers);
      assertEquals(plain(folded), Nodes.toMap(snapshot.resolved()), maps.toString());
      for (String text : paths) {
        ConfigPath path = ConfigPath.parse(text);
        Sourced expected = find(folded, path);
        Origin actual = Origins.winner(snapshot, path);
        if (expected == null) {
          assertEquals(null, actual, text + " of " + maps);
          absent++;
        } else {
          LayerView layer = layers[expected.layer()];
          assertEquals(layer.origins().find(layer.source(), path), actual, text + " of " + maps);
          present++;
        }
      }
    }
    assertTrue(present > 20_000, "present: " + present);
    assertTrue(absent > 5_000, "absent: " + absent);
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      map.put(String.valueOf((char) ('a' + random.nextInt(3))), value(depth - 1));
    }
    return map;
  }

  private @Nullable Object value(int depth) {
    int kind = random.nextInt(12);
    if (kind < 5 && depth > 0) {
      return object(depth);
    }
    if (kind == 5) {
      return null;
    }
    if (kind > 8 && depth > 0) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        list.add(random.nextInt(4) == 0 ? i : object(depth));
      }
      return list;
    }
    return (long) random.nextInt(3);
  }

  @SuppressWarnings("unchecked")
  private static Sourced fold(@Nullable Sourced base, Object over, int layer) {
    if (!(over instanceof Map<?, ?> object)) {
      return new Sourced(over instanceof List<?> list ? elements(list, layer) : over, layer);
    }
    Map<String, Sourced> merged =
        base != null && base.value() instanceof Map<?, ?> below
            ? new TreeMap<>((Map<String, Sourced>) below)
            : new TreeMap<>();
    object.forEach(
        (key, child) -> {
          if (child == null) {
            merged.remove((String) key);
          } else {
            merged.put((String) key, fold(merged.get((String) key), child, layer));
          }
        });
    return new Sourced(merged, layer);
  }

  /** What is in a list belongs to one layer; nulls below an element stay. */
  private static List<Sourced> elements(List<?> list, int layer) {
    List<Sourced> elements = new ArrayList<>();
    list.forEach(element -> elements.add(whole(element, layer)));
    return elements;
  }

  private static Sourced whole(@Nullable Object value, int layer) {
    if (value instanceof List<?> list) {
      return new Sourced(elements(list, layer), layer);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Sourced> children = new TreeMap<>();
      map.forEach((key, child) -> children.put((String) key, whole(child, layer)));
      return new Sourced(children, layer);
    }
    return new Sourced(value, layer);
  }

  private static @Nullable Object plain(Sourced sourced) {
    if (sourced.value() instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new TreeMap<>();
      map.forEach((key, child) -> plain.put((String) key, plain((Sourced) child)));
      return plain;
    }
    if (sourced.value() instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain((Sourced) element)));
      return plain;
    }
    return sourced.value() instanceof Integer i ? (Object) i.longValue() : sourced.value();
  }

  private static @Nullable Sourced find(Sourced root, ConfigPath path) {
    Sourced at = root;
    for (int i = 0; i < path.size() && at != null; i++) {
      Object value = at.value();
      if (path.isIndex(i)) {
        List<?> list = value instanceof List<?> elements ? elements : List.of();
        at = path.index(i) < list.size() ? (Sourced) list.get(path.index(i)) : null;
      } else {
        at = value instanceof Map<?, ?> map ? (Sourced) map.get(path.key(i)) : null;
      }
    }
    return at; // nulls are left in lists only, where they are elements
  }

  private static void collect(TreeSet<String> paths, ConfigPath path, @Nullable Object value) {
    if (!path.isRoot()) {
      paths.add(path.toString());
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> collect(paths, path.child((String) key), child));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(paths, path.child(i), list.get(i));
      }
    }
  }
}
