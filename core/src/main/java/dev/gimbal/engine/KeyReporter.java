package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.KeyReport;
import dev.gimbal.Problem;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a {@link KeyReport} of one snapshot. Used by one thread. */
final class KeyReporter {

  private final PublishedSnapshot snapshot;

  /** The highest layer first. */
  private final List<VariableNames> variables = new ArrayList<>();

  private final List<KeyReport.Known> known = new ArrayList<>();

  private KeyReporter(KeptSnapshots.Kept kept, KnownKeys declared) {
    this.snapshot = kept.snapshot();
    Candidate candidate = kept.candidate();
    for (int i = 0; i < candidate.size(); i++) {
      Candidate.Stage stage = candidate.stage(i);
      Variables read = stage.content().variables();
      if (read != null) {
        ObjectNode below = candidate.merged(i);
        variables.add(0, new VariableNames(stage.view().source(), read, declared, below));
      }
    }
  }

  /**
   * The report.
   *
   * @param declared the keys that are declared
   * @param read those, and whatever was read
   */
  static KeyReport report(KeptSnapshots.Kept kept, KnownKeys declared, KnownKeys read) {
    KeyReporter reporter = new KeyReporter(kept, declared);
    ObjectNode tree = kept.snapshot().resolved();
    reporter.look(ConfigPath.ROOT, declared.root(), tree, Set.of());
    List<KeyReport.Unread> unread = new ArrayList<>();
    for (Problem problem : UnknownKeyCheck.all(read, tree)) {
      unread.add(reporter.unread(problem));
    }
    return new KeyReport(kept.snapshot().version(), reporter.known, unread);
  }

  private KeyReport.Unread unread(Problem problem) {
    ConfigPath path = Objects.requireNonNull(problem.path());
    String meant = problem.details().suggestion();
    return new KeyReport.Unread(
        path,
        Optional.ofNullable(Origins.winner(snapshot, path)),
        Optional.ofNullable(meant).map(ConfigPath::parse));
  }

  /**
   * Takes the keys at and below a place.
   *
   * @param above the types that lead here: where nothing is written, none is gone into again
   */
  private void look(ConfigPath path, KnownKeys.Place place, @Nullable Node node, Set<Type> above) {
    Collection<Part> parts = parts(path, place, node, above);
    if (place.isScalar() || parts.isEmpty() && place.isRead()) {
      known.add(entry(path, place, node));
    }
    Set<Type> types = new HashSet<>(above);
    types.addAll(place.types());
    for (Part part : parts) {
      look(part.path, part.place, part.node, types);
    }
  }

  private record Part(ConfigPath path, KnownKeys.Place place, @Nullable Node node) {}

  private static List<Part> parts(
      ConfigPath path, KnownKeys.Place place, @Nullable Node node, Set<Type> above) {
    List<Part> parts = new ArrayList<>();
    boolean again = node == null && place.types().stream().anyMatch(above::contains);
    if (again || place.takesAnything()) {
      return parts;
    }
    ObjectNode object = node instanceof ObjectNode o ? o : null;
    for (String key : keys(place, object)) {
      KnownKeys.Place child = place.child(key, object);
      if (child != null) {
        parts.add(new Part(path.child(key), child, object == null ? null : object.get(key)));
      }
    }
    ListNode list = node instanceof ListNode l ? l : null;
    for (int i : indexes(place, list)) {
      KnownKeys.Place element = place.element(i);
      if (element != null && (element.hasNames() || place.declaresElement(i))) {
        parts.add(new Part(path.child(i), element, list == null ? null : list.get(i)));
      }
    }
    return parts;
  }

  /** The names that are known, as the object spells them, and what else it has. */
  private static Set<String> keys(KnownKeys.Place place, @Nullable ObjectNode object) {
    Set<String> keys = new TreeSet<>();
    for (String name : place.names(object)) {
      Collection<String> spelled = place.keysNamed(ObjectNode.bareName(name), object);
      keys.addAll(spelled.isEmpty() ? List.of(name) : spelled);
    }
    if (object != null) {
      keys.addAll(object.keys());
    }
    return keys;
  }

  private static Set<Integer> indexes(KnownKeys.Place place, @Nullable ListNode list) {
    Set<Integer> indexes = new TreeSet<>(place.declaredIndexes());
    for (int i = 0; list != null && i < list.size(); i++) {
      indexes.add(i);
    }
    return indexes;
  }

  private KeyReport.Known entry(ConfigPath path, KnownKeys.Place place, @Nullable Node node) {
    boolean absent = node == null || node instanceof NullNode;
    List<KeyReport.Variable> names = new ArrayList<>();
    for (VariableNames source : variables) {
      KeyReport.Variable name = source.of(path);
      if (name != null) {
        names.add(name);
      }
    }
    return new KeyReport.Known(
        path,
        name(place.types().get(0)),
        absent ? Optional.empty() : Optional.ofNullable(Origins.winner(snapshot, path)),
        names);
  }

  /** The type without its packages and enclosing classes. */
  private static String name(Type type) {
    return type.getTypeName().replaceAll("[\\p{L}_$][\\p{L}\\p{N}_$]*[.$](?=[\\p{L}_])", "");
  }
}
