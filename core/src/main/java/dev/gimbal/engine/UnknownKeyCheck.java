package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.UnknownKeys;
import dev.gimbal.text.Nearest;
import dev.gimbal.tree.ChildVisitor;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys below owned prefixes that nothing knows, where a tree differs from one that was
 * looked at before. Of a whole object that nobody knows there is its own key only. Used by one
 * thread.
 */
final class UnknownKeyCheck {

  /** Nobody reads more. */
  private static final int MOST = 100;

  /** How many known keys a message lists where none is like the unknown one. */
  private static final int MOST_NAMED = 8;

  /**
   * What is to be done about unknown keys, by path.
   *
   * @param here below this place; null where what holds above does
   */
  record Owned(@Nullable UnknownKeys here, Map<String, Owned> below) {
    static final Owned NOTHING = new Owned(null, Map.of());

    boolean isNothing() {
      return here == null && below.isEmpty();
    }

    /** Whether something is to be done about keys here or below. */
    boolean asks() {
      return here != null && here != UnknownKeys.IGNORE
          || below.values().stream().anyMatch(Owned::asks);
    }

    /**
     * The same with a prefix.
     *
     * @throws ConfigException when it has a list index
     */
    Owned with(ConfigPath prefix, UnknownKeys policy) {
      if (prefix.isRoot()) {
        return new Owned(policy, below);
      }
      if (prefix.isIndex(0)) {
        String found = "\"" + prefix + '"';
        throw new ConfigException(
            Problem.of(
                    ErrorCode.PATH_SYNTAX,
                    "a prefix of unknown keys has a list index, expected keys: " + found)
                .withDetails(Problem.Details.of(found, "a path of keys", null)));
      }
      Map<String, Owned> next = new HashMap<>(below);
      Owned child = next.getOrDefault(prefix.key(0), NOTHING);
      next.put(prefix.key(0), child.with(prefix.suffix(1), policy));
      return new Owned(here, Map.copyOf(next));
    }
  }

  private final UnknownKeys wanted;
  private final int most;
  private final List<Problem> problems = new ArrayList<>();

  private UnknownKeyCheck(UnknownKeys wanted, int most) {
    this.wanted = wanted;
    this.most = most;
  }

  /**
   * The unknown keys of a tree, in its order, without their places.
   *
   * @param wanted below which prefixes
   * @param before what need not be looked at again: what stands there was known
   */
  static List<Problem> problems(
      UnknownKeys wanted, Owned owned, KnownKeys known, ObjectNode tree, ObjectNode before) {
    if (owned.isNothing()) {
      return List.of();
    }
    UnknownKeyCheck check = new UnknownKeyCheck(wanted, MOST);
    check.look(ConfigPath.ROOT, new Spot(known.root(), owned, UnknownKeys.IGNORE), tree, before);
    return check.problems;
  }

  /**
   * The unknown keys of a tree that are no unknown keys of another, in its order, without their
   * places: a new value of such a key is nothing new.
   */
  static List<Problem> added(
      UnknownKeys wanted, Owned owned, KnownKeys known, ObjectNode tree, ObjectNode before) {
    List<Problem> problems = problems(wanted, owned, known, tree, before);
    if (problems.isEmpty()) {
      return problems;
    }
    Set<ConfigPath> old = new HashSet<>();
    problems(wanted, owned, known, before, tree).forEach(problem -> old.add(problem.path()));
    return problems.stream().filter(problem -> !old.contains(problem.path())).toList();
  }

  /** All unknown keys of a tree, however many, in its order, without their places. */
  static List<Problem> all(KnownKeys known, ObjectNode tree) {
    UnknownKeyCheck check = new UnknownKeyCheck(UnknownKeys.WARN, Integer.MAX_VALUE);
    Spot root = new Spot(known.root(), null, UnknownKeys.WARN);
    check.look(ConfigPath.ROOT, root, tree, null);
    return check.problems;
  }

  /**
   * Prefixes below and above which nothing is declared: nothing is checked there, as where one is
   * misspelt.
   */
  static List<Problem> idle(Owned owned, KnownKeys known) {
    List<Problem> problems = new ArrayList<>();
    idle(ConfigPath.ROOT, owned, known.root(), problems);
    return problems;
  }

  private static void idle(
      ConfigPath path, Owned owned, KnownKeys.Place known, List<Problem> problems) {
    for (String key : owned.below.keySet().stream().sorted().toList()) {
      ConfigPath prefix = path.child(key);
      Owned here = Objects.requireNonNull(owned.below.get(key));
      KnownKeys.Place place = known.child(key, null);
      if (place != null) {
        idle(prefix, here, place, problems);
      } else if (here.asks()) {
        String nearest = nearest(key, known.names(null));
        String suggestion = nearest == null ? null : path.child(nearest).toString();
        String message = "unknown keys are looked for here, and nothing is declared";
        problems.add(
            new Problem(
                ErrorCode.UNKNOWN_KEY,
                prefix,
                suggestion == null ? message : message + "; did you mean " + suggestion + "?",
                null,
                null,
                Problem.Details.of(null, null, suggestion)));
      }
    }
  }

  /**
   * What holds at a place.
   *
   * @param known null where nothing is
   * @param owned null where no prefix leads further
   * @param above what holds where this place says nothing
   */
  private record Spot(KnownKeys.@Nullable Place known, @Nullable Owned owned, UnknownKeys above) {

