package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The documents and changes of schedules, each made of one number. */
final class Data {

  /** What is written and watched. */
  private static final List<String> LEAVES =
      List.of("a.x", "a.y", "b.x", "b.y", "c", "d", "n", "m.k", "later", "a", "m");

  private static final List<String> WATCHED =
      List.of("", "a", "a.x", "b", "b.y", "c", "n", "m.k", "absent.for.ever");

  /** Keys that may be declared as integers. */
  private static final List<String> DECLARED = List.of("n", "m.k");

  /**
   * A change by path.
   *
   * @param remove whether the layer's own entry goes
   * @param value null hides what lower layers have
   */
  record Change(String path, boolean remove, Object value) {
    @Override
    public String toString() {
      return remove ? "-" + path : path + "=" + Trees.text(value);
    }
  }

  private Data() {}

  static String path(int which) {
    return WATCHED.get(which % WATCHED.size());
  }

  static String declared(int which) {
    return DECLARED.get(which % DECLARED.size());
  }

  /** A document that is well whatever the others hold. */
  static Map<String, Object> plain(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Object> tree = new TreeMap<>();
    for (String path : List.of("a.x", "b.y", "c", "n")) {
      if (random.nextBoolean()) {
        tree = Trees.set(tree, path, random.nextInt(3));
      }
    }
    return tree;
  }

  static Map<String, Object> document(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Object> tree = new TreeMap<>();
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      Change change = change(random);
      if (!change.remove()) {
        tree = Trees.set(tree, change.path(), change.value());
      }
    }
    return tree;
  }

  static Change change(long seed) {
    return change(new SplittableRandom(seed));
  }

  static List<Change> changes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Change> changes = new ArrayList<>();
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      changes.add(change(random));
    }
    return changes;
  }

  private static Change change(SplittableRandom random) {
    String path = LEAVES.get(random.nextInt(LEAVES.size()));
    boolean remove = random.nextInt(4) == 0;
    return new Change(path, remove, remove ? null : value(random, path));
  }

  private static Object value(SplittableRandom random, String path) {
    if (path.equals("n") || path.equals("m.k")) {
      return switch (random.nextInt(6)) {
        case 0 -> "no number";
        case 1 -> "${c}";
        default -> random.nextInt(3);
      };
    }
    boolean above = path.equals("a") || path.equals("m"); // no placeholder names what is below one
    return switch (above ? 6 + random.nextInt(10) : random.nextInt(16)) {
      case 0 -> null;
      case 1 -> "${c}";
      case 2 -> "${a.x}";
      case 3 -> "${b}";
      case 4 -> "${later}";
      case 5 -> "${d:else}";
      case 6 -> List.of(1, "two");
      case 7 -> new TreeMap<String, Object>();
      case 8 -> new TreeMap<String, Object>(Map.of("k", random.nextInt(3)));
      case 9 -> "word" + random.nextInt(2);
      default -> random.nextInt(3);
    };
  }
}
