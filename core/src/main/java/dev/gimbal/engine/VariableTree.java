package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.KeyTree;
import dev.gimbal.format.Limits;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tree that variables stand for: a pure function of the variables, the known keys and the
 * layers below. {@code docs/spec/environment.md} has the rules.
 *
 * <p>First each name finds its path; then the paths are taken in order, so that the order of the
 * variables plays no part. A path into a list of the layers below changes a copy of that list,
 * which the tree then holds as a whole.
 */
final class VariableTree {

  /**
   * What became of the variables.
   *
   * @param tree what they set; strings only, and copies of lists below
   * @param origins each set path, and each changed list, with the variable's own name
   * @param problems what stands for nothing in particular; the tree lacks it
   */
  record Result(ObjectNode tree, OriginTable origins, List<Problem> problems) {
    Result {
      problems = List.copyOf(problems);
    }
  }

  /** Parents before what is below them, indexes before keys, indexes by value. */
  static final Comparator<ConfigPath> ORDER = VariableTree::compare;

  /** How many keys or names a problem lists. */
  private static final int MOST_NAMED = 5;

  private final String source;
  private final Variables variables;
  private final KnownKeys known;
  private final ObjectNode below;

  /** The names that stand for each path, sorted. */
  private final TreeMap<ConfigPath, List<String>> names = new TreeMap<>(ORDER);

  /** The changed copies of lists below, by path. */
  private final TreeMap<ConfigPath, Node> lists = new TreeMap<>(ORDER);

  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param source the source's name, for origins
   * @param known the keys that the application has declared, and those of their types
   * @param below the merged layers below
   */
  VariableTree(String source, Variables variables, KnownKeys known, ObjectNode below) {
    this.source = source;
    this.variables = variables;
    this.known = known;
    this.below = below;
  }

  /** The tree of these variables. */
  static Result of(String source, Variables variables, KnownKeys known, ObjectNode below) {
    return new VariableTree(source, variables, known, below).result();
  }

  /** The names that stand for each path, sorted. Called once, and first. */
  Map<ConfigPath, List<String>> names() {
    for (String name : new TreeSet<>(variables.values().keySet())) {
      ConfigPath path = pathOf(name);
      if (path != null) {
        names.computeIfAbsent(path, p -> new ArrayList<>(1)).add(name);
      }
    }
    return names;
  }

  private Result result() {
    names();
    KeyTree keys = new KeyTree();
    List<ConfigPath> set = new ArrayList<>(names.size());
    names.forEach(
        (path, spellings) -> {
          if (isSound(path, spellings) && put(path, keys)) {
            set.add(path);
          }
        });
    lists.forEach(keys::put);
    ObjectNode tree = keys.toNode();
    return new Result(tree, origins(tree, set), problems);
  }

  /** The path that a name stands for, or null where there is none, perhaps with a problem. */
  private @Nullable ConfigPath pathOf(String name) {
    VariableName cut = VariableName.of(variables.style(), name);
    if (cut.size() == 0) {
      return null;
    }
    List<ConfigPath> candidates = candidates(cut);
    if (candidates.size() > 1) {
      List<String> keys = candidates.stream().sorted(ORDER).map(ConfigPath::toString).toList();
      String message = document(name) + " stands for " + and(keys) + ", expected one key";
      problem(ErrorCode.AMBIGUOUS, name, message);
      return null;
    }
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    return variables.onlyKnownKeys() ? null : cut.path();
  }

  /** The keys that a name may mean: known ones, else those that exist. */
  List<ConfigPath> candidates(VariableName name) {
    ConfigPath path = name.path();
    boolean exact = variables.style() == Variables.Style.PATH;
    if (exact && (known.declares(path) || Nodes.at(below, path) != null)) {
      return List.of(path);
    }
    List<ConfigPath> found = VariableMatcher.known(name, known, below);
    return found.isEmpty()
        ? VariableMatcher.existing(name, below, !variables.onlyKnownKeys())
        : found;
  }

  /** Whether a path can be set; adds a problem if not. */
  private boolean isSound(ConfigPath path, List<String> spellings) {
    String name = spellings.get(0);
    int maxDepth = Limits.DEFAULT.maxDepth();
    if (path.size() > maxDepth) {
      String message = "a key of " + path.size() + " segments, more than maxDepth " + maxDepth;
      problem(ErrorCode.LIMIT, name, message);
      return false;
    }
    if (spellings.stream().map(this::value).distinct().count() > 1) {
      String found = and(spellings.stream().map(this::document).toList());
      String message = found + " stand for " + path + " with different values, expected one";
      problem(ErrorCode.AMBIGUOUS, name, message);
      return false;
    }
    ConfigPath next = nextBelow(path);
    boolean isList = listDepth(path) > 0 || Nodes.at(below, path) instanceof ListNode;
    if (next != null && next.isIndex(path.size()) && isList) {
      String part = document(nameOf(next));
      String message = document(name) + " sets the list " + path + ", " + part + " a part of it";
      problem(ErrorCode.AMBIGUOUS, name, message + ", expected one of them");
      return false;
    }
    return true;
  }

