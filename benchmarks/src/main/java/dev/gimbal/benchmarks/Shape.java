package dev.gimbal.benchmarks;

import dev.gimbal.Config;
import dev.gimbal.Snapshot;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A configuration to change one key of: its lowest layer has all keys, each other one a twentieth
 * of them.
 *
 * @param keys how many
 * @param lie how they lie
 * @param layers how many
 * @param watchers on keys that are not changed, each on its own
 * @param put the layer that is written to
 */
record Shape(int keys, Lie lie, int layers, int watchers, Put put) {

  /** Which layer is written to. */
  enum Put {
    TOP,
    /** Of it keys are changed that no higher layer has. */
    BOTTOM
  }

  /** How keys lie. */
  enum Lie {
    /** As {@link Data} has them: objects of objects, three levels. */
    TREE,
    /** All are children of one object. */
    WIDE,
    /** Twenty in an object, fifty levels below the root. */
    DEEP,
    /** As in the tree, with 120 characters before the first keys. */
    LONG,
    /** Twenty in an object, the objects in one list; for one layer, as lists are not merged. */
    LIST
  }

  private static final String DEEP = "level.".repeat(48);
  private static final String LONG = "service-".repeat(15);

  /** A layer above the lowest has one key of so many. */
  private static final int EACH = 20;

  /**
   * By a text: keys, how they lie, layers, watchers, and the layer that is written to unless it is
   * the highest, as in {@code 100000/wide/3/1000} and {@code 10000/tree/3/0/bottom}.
   */
  static Shape of(String text) {
    String[] parts = text.split("/");
    return new Shape(
        Integer.parseInt(parts[0]),
        Lie.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        parts.length == 4 ? Put.TOP : Put.valueOf(parts[4].toUpperCase(Locale.ROOT)));
  }

  /** What a shape is at work. */
  record Open(Config config, MemorySource written, List<String> changed, List<Watcher> watching) {}

  String key(int i) {
    return switch (lie) {
      case TREE -> Data.key(i);
      case WIDE -> "wide." + Data.name("key", i);
      case DEEP -> DEEP + Data.name("object", i / 20) + "." + Data.name("key", i % 20);
      case LONG -> LONG + Data.key(i);
      case LIST -> "list[" + i / 20 + "]." + Data.name("key", i % 20);
    };
  }

  /**
   * Builds it.
   *
   * @param changed how many keys are to be changed; they lie far from each other
   */
  Open open(int changed) {
    Config.Builder builder = Config.builder();
    MemorySource[] sources = new MemorySource[layers];
    for (int layer = 0; layer < layers; layer++) {
      Map<String, Object> values = new HashMap<>();
      int step = layer == 0 ? 1 : EACH;
      for (int i = layer; i < keys; i += step) {
        values.put(key(i), i + layer);
      }
      sources[layer] = Sources.memory("layer" + layer);
      sources[layer].replace(values);
      builder.source(sources[layer]);
    }
    Config config = builder.build();
    check(config);
    Set<Integer> chosen = chosen(Math.min(changed, keys));
    List<String> paths = new ArrayList<>(chosen.stream().map(this::key).toList());
    Data.shuffle(paths);
    MemorySource written = sources[put == Put.TOP ? layers - 1 : 0];
    return new Open(config, written, List.copyOf(paths), watch(config, chosen));
  }

  /** The highest layer that has a key. */
  private int layerOf(int i) {
    int layer = layers - 1;
    while (layer > 0 && (i < layer || (i - layer) % EACH != 0)) {
      layer--;
    }
    return layer;
  }

  /** Asks for a thousand keys. */
  private void check(Config config) {
    Snapshot snapshot = config.snapshot();
    for (int i = 0; i < keys; i += Math.max(1, keys / 997)) {
      Peer.check(i + layerOf(i), snapshot.get(key(i)).asInt(-1), key(i));
    }
  }

  private Set<Integer> chosen(int wanted) {
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int n = 0; n < wanted; n++) {
      int i = (int) ((long) n * keys / wanted);
      int passed = 0;
      while (chosen.contains(i) || put == Put.BOTTOM && layerOf(i) > 0) {
        i = (i + 1) % keys;
        if (++passed == keys) {
          throw new IllegalArgumentException(
              this + ": has no " + wanted + " keys that could be changed, only " + n);
        }
      }
      chosen.add(i);
    }
    return chosen;
  }

  private List<Watcher> watch(Config config, Set<Integer> chosen) {
    if (watchers > keys - chosen.size()) {
      throw new IllegalArgumentException(
          this + ": of its keys " + chosen.size() + " are changed, too few are left to watch");
    }
    List<Watcher> watching = new ArrayList<>();
    for (int i = 0; watching.size() < watchers; i++) {
      if (!chosen.contains(i)) {
        watching.add(config.watch(key(i)));
      }
    }
    return watching;
  }
}
