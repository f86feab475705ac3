package dev.gimbal.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One generated configuration, spread over three layers: a map of defaults, a file, and a map of
 * overrides with dotted keys. Keys are {@code svc17.pool.max}; a quarter of them each is an int, a
 * string, a boolean and a duration.
 *
 * <p>With the system property {@code gimbal.seed} the services but one have other names, of other
 * lengths, and other keys are asked for in another order; without it, or with 0, all is as written.
 */
public final class Data {

  /** How many keys the by-path benchmarks ask for in turn. A power of two. */
  static final int ASKED = 64;

  private static final long SEED = Long.getLong("gimbal.seed", 0);

  /** A key of the file, an int; there is one from 21 keys on. Its name is in peers' annotations. */
  public static final String HANDLE_KEY = "svc1.pool.max";

  private static final String[] GROUPS = {"pool", "http", "cache", "retry", "db"};
  private static final String[] LEAVES = {"max", "name", "enabled", "timeout"};

  public final Map<String, String> defaults = new LinkedHashMap<>();
  public final Map<String, String> file = new LinkedHashMap<>();
  public final Map<String, String> overrides = new LinkedHashMap<>();

  /** What a library must answer. */
  public final Map<String, String> expected = new LinkedHashMap<>();

  final int size;
  final String[] stringKeys = new String[ASKED];
  final String[] intKeys = new String[ASKED];
  final String[] missingKeys = new String[ASKED];

  /** Every key that is an int, in the order in which they are to be asked for. */
  final List<String> ints = new ArrayList<>();

  private final Path folder;

  Data(int size, Path folder) throws IOException {
    this.size = size;
    this.folder = folder;
    Files.createDirectories(folder);
    List<String> others = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String key = key(i);
      put(i, key);
      (i % 4 == 0 ? ints : others).add(key);
    }
    shuffle(ints);
    shuffle(others);
    for (int i = 0; i < ASKED; i++) {
      stringKeys[i] = equalCopy(others.get((int) ((long) i * others.size() / ASKED)));
      intKeys[i] = equalCopy(ints.get((int) ((long) i * ints.size() / ASKED)));
      missingKeys[i] = equalCopy(service(i % Math.max(1, size / 20)) + ".pool.absent" + i);
    }
    write("layer", file);
    write("defaults", defaults);
    write("full", expected);
  }

  /** The configuration of so many keys, its files in a temporary folder. */
  static Data of(int size) {
    try {
      return new Data(size, Files.createTempDirectory("gimbal-benchmarks-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key with a number. */
  static String key(int i) {
    return service(i / 20) + "." + GROUPS[i / 4 % 5] + "." + LEAVES[i % 4];
  }

  /** The object at the root with a number. */
  static String service(int number) {
    return number == 1 ? "svc1" : name("svc", number);
  }

  /** A name that no other number has: the plain one with it, or one of three to twelve letters. */
  static String name(String plain, int number) {
    if (SEED == 0) {
      return plain + number;
    }
    SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + number);
    StringBuilder letters = new StringBuilder();
    for (int left = random.nextInt(3, 13); left > 0; left--) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.append(number).toString();
  }

  /** Puts these into the order in which they are to be asked for. */
  static void shuffle(List<?> paths) {
    if (SEED != 0) {
      Collections.shuffle(paths, new Random(SEED));
    }
  }

  private void put(int i, String key) {
    int service = i / 20;
    int role = (service * 5 + i / 4 % 5) % 4;
    put(defaults, key, role == 0 || role == 2, value(i, 1));
    put(file, key, role != 0, value(i, 2));
    put(overrides, key, role == 3 && service % 2 == 1, value(i, 3));
  }

  private void put(Map<String, String> layer, String key, boolean wanted, String value) {
    if (wanted) {
      layer.put(key, value);
      expected.put(key, value);
    }
  }

  private static String value(int i, int layer) {
    return switch (i % 4) {
      case 0 -> Integer.toString(layer * 100_000 + i);
      case 1 -> "name-" + layer + "-" + i;
      case 2 -> Boolean.toString((i / 4 + layer) % 2 == 0);
      default -> "PT" + (layer * 10 + i % 10) + "S";
    };
  }

  /** Equal to what the libraries hold and never the same object; its hash is known already. */
  static String equalCopy(String key) {
    String copy = new String(key.toCharArray());
    if (copy.hashCode() != key.hashCode()) {
      throw new AssertionError(key);
    }
    return copy;
  }

  /** Of each text another object, as a program has it that reads where another one has read. */
  static String[] equalCopies(String... keys) {
    return Arrays.stream(keys).map(Data::equalCopy).toArray(String[]::new);
  }

  /**
   * A file of this configuration.
   *
   * @param kind layer, defaults or full
   * @param format yaml, json or properties
   */
  public Path path(String kind, String format) {
    return folder.resolve(kind + "." + format);
  }

  private void write(String kind, Map<String, String> values) throws IOException {
    Map<String, Map<String, Map<String, String>>> tree = new LinkedHashMap<>();
    StringBuilder properties = new StringBuilder();
    values.forEach(
        (key, value) -> {
          String[] parts = key.split("\\.");
          tree.computeIfAbsent(parts[0], k -> new LinkedHashMap<>())
              .computeIfAbsent(parts[1], k -> new LinkedHashMap<>())
              .put(parts[2], value);
          properties.append(key).append('=').append(value).append('\n');
        });
    Files.writeString(path(kind, "properties"), properties);
    Files.writeString(path(kind, "yaml"), yaml(tree));
    Files.writeString(path(kind, "json"), json(tree));
  }

  private static String yaml(Map<String, Map<String, Map<String, String>>> tree) {
    StringBuilder text = new StringBuilder();
    tree.forEach(
        (service, groups) -> {
          text.append(service).append(":\n");
          groups.forEach(
              (group, leaves) -> {
                text.append("  ").append(group).append(":\n");
                leaves.forEach(
                    (leaf, value) ->
                        text.append("    ")
                            .append(leaf)
                            .append(": ")
                            .append(literal(leaf, value))
                            .append('\n'));
              });
        });
    return text.toString();
  }

  private static String json(Map<String, Map<String, Map<String, String>>> tree) {
    List<String> services = new ArrayList<>();
    tree.forEach(
        (service, groups) -> {
          List<String> of = new ArrayList<>();
          groups.forEach(
              (group, leaves) -> {
                List<String> values = new ArrayList<>();
                leaves.forEach(
                    (leaf, value) -> values.add("\"" + leaf + "\": " + literal(leaf, value)));
                of.add("    \"" + group + "\": {" + String.join(", ", values) + "}");
              });
          services.add("  \"" + service + "\": {\n" + String.join(",\n", of) + "\n  }");
        });
    return "{\n" + String.join(",\n", services) + "\n}\n";
  }

  private static String literal(String leaf, String value) {
    return leaf.equals("max") || leaf.equals("enabled") ? value : '"' + value + '"';
  }

  void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
