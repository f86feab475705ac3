package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.engine.PlaceholderCell.Place;
import dev.gimbal.engine.PlaceholderCell.Postponed;
import dev.gimbal.engine.PlaceholderCell.Stop;
import dev.gimbal.engine.PlaceholderCell.Target;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import dev.gimbal.engine.Placeholders.Entry;
import dev.gimbal.engine.Placeholders.Index;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.engine.Placeholders.Resolved;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One resolution of a tree: evaluates templates, each once, and what they depend on first.
 *
 * <p>A template is asked for two things: its <em>value</em>, and its <em>target</em>, the place it
 * stands for when it is one placeholder. A path that leads through a template goes on below its
 * target, without resolving more of it than that. Used by one thread, then dropped.
 */
final class PlaceholderRun {

  /** How many templates a value may pass through, one depending on the next. */
  static final int MAX_DEPTH = 256;

  /** {@link PlaceholderWeight} of all values that templates resolve to. */
  static final long MAX_WEIGHT = 1_000_000;

  /**
   * Evaluations and levels of trees on the stack; a deeper one is postponed until the stack is
   * empty.
   */
  private static final int MAX_FRAMES = 2 * MAX_DEPTH;

  private final Resolved previous;
  private final ObjectNode merged;

  /** The templates that are not resolved again. */
  private final Index kept;

  private final PlaceholderText texts;
  private final PlaceholderTree tree;
  private final Map<ConfigPath, PlaceholderCell> cells = new HashMap<>();
  private final Map<ConfigPath, Integer> depths = new HashMap<>();
  private final Set<Problem> problems = new LinkedHashSet<>();

  /** The templates under evaluation, the outermost first. */
  private final List<PlaceholderCell> frames = new ArrayList<>();

  /** The deepest template that the one under evaluation has used so far. */
  private int deepest;

  private long weight;

  PlaceholderRun(
      Resolved previous,
      ObjectNode merged,
      @Nullable SecretPaths marks,
      Collection<ConfigPath> affected,
      Index kept,
      Outside outside) {
    this.previous = previous;
    this.merged = merged;
    this.kept = kept;
    this.texts = new PlaceholderText(this, new PlaceholderSecrets(merged, marks), outside);
    this.weight = kept.weight();
    this.tree = new PlaceholderTree(previous, merged, affected, new CellValues());
  }

  /** A run in which nothing is resolved yet. */
  static PlaceholderRun of(PlaceholderSecrets tree, Outside outside) {
    return new PlaceholderRun(
        Placeholders.EMPTY, tree.merged(), tree.marks(), Set.of(), Index.EMPTY, outside);
  }

  /** The values of this run's templates, counting how deep those are that a value uses. */
  private final class CellValues implements PlaceholderTree.Values {
    @Override
    public Node of(ConfigPath path, Scalar template) {
      return value(cell(path, template));
    }

    @Override
    public void usedBelow(ConfigPath path) {
      deepest = Math.max(deepest, depths.getOrDefault(path, 0));
    }
  }

  Set<Problem> problems() {
    return problems;
  }

  /** The tree with the values of all templates; each was evaluated without a problem. */
  ObjectNode tree() {
    return tree.root();
  }

  /** The index with what this run found out about a template. */
  Index record(Index index, ConfigPath path) {
    PlaceholderCell cell = cells.get(path);
    if (cell == null || cell.target == null) {
      throw new IllegalStateException(path + " was not evaluated");
    }
    Place place = cell.target.place();
    return index.with(
        path,
        new Entry(
            List.copyOf(cell.reads),
            place == null ? null : place.path(),
            cell.targetDepth,
            cell.depth,
            cell.weight));
  }

  /** Whether the values outgrew the limit: nothing more is evaluated. */
  private boolean exhausted() {
    return weight > MAX_WEIGHT;
  }

  /** A template to evaluate, and how many others stood between it and the one that needs it. */
  private record Waiting(PlaceholderCell cell, int between) {}

  /** Evaluates a template, and what it needs before it; problems are collected. */
  void evaluate(ConfigPath path, Scalar template) {
    Deque<Waiting> waiting = new ArrayDeque<>();
    waiting.push(new Waiting(cell(path, template), 0));
    int behind = 0;
    while (!waiting.isEmpty() && !exhausted()) {
      deepest = 0;
      try {
        value(waiting.element().cell());
        behind -= waiting.pop().between();
      } catch (Postponed deep) {
        behind += deep.between;
        if (behind > cells.size()) {
          behind -= deep.between; // more than there are: some stand there twice
          deep.cell.failed = true;
          report(deep.cell, ErrorCode.PLACEHOLDER_CYCLE, "refers to itself through many others");
        } else {
          waiting.push(new Waiting(deep.cell, deep.between));
        }
      } catch (Stop reported) {
        behind -= waiting.pop().between();
      }
    }
  }

