package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the placeholders of a merged tree. {@code docs/spec/placeholders.md} has the rules.
 *
 * <p>A template is a string that holds placeholders. What it read, places that are absent included,
 * stands in a reverse index, so that a step resolves only the templates in what changed and those
 * that depend on it, directly or through others. All results are immutable; the index of a
 * candidate that is rejected is dropped with it.
 */
final class Placeholders {

  private Placeholders() {}

  /** How names outside the tree are read. */
  interface Outside {
    /** This process, as it is when asked. */
    Outside PROCESS = ProcessOutside.INSTANCE;

    @Nullable String environment(String name);

    @Nullable String systemProperty(String name);
  }

  /**
   * What is known of a template that was resolved.
   *
   * @param reads the places it read
   * @param target the place it stands for, or null when it stands for a text
   * @param targetDepth how many templates that passes through
   * @param depth how many templates its value passes through
   * @param weight the size of its value: see {@link PlaceholderWeight}
   */
  record Entry(
      List<ConfigPath> reads,
      @Nullable ConfigPath target,
      int targetDepth,
      int depth,
      long weight) {}

  /**
   * What depends on what.
   *
   * @param templates each template, at its own path
   * @param readers at each place that was read, the templates that read it
   * @param weight of all templates together
   */
  record Index(PathIndex<Entry> templates, PathIndex<Boolean> readers, long weight) {
    static final Index EMPTY = new Index(PathIndex.empty(), PathIndex.empty(), 0);

    Index with(ConfigPath template, Entry entry) {
      PathIndex<Boolean> changed = readers;
      for (ConfigPath read : entry.reads()) {
        changed = changed.with(read, template, true);
      }
      return new Index(templates.with(template, template, entry), changed, weight + entry.weight());
    }

    Index without(ConfigPath template, Entry entry) {
      PathIndex<Boolean> changed = readers;
      for (ConfigPath read : entry.reads()) {
        changed = changed.without(read, template);
      }
      return new Index(templates.without(template, template), changed, weight - entry.weight());
    }
  }

  /**
   * A merged tree with its placeholders resolved. With problems, the tree is the merged one as it
   * stands and the index is empty.
   */
  record Resolved(ObjectNode merged, ObjectNode tree, Index index, List<Problem> problems) {
    Resolved {
      problems = List.copyOf(problems);
    }
  }

  static final Resolved EMPTY =
      new Resolved(ObjectNode.EMPTY, ObjectNode.EMPTY, Index.EMPTY, List.of());

  /**
   * One placeholder.
   *
   * @param placeholder as written, without its default
   * @param target the place it names, or null for a name outside the tree
   * @param value as shown text; null where it was not resolved
   * @param secret whether a secret is made of it, or its default gave the value and may hold one;
   *     of what does not resolve, whether the value may hold one at all
   */
  record Step(
      String placeholder, @Nullable ConfigPath target, @Nullable String value, boolean secret) {}

  /**
   * Resolves a tree; what equals a part of the previous one is the same object.
   *
   * @param marks what patterns and types say is secret, or null
   */
  static Resolved resolve(
      Resolved previous, ObjectNode merged, @Nullable SecretPaths marks, Outside outside) {
    if (!merged.hasTemplates() && previous.tree() == previous.merged()) {
      return new Resolved(merged, merged, Index.EMPTY, List.of());
    }
    Resolved before = previous.problems().isEmpty() ? previous : EMPTY;
    Changes changes = new Changes(before.index());
    changes.between(ConfigPath.ROOT, before.merged(), merged);
    changes.spread();
    Set<ConfigPath> affected = changes.affected.keySet();
    PlaceholderRun run =
        new PlaceholderRun(before, merged, marks, affected, changes.index, outside);
    for (Map.Entry<ConfigPath, Scalar> template : changes.inOrder()) {
      run.evaluate(template.getKey(), template.getValue());
    }
    if (!run.problems().isEmpty()) {
      return new Resolved(merged, merged, Index.EMPTY, List.copyOf(run.problems()));
    }
    Index index = changes.index;
    for (ConfigPath path : affected) {
      index = run.record(index, path);
    }
    return new Resolved(merged, run.tree(), index, List.of());
  }

