package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.source.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lane's state and its one move: inputs go into layers, a candidate is made and checked, and it
 * is published or refused. Every method runs on the lane.
 *
 * <p>Each step tries what every layer has received; failing that, the new inputs over what the
 * others had accepted, and on top of these each other pending layer that passes, the lowest first;
 * failing that, several inputs one by one; failing that, it is refused. A refused document stays
 * received, so that a later change elsewhere can let it through; a refused write is taken back.
 */
final class Stepper {

  /** Makes a candidate visible; the version that shows it. */
  interface Publisher {
    long publish(Candidate before, Candidate candidate);
  }

  private final Merger merger = new Merger();
  private final Merger.Policies policies;
  private final Conversions conversions;
  private final Placeholders.Outside outside;
  private final Statuses statuses;
  private final Publisher publisher;

  private Layers layers = Layers.NONE;
  private Candidate current = Candidate.NOTHING;
  private Set<Declaration> declarations = Set.of();
  private Set<ConfigPath> declaredPaths = Set.of();

  /** What else a candidate must pass. */
  private interface Check {
    void check(Candidate candidate, List<Problem> problems);
  }

  private static final Check NO_MORE = (candidate, problems) -> {};

  /** What passed, and the layers with what counts as accepted then. */
  private record Passed(Candidate candidate, Layers layers) {}

  private record Rejection(Revision revision, ConfigException why, @Nullable ConfigException odd) {}

  /** What of each session was refused last, until it or a newer one is accepted. */
  private final Map<SourceSession, Rejection> rejected = new HashMap<>();

  Stepper(
      Merger.Policies policies,
      Conversions conversions,
      Placeholders.Outside outside,
      Statuses statuses,
      Publisher publisher) {
    this.policies = policies;
    this.conversions = conversions;
    this.outside = outside;
    this.statuses = statuses;
    this.publisher = publisher;
  }

  long visits() {
    return merger.visits();
  }

  Layers layers() {
    return layers;
  }