  /** The first path set below a path, or null. */
  private @Nullable ConfigPath nextBelow(ConfigPath path) {
    ConfigPath next = names.higherKey(path);
    return next != null && next.startsWith(path) ? next : null;
  }

  /** The length of the path of the outermost list below that a path leads into; 0 for none. */
  private int listDepth(ConfigPath path) {
    Node node = below;
    for (int i = 0; i < path.size() && node != null; i++) {
      if (node instanceof ListNode && path.isIndex(i)) {
        return i;
      }
      node = Nodes.child(node, path, i);
    }
    return 0;
  }

  /** Sets a path to the value of the first name for it; false with a problem where it cannot be. */
  private boolean put(ConfigPath path, KeyTree keys) {
    String name = nameOf(path);
    Scalar value = scalar(name);
    int depth = listDepth(path);
    if (depth == 0) {
      keys.put(path, value);
      return true;
    }
    ConfigPath listPath = path.prefix(depth);
    Node changed = lists.get(listPath);
    Node list = changed == null ? Nodes.at(below, listPath) : changed;
    ConfigPath within = (nextBelow(path) == null ? path : path.child("")).suffix(depth);
    if (!indexesFit(list, listPath, within, name)) {
      return false;
    }
    lists.put(listPath, Nodes.set(list, within, value));
    return true;
  }

  private Scalar scalar(String name) {
    Scalar value = Scalar.string(value(name));
    return variables.secrets().contains(name) ? value.asSecret() : value;
  }

  private boolean indexesFit(
      @Nullable Node list, ConfigPath listPath, ConfigPath within, String name) {
    Node node = list;
    for (int i = 0; i < within.size(); i++) {
      int size = node instanceof ListNode elements ? elements.size() : 0;
      if (within.isIndex(i) && within.index(i) > size) {
        String key = listPath.resolve(within.prefix(i)).toString();
        String found = "index " + within.index(i) + " of " + key;
        String has = ": the list has " + size + (size == 1 ? " element" : " elements");
        String expected = size == 0 ? "index 0" : "an index from 0 to " + size;
        Problem wrong = at(ErrorCode.ARGUMENT, name, found + has);
        problems.add(wrong.withDetails(Problem.Details.of(found, expected, null)));
        return false;
      }
      node = Nodes.child(node, within, i);
    }
    return true;
  }

  private OriginTable origins(ObjectNode tree, List<ConfigPath> set) {
    OriginTable.Builder origins = OriginTable.builder();
    TreeSet<ConfigPath> seen = new TreeSet<>(ORDER);
    for (ConfigPath path : set) {
      origins.document(document(nameOf(path)));
      int depth = listDepth(path);
      if (depth > 0 && seen.add(path.prefix(depth))) {
        origins.put(path.prefix(depth), 0, 0);
      }
      ConfigPath place = place(tree, path);
      origins.put(place, 0, 0);
      if (Nodes.at(tree, place) instanceof ObjectNode) {
        origins.put(place.child(""), 0, 0);
      }
    }
    return origins.build();
  }

  /** A path as the tree has it: indexes that make no list are keys. */
  private static ConfigPath place(ObjectNode tree, ConfigPath path) {
    ConfigPath place = ConfigPath.ROOT;
    Node node = tree;
    for (int i = 0; i < path.size(); i++) {
      boolean index = path.isIndex(i) && node instanceof ListNode;
      String key = path.isIndex(i) ? Integer.toString(path.index(i)) : path.key(i);
      place = index ? place.child(path.index(i)) : place.child(key);
      node = Nodes.child(node, place, i);
    }
    return place;
  }

  /** The first of the names that stand for a path. */
  private String nameOf(ConfigPath path) {
    return Objects.requireNonNull(names.get(path)).get(0);
  }

  private String value(String name) {
    return Objects.requireNonNull(variables.values().get(name));
  }

  private String document(String name) {
    return variables.prefix() + name;
  }

  private void problem(ErrorCode code, String name, String message) {
    problems.add(at(code, name, message));
  }

  private Problem at(ErrorCode code, String name, String message) {
    return Problem.at(code, new Origin(source, document(name), 0, 0), message);
  }

  private static String and(List<String> words) {
    if (words.size() > MOST_NAMED) {
      List<String> first = words.subList(0, MOST_NAMED - 1);
      return String.join(", ", first) + " and " + (words.size() - first.size()) + " more";
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  private static int compare(ConfigPath a, ConfigPath b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order;
      if (a.isIndex(i) && b.isIndex(i)) {
        order = Integer.compare(a.index(i), b.index(i));
      } else if (a.isIndex(i) || b.isIndex(i)) {
        order = a.isIndex(i) ? -1 : 1;
      } else {
        order = a.key(i).compareTo(b.key(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
