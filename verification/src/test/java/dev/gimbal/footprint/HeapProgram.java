package dev.gimbal.footprint;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Prints a line for each thing: its name, its bytes, the classes that have them. */
public final class HeapProgram {

  private static final int[] SIZES = {1_000, 10_000};

  private static final Set<String> SHARED = Set.of("gimbal-idle", "gimbal-timer");

  private HeapProgram() {}

  /** What a program that reads the same files by hand would hold. */
  private static Map<String, String> flat(int keys) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      map.put(path(i), value(i));
    }
    return map;
  }

  static String path(int i) {
    return "service" + i / 20 + ".group" + i / 4 % 5 + ".key" + i % 4;
  }

  static String value(int i) {
    return "value" + i;
  }

  /** Three layers: all, a tenth, a twentieth of the keys. */
  private static Config layered(Path folder, int keys, boolean yaml) throws IOException {
    Config.Builder builder = Config.builder();
    for (int layer = 0; layer < 3; layer++) {
      int step = layer == 0 ? 1 : layer * 10;
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < keys; i += step) {
        if (yaml) {
          text.append(i % 20 < step && i % 20 == 0 ? "service" + i / 20 + ":\n" : "");
          text.append(i % 4 == 0 || step > 1 ? "  group" + i / 4 % 5 + ":\n" : "");
          text.append("    key").append(i % 4).append(": ").append(value(i)).append('\n');
        } else {
          text.append(path(i)).append('=').append(value(i)).append('\n');
        }
      }
      Path file = folder.resolve(keys + "-" + layer + (yaml ? ".yaml" : ".properties"));
      Files.writeString(file, text);
      builder.source(Sources.file(file));
    }
    Config config = builder.build();
    String found = config.get(path(keys - 1)).asString("");
    if (!found.equals(value(keys - 1)) || config.get(path(0)).origin().isEmpty()) {
      throw new AssertionError(found);
    }
    return config;
  }

  /** The same thing many times, held together. */
  private static Callable<?> many(int count, IntFunction<Object> one) {
    return () -> {
      List<Object> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        all.add(one.apply(i));
      }
      return all.toArray();
    };
  }

  /** Without those that wait for work, and without a Config's timer, which is one for all. */
  private static int threads() {
    int threads = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads += SHARED.contains(thread.getName()) ? 0 : 1;
    }
    return threads;
  }

  private static void print(String name, int count, Callable<?> maker) throws Exception {
    System.out.println(name + " " + count + " " + Heap.of(maker).each(count));
  }

  /**
   * Measures.
   *
   * @param args a folder for files
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    for (int size : SIZES) {
      print("flat", size, () -> flat(size));
      print("properties", size, () -> layered(folder, size, false));
      print("yaml", size, () -> layered(folder, size, true));
      try (Config config = Config.builder().source(Sources.map("map", flat(1_000))).build()) {
        int threads = threads();
        print("watcher", size, many(size, i -> config.watch(path(0))));
        AtomicInteger next = new AtomicInteger(); // no path twice, so that nothing stands there
        print("watcher-own-path", size, many(size, i -> config.watch("new" + i)));
        print(
            "watcher-new-path",
            size,
            many(size, i -> config.watch("alone" + next.getAndIncrement())));
        print("subscription", size, many(size, i -> config.onChange(path(0), change -> {})));
        print("live", size, many(size, i -> config.live(path(0), String.class)));
        print(
            "live-own-path",
            size,
            many(size, i -> config.live("key" + next.getAndIncrement(), String.class, "")));
        for (int i = 0; i < 3_000 && threads() > threads; i++) {
          LockSupport.parkNanos(
              10_000_000); // until the last listeners' and checks' tasks have ended
        }
        int more = Math.max(0, threads() - threads);
        System.out.println(
            "threads " + size + " " + more + " " + Thread.getAllStackTraces().keySet());
      }
    }
  }
}