  PlaceholderCell cell(ConfigPath path, Scalar template) {
    PlaceholderCell cell = cells.get(path);
    if (cell == null) {
      cell = new PlaceholderCell(path, template);
      Entry entry = kept.templates().get(path, path);
      if (entry != null) {
        restore(cell, entry);
      }
      cells.put(path, cell);
    }
    return cell;
  }

  private void restore(PlaceholderCell cell, Entry entry) {
    ConfigPath target = entry.target();
    Node node = target == null ? null : Nodes.at(merged, target);
    cell.target =
        target == null || node == null
            ? Target.TEXT
            : new Target(new Place(target, node), List.of());
    cell.value = Nodes.at(previous.tree(), cell.path);
    cell.targetDepth = entry.targetDepth();
    cell.depth = entry.depth();
    cell.weight = entry.weight();
  }

  /** What a template resolves to. */
  Node value(PlaceholderCell cell) {
    if (cell.failed) {
      throw new Stop();
    }
    Node value = cell.value;
    if (value == null) {
      if (cell.findingValue) {
        throw cycle(cell);
      }
      int before = enter(cell);
      cell.findingValue = true;
      try {
        Node was = Nodes.at(previous.tree(), cell.path);
        value = Nodes.share(was, compute(cell));
        cell.depth = depth();
        weigh(cell, was, value);
        cell.value = value;
      } catch (Stop stop) {
        cell.failed = !(stop instanceof Postponed);
        throw stop;
      } finally {
        cell.findingValue = false;
        leave(before);
      }
    }
    deepest = Math.max(deepest, cell.depth);
    return value;
  }

  private Node compute(PlaceholderCell cell) {
    List<Part> parts = parts(cell);
    Target target = target(cell);
    deepest = cell.targetDepth - 1;
    if (PlaceholderParser.only(parts) == null) {
      return Scalar.string(texts.of(parts));
    }
    Place place = target.place();
    return place == null ? Scalar.string(texts.of(target.text())) : node(place);
  }

  /** The resolved node a placeholder of the template under evaluation stands for. */
  Node resolved(Ref ref) {
    Target target = target(ref);
    Place place = target.place();
    return place == null ? Scalar.string(texts.of(target.text())) : node(place);
  }

  /** The resolved node of a place. */
  Node node(Place place) {
    if (!place.node().hasTemplates()) {
      return place.node();
    }
    if (place.node() instanceof Scalar template) {
      return value(cell(place.path(), template));
    }
    int before = deepest;
    deepest = 0;
    Node node = tree.at(place.path(), place.node());
    Integer depth = depths.get(place.path());
    if (depth == null) {
      kept.templates()
          .below(place.path(), (path, entry) -> deepest = Math.max(deepest, entry.depth()));
      depth = deepest;
      depths.put(place.path(), depth);
    }
    deepest = Math.max(before, depth);
    return node;
  }

  /** What a template stands for. */
  Target target(PlaceholderCell cell) {
    if (cell.failed) {
      throw new Stop();
    }
    Target target = cell.target;
    if (target == null) {
      if (cell.findingTarget) {
        throw cycle(cell);
      }
      int before = enter(cell);
      cell.findingTarget = true;
      try {
        Ref only = PlaceholderParser.only(parts(cell));
        target = only == null ? Target.TEXT : target(only);
        cell.targetDepth = depth();
        cell.target = target;
      } catch (Stop stop) {
        cell.failed = !(stop instanceof Postponed);
        throw stop;
      } finally {
        cell.findingTarget = false;
        leave(before);
      }
    }
    deepest = Math.max(deepest, cell.targetDepth);
    return target;
  }

  private int enter(PlaceholderCell cell) {
    if (frames.size() + tree.level() >= MAX_FRAMES) {
      throw new Postponed(cell, frames.size() / 2);
    }
    int before = deepest;
    frames.add(cell);
    deepest = 0;
    return before;
  }

  private void leave(int before) {
    frames.remove(frames.size() - 1);
    deepest = before;
  }

  private int depth() {
    if (deepest >= MAX_DEPTH) {
      throw stop(
          ErrorCode.LIMIT,
          "refers to values that refer to others, more than " + MAX_DEPTH + " in a row");
    }
    return deepest + 1;
  }

  private void weigh(PlaceholderCell cell, @Nullable Node was, Node value) {
    PlaceholderWeight scale = new PlaceholderWeight(MAX_WEIGHT);
    Entry entry = previous.index().templates().get(cell.path, cell.path);
    int at = cell.path.size();
    cell.weight =
        entry == null || was == null
            ? scale.of(value, at)
            : entry.weight() + scale.growth(was, value, at);
    weight += cell.weight;
    if (scale.tooDeep()) {
      throw stop(
          ErrorCode.LIMIT, "resolves to more than " + PlaceholderWeight.MAX_DEPTH + " levels");
    }
    if (exhausted()) {
      throw stop(ErrorCode.LIMIT, "placeholders expand to a weight of more than " + MAX_WEIGHT);
    }
  }