  /**
   * How the placeholders at a path were resolved, in order; those of the values they read follow.
   */
  static List<Step> steps(PlaceholderSecrets secrets, ConfigPath path, Outside outside) {
    return new PlaceholderSteps(secrets, outside, false).at(path);
  }

  /** How far the placeholders at a path are resolved, where not all of them can be. */
  static List<Step> stepsOfUnresolved(PlaceholderSecrets secrets, ConfigPath path) {
    return new PlaceholderSteps(secrets, Outside.PROCESS, true).at(path);
  }

  /** Finds the templates that a step must resolve. */
  private static final class Changes {
    /** The previous index without the templates to resolve. */
    Index index;

    /** The templates to resolve. */
    final Map<ConfigPath, Scalar> affected = new HashMap<>();

    private final Index previous;
    private final List<ConfigPath> places = new ArrayList<>();
    private final Set<ConfigPath> gone = new HashSet<>();
    private @Nullable ObjectNode merged;

    Changes(Index previous) {
      this.previous = previous;
      this.index = previous;
    }

    void between(ConfigPath path, ObjectNode before, ObjectNode after) {
      merged = path.isRoot() ? after : merged;
      List<String> keys = new ArrayList<>();
      ObjectNode.diff(before, after, (key, was, is) -> keys.add(key));
      for (String key : keys) {
        between(path.child(key), before.get(key), after.get(key));
      }
    }

    private void between(ConfigPath place, @Nullable Node before, @Nullable Node after) {
      if (before instanceof ObjectNode was && after instanceof ObjectNode is) {
        between(place, was, is);
      } else if (before instanceof ListNode was
          && after instanceof ListNode is
          && was.size() <= is.size()) {
        for (int i = is.nextDifferent(was, 0); i < is.size(); i = is.nextDifferent(was, i + 1)) {
          between(place.child(i), was.get(i), is.get(i));
        }
      } else {
        replaced(place, after);
      }
    }

    private void replaced(ConfigPath place, @Nullable Node now) {
      places.add(place);
      previous.templates().below(place, (template, entry) -> drop(template));
      templates(place, now);
    }

    private void templates(ConfigPath place, @Nullable Node node) {
      if (node == null || !node.hasTemplates()) {
        return;
      }
      if (node instanceof Scalar scalar) {
        affected.put(place, scalar);
      } else if (node instanceof ObjectNode object) {
        object.forEach((key, child) -> templates(place.child(key), child));
      } else if (node instanceof ListNode list) {
        for (int i = 0; i < list.size(); i++) {
          templates(place.child(i), list.get(i));
        }
      }
    }

    private void drop(ConfigPath template) {
      Entry entry = previous.templates().get(template, template);
      if (entry != null && gone.add(template)) {
        index = index.without(template, entry);
      }
    }

    /** Adds what depends on the changes, directly or through others. */
    void spread() {
      for (int i = 0; i < places.size(); i++) {
        List<ConfigPath> readers = new ArrayList<>();
        previous.readers().around(places.get(i), (template, read) -> readers.add(template));
        for (ConfigPath template : readers) {
          if (!gone.contains(template) && Nodes.at(merged, template) instanceof Scalar scalar) {
            drop(template);
            affected.put(template, scalar);
            places.add(template);
          }
        }
      }
    }

    /** By the text of their paths, so that problems come in the same order each time. */
    Collection<Map.Entry<ConfigPath, Scalar>> inOrder() {
      Map<String, Map.Entry<ConfigPath, Scalar>> sorted = new TreeMap<>();
      affected.entrySet().forEach(entry -> sorted.put(entry.getKey().toString(), entry));
      return sorted.values();
    }
  }
}