    UnknownKeys policy() {
      return owned == null || owned.here == null ? above : owned.here;
    }

    /** Whether nothing can be wrong below. */
    boolean isDone() {
      return policy() == UnknownKeys.IGNORE && (owned == null || owned.below.isEmpty())
          || known != null && known.takesAnything();
    }

    Spot child(String key, ObjectNode object) {
      return new Spot(
          known == null ? null : known.child(key, object),
          owned == null ? null : owned.below.get(key),
          policy());
    }

    Spot element(int index) {
      return new Spot(known == null ? null : known.element(index), null, policy());
    }

    /** A prefix, and what leads to one, is known. */
    boolean isKnown() {
      return known != null || owned != null;
    }
  }

  private void look(ConfigPath path, Spot spot, Node after, @Nullable Node before) {
    if (after == before || spot.isDone() || problems.size() >= most) {
      return;
    }
    boolean isChecked = wanted == UnknownKeys.ERROR; // by what refuses unknown keys
    if (isChecked && spot.known != null && spot.known.isOfOtherForm(after)) {
      return;
    }
    if (after instanceof ObjectNode object) {
      ObjectNode was = before instanceof ObjectNode o ? o : ObjectNode.EMPTY;
      if (spot.known != null && spot.known.choosesOthers(object, was)) {
        was = ObjectNode.EMPTY;
      }
      for (String key : changed(was, object)) {
        take(path.child(key), spot, spot.child(key, object), object, object.get(key), was.get(key));
      }
    } else if (after instanceof ListNode list) {
      ListNode was = before instanceof ListNode l ? l : null;
      for (int i = 0; i < list.size(); i++) {
        Node element = was == null ? null : was.get(i);
        take(path.child(i), spot, spot.element(i), ObjectNode.EMPTY, list.get(i), element);
      }
    }
  }

  private void take(
      ConfigPath path,
      Spot parent,
      Spot spot,
      ObjectNode in,
      @Nullable Node after,
      @Nullable Node before) {
    if (after == null) {
      return;
    }
    if (spot.isKnown() || parent.policy() == UnknownKeys.IGNORE) {
      look(path, spot, after, before);
    } else if (parent.policy() == wanted && after != before && problems.size() < most) {
      problems.add(problem(path, parent, in));
    }
  }

  /** The keys of what is there now and was not before, sorted. */
  private static List<String> changed(ObjectNode before, ObjectNode after) {
    List<String> keys = new ArrayList<>();
    ObjectNode.diff(
        before,
        after,
        new ChildVisitor() {
          @Override
          public void changed(String key, @Nullable Node was, @Nullable Node is) {
            if (is != null) {
              keys.add(key);
            }
          }
        });
    keys.sort(null);
    return keys;
  }

  private static Problem problem(ConfigPath path, Spot parent, ObjectNode in) {
    Set<String> names = new LinkedHashSet<>();
    if (parent.known != null) {
      names.addAll(parent.known.names(in));
    }
    if (parent.owned != null) {
      names.addAll(parent.owned.below.keySet());
    }
    int last = path.size() - 1;
    String nearest = path.isIndex(last) ? null : nearest(path.key(last), names);
    String message = "this key is not known";
    String meant = nearest == null ? null : spelled(nearest, path.key(last), parent, in);
    String suggestion = meant == null ? null : path.parent().child(meant).toString();
    String expected = nearest == null ? expected(path.parent(), names) : null;
    if (suggestion != null) {
      message += "; did you mean " + suggestion + "?";
    } else if (expected != null) {
      message += ", expected " + expected;
    }
    return new Problem(
        ErrorCode.UNKNOWN_KEY,
        path,
        message,
        null,
        null,
        new Problem.Details(null, expected, suggestion, List.of()));
  }

  /** A name with the separators of the key that is to be it, where it is read so too. */
  private static String spelled(String name, String key, Spot parent, ObjectNode in) {
    String separator = key.indexOf('-') >= 0 ? "-" : key.indexOf('_') >= 0 ? "_" : "";
    String separated =
        name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", separator).toLowerCase(Locale.ROOT);
    boolean reads =
        !separator.isEmpty() && parent.known != null && parent.known.child(separated, in) != null;
    return reads ? separated : name;
  }

  /** The name that differs in case and separators only, or else is most like the key. */
  private static @Nullable String nearest(String key, Collection<String> names) {
    String bareName = ObjectNode.bareName(key);
    Nearest bare = new Nearest(bareName);
    for (String name : names) {
      if (ObjectNode.bareName(name).equals(bareName)) {
        return name;
      }
      bare.look(ObjectNode.bareName(name));
    }
    String plain = Nearest.of(key, names);
    return plain != null || bare.found() == null
        ? plain
        : names.stream().filter(n -> ObjectNode.bareName(n).equals(bare.found())).findFirst().get();
  }

  private static @Nullable String expected(ConfigPath parent, Collection<String> names) {
    if (names.isEmpty() || names.size() > MOST_NAMED) {
      return null;
    }
    List<String> paths = names.stream().map(name -> parent.child(name).toString()).toList();
    return paths.size() == 1 ? paths.get(0) : "one of " + String.join(", ", paths);
  }
}
