package dev.gimbal.schedules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a Config must show, by the words of its contract and over plain maps: layers with a received
 * and an accepted tree, steps that try all, then the new over what the others had accepted and what
 * else is pending, then one by one; versions that count what was published.
 *
 * <p>What is said while the engine is inside a step waits in {@link #waiting}, like in the engine;
 * {@link #catchUp} goes on until a version is reached, {@link #settle} to the end.
 */
final class Oracle {

  /** A seeded bug of the oracle, which a comparison with the engine must report. */
  enum Mutant {
    NONE,
    FORGETS_WHAT_WAS_REFUSED,
    NEVER_TRIES_THE_NEW_ALONE,
    LEAVES_WHAT_IS_PENDING,
    MERGES_ONE_LEVEL,
    KEEPS_A_REFUSED_WRITE,
    TAKES_OLD_REVISIONS,
    NEVER_CHECKS
  }

  /** The last that a source said. */
  enum Word {
    NOTHING,
    GOOD,
    FAILED
  }

  /** What is said. */
  private enum Kind {
    WHOLE,
    PATCH,
    WRITE,
    ABSENT,
    FAILED,
    RESET
  }

  /** One thing said; {@code order} is its revision, or null. */
  private record Said(
      Layer layer, Kind kind, Long order, UnaryOperator<Map<String, Object>> change) {
    boolean isChange() {
      return kind != Kind.FAILED && kind != Kind.RESET;
    }
  }

  /** A source as the contract sees it. */
  static final class Layer {
    final String name;
    final boolean optional;
    Map<String, Object> received = new TreeMap<>();
    Map<String, Object> accepted = received;
    Word word = Word.NOTHING;
    boolean answered;

    /** Whether the first answer that a start waits for was a good one; null before it. */
    Boolean began;

    private long lastOrder = Long.MIN_VALUE;
    private final List<Said> inbox = new ArrayList<>();

    Layer(String name, boolean optional) {
      this.name = name;
      this.optional = optional;
    }

    private void begin(boolean good) {
      began = began == null ? good : began;
    }

    /** Whether a start with its first answer goes on. */
    boolean mayJoin() {
      return began != null && (began || optional);
    }

    boolean isPending() {
      return received != accepted;
    }

    /** The state that its status must tell. */
    String state() {
      if (word == Word.GOOD) {
        return isPending() ? "DEGRADED" : "OK";
      }
      return answered ? "DEGRADED" : "DOWN";
    }
  }

  /** What is to be done by the lane: something with a result. */
  static final class Step {
    private final Runnable work;

    /** Whether it was done, and whether it was refused. */
    boolean done;

    boolean refused;

    /** Whether the Config was closed before. */
    boolean late;

    /** The version that shows it. */
    long version;

    Step(Runnable work) {
      this.work = work;
    }

    /** Ends like another one. */
    void take(Step other) {
      done = other.done;
      refused = other.refused;
      late = other.late;
      version = other.version;
    }
  }

  private final Mutant mutant;
  private List<Layer> layers = new ArrayList<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final List<Map<String, Object>> published = new ArrayList<>();
  private final ArrayDeque<Step> waiting = new ArrayDeque<>();

  /** Reloads whose step has not come. */
  private final List<Answers> reloads = new ArrayList<>();

  private boolean closed;

  /** Steps that were refused and steps that healed an earlier refusal. */
  int refusals;

  int healings;

  /** Steps whose inputs were several. */
  int batches;

  Oracle(Mutant mutant) {
    this.mutant = mutant;
  }

  // ---- what is asked

  long version() {
    return published.size();
  }

  Map<String, Object> at(long version) {
    return published.get((int) version - 1);
  }

  List<Layer> layers() {
    return layers;
  }

  boolean isQuiet() {
    return waiting.isEmpty();
  }

  /** Does what waits until a version is published; whether it was. */
  boolean catchUp(long version) {
    while (version() < version && !waiting.isEmpty()) {
      next();
    }
    return version() >= version;
  }

  void settle() {
    while (!waiting.isEmpty()) {
      next();
    }
  }

  private void next() {
    Step step = waiting.remove();
    step.work.run();
    step.done = true;
    step.version = version();
  }

  // ---- what sources say

  void document(Layer layer, long order, Map<String, Object> tree) {
    say(whole(layer, order, tree));
  }

  private static Said whole(Layer layer, long order, Map<String, Object> tree) {
    return new Said(layer, Kind.WHOLE, order, was -> tree);
  }

  void patch(Layer layer, long order, List<Data.Change> changes) {
    say(new Said(layer, Kind.PATCH, order, was -> apply(was, changes)));
  }

  void absent(Layer layer) {
    say(absentOf(layer));
  }

  private static Said absentOf(Layer layer) {
    return new Said(layer, Kind.ABSENT, null, was -> new TreeMap<>());
  }

  void failed(Layer layer) {
    say(new Said(layer, Kind.FAILED, null, was -> was));
  }

  void reset(Layer layer) {
    say(new Said(layer, Kind.RESET, null, was -> was));
  }

  private void say(Said said) {
    sendAhead(said.layer(), null);
    sayNow(said);
  }

  /** What a layer answered to reloads counts as said unasked before whatever it says now. */
  private void sendAhead(Layer layer, Answers except) {
    for (Answers answers : reloads) {
      if (answers != except) {
        List<Said> ahead = new ArrayList<>(answers.all);
        ahead.removeIf(said -> said.layer() != layer);
        answers.all.removeAll(ahead);
        ahead.forEach(this::sayNow);
      }
    }
  }

  private void sayNow(Said said) {
    List<Said> inbox = said.layer().inbox;
    Said last = inbox.isEmpty() ? null : inbox.get(inbox.size() - 1);
    if (last != null && last.kind() == Kind.WHOLE && said.kind() == Kind.WHOLE) {
      if (said.order() > last.order()) {
        inbox.set(inbox.size() - 1, said);
      }
      return;
    }
    inbox.add(said);
    if (inbox.size() == 1) {
      waiting.add(new Step(() -> drain(said.layer())));
    }
  }

  static Map<String, Object> apply(Map<String, Object> tree, List<Data.Change> changes) {
    Map<String, Object> result = tree;
    for (Data.Change change : changes) {
      result =
          change.remove()
              ? Trees.remove(result, change.path())
              : Trees.set(result, change.path(), change.value());
    }
    return result;
  }

  private void drain(Layer layer) {
    List<Said> all = List.copyOf(layer.inbox);
    layer.inbox.clear();
    List<Said> changes = new ArrayList<>();
    for (Said said : all) {
      if (said.kind() == Kind.WHOLE || said.kind() == Kind.PATCH) {
        changes.add(said);
      } else {
        change(layer, changes);
        changes.clear();
        tell(layer, said);
      }
    }
    change(layer, changes);
  }

  private void change(Layer layer, List<Said> changes) {
    if (changes.isEmpty()) {
      return;
    }
    if (layers.contains(layer)) {
      layer.answered = true;
      boolean taken = take(changes);
      assert taken || refusals > 0;
    } else {
      changes.forEach(this::takeEarly);
    }
  }

  private void takeEarly(Said said) {
    if (advance(said)) {
      said.layer().received = said.change().apply(said.layer().received);
      said.layer().accepted = said.layer().received;
      said.layer().answered = true;
      said.layer().word = Word.GOOD;
      said.layer().begin(true);
    }
  }

  private void tell(Layer layer, Said said) {
    if (said.kind() == Kind.RESET) {
      layer.lastOrder = Long.MIN_VALUE;
      return;
    }
    if (said.kind() == Kind.ABSENT && layers.contains(layer)) {
      boolean taken = take(List.of(said));
      assert taken || refusals > 0;
    } else if (said.kind() == Kind.ABSENT) {
      layer.received = new TreeMap<>();
      layer.accepted = layer.received;
    }
    layer.word = Word.FAILED;
    if (said.kind() == Kind.ABSENT || layer.optional) {
      layer.begin(false);
    }
  }

  private boolean advance(Said said) {
    if (said.order() == null) {
      return true;
    }
    if (said.order() <= said.layer().lastOrder && mutant != Mutant.TAKES_OLD_REVISIONS) {
      return false;
    }
    said.layer().lastOrder = said.order();
    return true;
  }

  // ---- what applications do

  Step write(Layer layer, List<Data.Change> changes) {
    Said said = new Said(layer, Kind.WRITE, null, was -> apply(was, changes));
    return step(() -> take(List.of(said)));
  }

  Step join(List<Layer> added) {
    return step(
        () -> {
          Set<String> names = new HashSet<>();
          layers.forEach(layer -> names.add(layer.name));
          List<Layer> next = new ArrayList<>(layers);
          for (Layer layer : added) {
            if (!names.add(layer.name)) {
              return false;
            }
            next.add(layer);
          }
          return replaceLayers(next);
        });
  }

  Step remove(Layer layer) {
    return step(
        () -> {
          List<Layer> next = new ArrayList<>(layers);
          next.remove(layer);
          return replaceLayers(next);
        });
  }

  /** What sources answered to one reload; see {@link #answer}. */
  final class Answers {
    private final List<Said> all = new ArrayList<>();
    boolean anyFailed;

    private Answers() {}

    void document(Layer layer, long order, Map<String, Object> tree) {
      keep(whole(layer, order, tree));
    }

    void absent(Layer layer) {
      keep(absentOf(layer));
    }

    void failed(Layer layer) {
      keep(new Said(layer, Kind.FAILED, null, was -> was));
    }

    private void keep(Said said) {
      sendAhead(said.layer(), this);
      all.add(said);
    }
  }

  Answers reload() {
    Answers answers = new Answers();
    reloads.add(answers);
    return answers;
  }

  Step answer(Answers answers) {
    return step(
        () -> {
          reloads.remove(answers);
          answers.all.removeIf(said -> !layers.contains(said.layer()));
          answers.anyFailed = answers.all.stream().anyMatch(said -> said.kind() == Kind.FAILED);
          List<Said> changes = new ArrayList<>(answers.all);
          changes.removeIf(said -> !said.isChange());
          changes.forEach(said -> said.layer().answered |= said.kind() == Kind.WHOLE);
          boolean taken = take(changes);
          for (Said said : answers.all) {
            if (said.kind() != Kind.WHOLE) {
              said.layer().word = Word.FAILED;
            }
          }
          return taken;
        });
  }

  Step declare(String path) {
    return step(
        () -> {
          if (declared.add(path) && !replaceLayers(layers)) {
            declared.remove(path);
            return false;
          }
          return true;
        });
  }

  void close() {
    settle();
    closed = true;
  }

  private interface Work {
    boolean run();
  }

  private Step step(Work work) {
    Step[] step = new Step[1];
    step[0] =
        new Step(
            () -> {
              step[0].late = closed;
              step[0].refused = closed || !work.run();
            });
    waiting.add(step[0]);
    return step[0];
  }

  // ---- steps

  /** Whether all of it passed. */
  private boolean take(List<Said> changes) {
    List<Said> news = new ArrayList<>();
    if (closed) {
      return true;
    }
    List<Map<String, Object>> before = new ArrayList<>();
    for (Said said : changes) {
      if (layers.contains(said.layer()) && advance(said)) {
        before.add(said.layer().received);
        said.layer().received = said.change().apply(said.layer().received);
        said.layer().word = Word.GOOD;
        news.add(said);
      }
    }
    if (news.isEmpty()) {
      return true;
    }
    batches += news.size() > 1 ? 1 : 0;
    return pass(news, before);
  }

  private boolean pass(List<Said> news, List<Map<String, Object>> before) {
    Set<Layer> fresh = new HashSet<>();
    news.forEach(said -> fresh.add(said.layer()));
    if (goesIn(layers, fresh)) {
      return true;
    }
    if (news.size() > 1) {
      for (int i = news.size() - 1; i >= 0; i--) {
        news.get(i).layer().received = before.get(i);
      }
      boolean all = true;
      for (Said said : news) {
        Map<String, Object> was = said.layer().received;
        said.layer().received = said.change().apply(was);
        all &= pass(List.of(said), List.of(was));
      }
      return all;
    }
    refusals++;
    Said refused = news.get(0);
    boolean takenBack = refused.kind() == Kind.WRITE && mutant != Mutant.KEEPS_A_REFUSED_WRITE;
    if (takenBack || mutant == Mutant.FORGETS_WHAT_WAS_REFUSED) {
      refused.layer().received = before.get(0);
    }
    return false;
  }

  /** All that was received goes in, or else what was accepted stays; or nothing changes. */
  private boolean replaceLayers(List<Layer> next) {
    if (goesIn(next, Set.of())) {
      layers = next;
      return true;
    }
    refusals++;
    return false;
  }

  /**
   * All that these layers received is accepted and published if it passes; else what is fresh, and
   * then what else is pending, as far as it passes; else nothing.
   */
  private boolean goesIn(List<Layer> from, Set<Layer> fresh) {
    Set<Layer> in = new HashSet<>(from);
    Map<String, Object> tree = tree(from, in);
    if (tree == null) {
      in = new HashSet<>(fresh);
      tree = mutant == Mutant.NEVER_TRIES_THE_NEW_ALONE ? null : tree(from, in);
      for (int i = 0; tree != null && i < from.size(); i++) {
        Set<Layer> more = new HashSet<>(in);
        boolean passes =
            more.add(from.get(i)) && from.get(i).isPending() && tree(from, more) != null;
        if (passes && mutant != Mutant.LEAVES_WHAT_IS_PENDING) {
          tree = tree(from, more);
          in = more;
          i = -1; // what is below may pass now
        }
      }
    }
    if (tree == null) {
      return false;
    }
    for (Layer layer : in) {
      healings += layer.isPending() && !fresh.contains(layer) ? 1 : 0;
      layer.accepted = layer.received;
    }
    if (published.isEmpty() || !Objects.equals(tree, at(version()))) {
      published.add(tree);
    }
    return true;
  }

  /** What these layers give when some give what they received; null when it does not pass. */
  private Map<String, Object> tree(List<Layer> from, Set<Layer> received) {
    Map<String, Object> merged = new TreeMap<>();
    for (Layer layer : from) {
      merged = merge(merged, received.contains(layer) ? layer.received : layer.accepted);
    }
    try {
      Map<String, Object> tree = Trees.resolve(merged);
      for (String path : declared) {
        Object value = Trees.at(tree, path);
        if (value != null && !(value instanceof Integer)) {
          throw new Trees.Unfit(path + " is no integer");
        }
      }
      return tree;
    } catch (Trees.Unfit e) {
      return mutant == Mutant.NEVER_CHECKS ? merged : null;
    }
  }

  private Map<String, Object> merge(Map<String, Object> below, Map<String, Object> over) {
    if (mutant != Mutant.MERGES_ONE_LEVEL) {
      return Trees.merge(below, over);
    }
    Map<String, Object> result = new TreeMap<>(below);
    result.putAll(Trees.merge(Map.of(), over));
    return result;
  }
}