  /**
   * Takes inputs in, together if that passes.
   *
   * @param unchanged the version to return when nothing changes
   * @throws ConfigException with what was refused; the rest is published
   */
  long apply(List<Input> inputs, long unchanged) {
    List<Problem> problems = new ArrayList<>();
    List<Input> news = new ArrayList<>(inputs.size());
    Layers next = layers;
    for (Input input : inputs) {
      if (next.indexOf(input.session()) >= 0 && input.session().advance(input.revision())) {
        Layers with = received(next, input, problems);
        if (with != null) {
          next = with;
          news.add(input);
        }
      }
    }
    long version = unchanged;
    if (!news.isEmpty()) {
      try {
        version = step(news, next, unchanged);
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return version;
  }

  /** The layers with what an input makes of its own; null when it cannot be applied there. */
  private @Nullable Layers received(Layers to, Input input, List<Problem> problems) {
    LayerContent was = to.all().get(to.indexOf(input.session())).received();
    try {
      return to.withReceived(input.session(), input.applyTo(was));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      statuses.rejected(input.session(), e);
      return null;
    }
  }

  private long step(List<Input> news, Layers next, long unchanged) {
    Set<SourceSession> sessions = new HashSet<>();
    news.forEach(input -> sessions.add(input.session()));
    List<Problem> problems = new ArrayList<>();
    Passed passed = pass(next, layer -> sessions.contains(layer.session()), NO_MORE, problems);
    if (passed != null) {
      return accept(passed, news);
    }
    return news.size() > 1 ? oneByOne(news, unchanged) : refuse(news.get(0), next, problems);
  }

  /**
   * What passes of what was received: all of it, or else what is new and what else is pending.
   *
   * @param isNew whose received content is tried over what the others had accepted
   * @param problems takes what is wrong when nothing passes
   * @return null when nothing passes
   */
  private @Nullable Passed pass(
      Layers next, Predicate<Layer> isNew, Check more, List<Problem> problems) {
    Candidate all = candidate(next, layer -> true);
    List<Problem> wrong = problems(all, more);
    if (wrong.isEmpty()) {
      return new Passed(all, next.accept(layer -> true));
    }
    if (next.anyPendingBut(isNew)) {
      Candidate alone = candidate(next, isNew);
      wrong = problems(alone, more);
      if (wrong.isEmpty()) {
        return withPending(new Passed(alone, next.accept(isNew)), more);
      }
    }
    problems.addAll(wrong);
    return null;
  }

  /**
   * Lets in the lowest pending layer that passes on top of what passed, and so on until none does.
   * All together have not passed, so that the last one need not be tried.
   */
  private Passed withPending(Passed passed, Check more) {
    List<Layer> pending = passed.layers().all().stream().filter(Layer::isPending).toList();
    for (Layer tried : pending.size() < 2 ? List.<Layer>of() : pending) {
      Layers next = passed.layers().accept(layer -> layer == tried);
      Candidate candidate = candidate(next, layer -> false);
      if (problems(candidate, more).isEmpty()) {
        return withPending(new Passed(candidate, next), more);
      }
    }
    return passed;
  }

  private List<Problem> problems(Candidate candidate, Check more) {
    List<Problem> problems =
        new ArrayList<>(Checks.problems(candidate, current, declarations, conversions));
    more.check(candidate, problems);
    return problems;
  }

  private Candidate candidate(Layers next, Predicate<Layer> received) {
    return current.next(
        next.names(), next.contents(received), declaredPaths, merger, policies, outside);
  }

  private long accept(Passed passed, List<Input> news) {
    Candidate before = current;
    layers = passed.layers();
    current = passed.candidate();
    long version = publisher.publish(before, current);
    for (Input input : news) {
      if (input.kind() != Input.Kind.ABSENT) {
        statuses.accepted(input.session(), input.revision(), input.odd());
      }
    }
    for (Layer layer : layers.all()) {
      Rejection pending = layer.isPending() ? null : rejected.remove(layer.session());
      if (pending != null && news.stream().noneMatch(in -> in.session() == layer.session())) {
        statuses.healed(layer.session(), pending.revision(), pending.why(), pending.odd());
      }
    }
    return version;
  }

  /** The layers take the inputs in one after the other; each is accepted or refused. */
  private long oneByOne(List<Input> news, long unchanged) {
    long version = unchanged;
    List<Problem> problems = new ArrayList<>();
    for (Input input : news) {
      Layers next = received(layers, input, problems);
      try {
        version = next == null ? version : step(List.of(input), next, version);
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return version;
  }

  private long refuse(Input input, Layers next, List<Problem> problems) {
    ConfigException why = new ConfigException(problems, null);
    if (input.isWrite()) {
      statuses.refusedWrite(input.session());
      throw why;
    }
    layers = next;
    if (input.revision() != null) {
      rejected.put(input.session(), new Rejection(input.revision(), why, input.odd()));
      statuses.rejected(input.session(), why);
    }
    throw why;
  }

  /**
   * Puts layers in the place of the present ones, as one step.
   *
   * @throws ConfigException with all problems; nothing changed then
   */
  long replaceLayers(Layers next) {
    List<Problem> problems = new ArrayList<>();
    Passed passed = pass(next, layer -> false, NO_MORE, problems);
    if (passed == null) {
      throw new ConfigException(problems, null);
    }
    rejected.keySet().removeIf(session -> next.indexOf(session) < 0);
    return accept(passed, List.of());
  }

  /**
   * Declares a key, as a step: names of variables may stand for other keys now.
   *
   * @throws ConfigException when the present value does not convert; nothing is declared then
   */
  void declare(Declaration declaration) {
    if (declarations.contains(declaration)) {
      return;
    }
    Set<ConfigPath> pathsBefore = declaredPaths;
    Set<Declaration> more = new LinkedHashSet<>(declarations);
    more.add(declaration);
    if (!declaredPaths.contains(declaration.path())) {
      Set<ConfigPath> paths = new LinkedHashSet<>(declaredPaths);
      paths.add(declaration.path());
      declaredPaths = paths;
    }
    List<Problem> problems = new ArrayList<>();
    Passed passed = pass(layers, layer -> false, declaredAt(declaration), problems);
    if (passed == null) {
      declaredPaths = pathsBefore;
      throw new ConfigException(problems, null);
    }
    declarations = more;
    accept(passed, List.of());
  }

  /** Whether a value converts, also when it was there before the declaration. */
  private Check declaredAt(Declaration added) {
    return (candidate, problems) ->
        Checks.convert(PublishedSnapshot.of(candidate, conversions), added, problems);
  }

  /** The warnings of the documents that are in use. */
  List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    for (Layer layer : layers.all()) {
      warnings.addAll(layer.accepted().warnings());
    }
    return warnings;
  }
}