  private List<Part> parts(PlaceholderCell cell) {
    List<Part> parts = cell.parts;
    if (parts == null) {
      try {
        parts = PlaceholderParser.parse(cell.template.text());
      } catch (PlaceholderParser.TooDeep tooDeep) {
        throw stop(
            ErrorCode.LIMIT,
            "placeholders stand inside each other, more than "
                + PlaceholderParser.MAX_NESTING
                + " deep");
      }
      cell.parts = parts;
    }
    return parts;
  }

  PlaceholderText texts() {
    return texts;
  }

  /** What a placeholder of the template under evaluation stands for. */
  Target target(Ref ref) {
    if (ref.kind() == Kind.PATH) {
      ConfigPath path = texts.path(ref);
      frame().reading = isStatic(ref.name()) ? path : null;
      Place place = find(path, null);
      if (place != null) {
        return new Target(place, List.of());
      }
      return orElse(ref, "is absent", texts.showsSecret(ref) ? SecretKeys.MASK : path.toString());
    }
    String text = texts.outside(ref);
    if (text != null) {
      return new Target(null, List.of(new Text(text)));
    }
    String what = ref.kind() == Kind.ENV ? "environment variable " : "system property ";
    return orElse(
        ref,
        "is not set",
        texts.showsSecret(ref) ? what + SecretKeys.MASK : what + texts.name(ref));
  }

  private Target orElse(Ref ref, String missing, String what) {
    List<Part> fallback = ref.fallback();
    if (fallback == null) {
      throw stop(
          ErrorCode.PLACEHOLDER,
          what + ' ' + missing + ", and " + texts.written(ref) + " has no default");
    }
    Ref only = PlaceholderParser.only(fallback);
    return only == null ? new Target(null, fallback) : target(only);
  }

  private static boolean isStatic(List<Part> name) {
    for (Part part : name) {
      if (part instanceof Ref) {
        return false;
      }
    }
    return true;
  }

  /**
   * The place that a path leads to, through templates on the way, or null.
   *
   * @param passed is given the templates on the way, unless null
   */
  @Nullable Place find(ConfigPath path, @Nullable List<PlaceholderCell> passed) {
    PlaceholderCycle.Hops hops = new PlaceholderCycle.Hops();
    ConfigPath wanted = path;
    while (true) {
      frame().reads.add(wanted);
      Node node = merged;
      int i = 0;
      while (i < wanted.size() && node != null && !isTemplate(node)) {
        node = Nodes.child(node, wanted, i++);
      }
      if (node == null || node == NullNode.NULL) {
        return null;
      }
      if (i == wanted.size()) {
        return new Place(wanted, node);
      }
      PlaceholderCell via = cell(wanted.prefix(i), (Scalar) node);
      if (passed != null) {
        passed.add(via);
      }
      hop(hops, via, wanted.size() - i);
      Place target = target(via).place();
      if (target == null) {
        return null;
      }
      wanted = target.path().resolve(wanted.suffix(i));
    }
  }

  private static boolean isTemplate(Node node) {
    return node instanceof Scalar && node.hasTemplates();
  }

  private void hop(PlaceholderCycle.Hops hops, PlaceholderCell via, int rest) {
    List<PlaceholderCycle.Link> circle = hops.add(via.path, rest);
    if (!circle.isEmpty()) {
      throw cycle(circle);
    }
    deepest = Math.max(deepest, hops.size());
    if (hops.size() >= MAX_DEPTH) {
      throw stop(ErrorCode.LIMIT, "leads through more than " + MAX_DEPTH + " placeholders");
    }
  }

  private Stop cycle(PlaceholderCell repeated) {
    return cycle(PlaceholderCycle.from(frames.subList(frames.indexOf(repeated), frames.size())));
  }

  private Stop cycle(List<PlaceholderCycle.Link> circle) {
    problems.add(PlaceholderCycle.problem(circle));
    return new Stop();
  }

  Stop stop(ErrorCode code, String message) {
    report(frame(), code, message);
    return new Stop();
  }

  private void report(PlaceholderCell cell, ErrorCode code, String message) {
    problems.add(new Problem(code, cell.path, message, null, null));
  }

  /** The template under evaluation. */
  PlaceholderCell frame() {
    return frames.get(frames.size() - 1);
  }

  /** Takes a template for the one under evaluation until {@link #end}. */
  void begin(PlaceholderCell cell) {
    frames.add(cell);
  }

  void end() {
    frames.remove(frames.size() - 1);
  }
}
