package dev.gimbal.benchmarks;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.Watcher;
import dev.gimbal.source.MemorySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A configuration to change one key of: its lowest layer has all keys, each other one a twentieth
 * of them; the highest is written to.
 *
 * @param keys how many
 * @param lie how they lie
 * @param layers how many
 * @param watchers on keys that are not changed, each on its own
 */
record Shape(int keys, Lie lie, int layers, int watchers) {

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

  /** How many keys are changed in turn, where it is not one of few. */
  static final int SPREAD = 4096;

  /** By a text: keys, how they lie, layers, watchers, as in {@code 100000/wide/3/1000}. */
  static Shape of(String text) {
    String[] parts = text.split("/");
    return new Shape(
        Integer.parseInt(parts[0]),
        Lie.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  /** What a shape is at work. */
  record Open(Config config, MemorySource written, String[] changed, List<Watcher> watching) {}

  String key(int i) {
    return switch (lie) {
      case TREE -> Data.key(i);
      case WIDE -> "wide.key" + i;
      case DEEP -> DEEP + "object" + i / 20 + ".key" + i % 20;
      case LONG -> LONG + Data.key(i);
      case LIST -> "list[" + i / 20 + "].key" + i % 20;
    };
  }

  /**
   * Builds it.
   *
   * @param changed how many keys are to be changed; they lie far from each other
   */
  Open open(int changed) {
    Config.Builder builder = Config.builder().history(1);
    MemorySource written = null;
    for (int layer = 0; layer < layers; layer++) {
      Map<String, Object> values = new HashMap<>();
      int step = layer == 0 ? 1 : 20;
      for (int i = layer; i < keys; i += step) {
        values.put(key(i), i + layer);
      }
      written = Sources.memory("layer" + layer);
      written.replace(values);
      builder.source(written);
    }
    Config config = builder.build();
    String[] paths = new String[Math.min(changed, keys)];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = key((int) ((long) i * keys / paths.length));
    }
    List<Watcher> watching = new ArrayList<>();
    int apart = Math.max(1, keys / Math.max(1, paths.length));
    for (int i = 0; watching.size() < watchers; i = (i + 1) % keys) {
      if (i % apart != 0) {
        watching.add(config.watch(key(i)));
      }
    }
    return new Open(config, written, paths, watching);
  }
}
