package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.text.Excerpts;
import dev.gimbal.tree.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lane's state and its one move: inputs go into layers, a candidate is made and checked, and it
 * is published or refused. Methods run on the lane where nothing else is said.
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

  private final Trial.Means means;
  private final Statuses statuses;
  private final Publisher publisher;

  /** Written by the lane only; read by any thread, for status. */
  private volatile Layers layers = Layers.NONE;

  /** What is declared. Written by the lane only; read by any thread, to find one again. */
  private volatile PathTrie<Declaration> declared = PathTrie.empty();

  /** The declared keys and those of their types. Written by the lane only; read by any thread. */
  private volatile KnownKeys known;

  private final Pin pin = new Pin();

  // The lane's own:
  private Candidate current = Candidate.NOTHING;

  /** Pairs of nodes compared to take values away. */
  private long visits;

  private long version;

  private record Rejection(Revision revision, ConfigException why, @Nullable ConfigException odd) {}

  /** What of each session was refused last, until it or a newer one is accepted. */
  private final Map<SourceSession, Rejection> rejected = new HashMap<>();

  /**
   * @param declared what is declared before the first step
   */
  Stepper(List<Declaration> declared, Trial.Means means, Statuses statuses, Publisher publisher) {
    this.means = means;
    this.statuses = statuses;
    for (Declaration declaration : declared) {
      keep(declaration);
    }
    this.known = means.checks().known(declared());
    this.publisher = publisher;
  }

  long visits() {
    return means.merger().visits() + means.checks().visits() + visits;
  }

  /** From any thread. */
  Layers layers() {
    return layers;
  }

  /** From any thread. */
  Pin pin() {
    return pin;
  }

  /** From any thread. */
  KnownKeys known() {
    return known;
  }

  /** What is declared now. From any thread. */
  List<Declaration.Key> declared() {
    List<Declaration.Key> keys = new ArrayList<>();
    declared.forEach(declaration -> keys.add(declaration.key()));
    return keys;
  }

  /** The declaration of a key, or null. From any thread. */
  @Nullable Declaration declared(Declaration.Key key) {
    Declaration[] found = new Declaration[1];
    declared.forEachAt(
        key.path(), declaration -> found[0] = declaration.isOf(key) ? declaration : found[0]);
    return found[0];
  }

  /**
   * Takes inputs in, together if that passes. While a version is pinned they are only received.
   *
   * @param unchanged the version to return when nothing changes
   * @throws ConfigException with what was refused; the rest is published
   */
  long apply(List<Input> inputs, long unchanged) {
    List<Problem> problems = new ArrayList<>(0);
    List<Input> news = inputs;
    Layers next = layers;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      boolean isNew = next.has(input.session()) && input.session().advance(input.revision());
      Layers with = isNew ? received(next, input, problems) : null;
      if (with == null) {
        news = news.stream().filter(other -> other != input).toList();
      } else {
        next = with;
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
    try {
      LayerContent was = to.receivedOf(input.session());
      return to.withReceived(input.session(), input.applyTo(was));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      statuses.rejected(input.session(), e);
      return null;
    }
  }

  private long step(List<Input> news, Layers next, long unchanged) {
    if (pin.isSet()) {
      layers = next;
      news.forEach(pin::hold);
      news.forEach(input -> rejected.remove(input.session()));
      return unchanged;
    }
    for (int i = 0; i < news.size(); i++) {
      if (isWrittenAgain(news.get(i))) {
        forgetVetoes();
      }
    }
    List<Problem> problems = new ArrayList<>(0);
    Trial.Passed passed = pass(next, layer -> isFor(news, layer), problems);
    if (passed != null) {
      return accept(passed, news);
    }
    return news.size() > 1 ? oneByOne(news, unchanged) : refuse(news.get(0), next, problems);
  }

  private static boolean isFor(List<Input> news, Layer layer) {
    for (int i = 0; i < news.size(); i++) {
      if (news.get(i).session() == layer.session()) {
        return true;
      }
    }
    return false;
  }

  /** The layer that an input is for, which is there. */
  private static Layer layer(Layers among, Input input) {
    return Objects.requireNonNull(among.of(input.session()));
  }

  /** Whether it is a document in the place of one that was refused. */
  private boolean isWrittenAgain(Input input) {
    return input.kind() == Input.Kind.WHOLE && layer(layers, input).isPending();
  }

  private Trial.@Nullable Passed pass(Layers next, Predicate<Layer> isNew, List<Problem> problems) {
    return trial(known, null, true).pass(next, isNew, problems);
  }

  private Trial trial(KnownKeys known, @Nullable Declaration added, boolean prepares) {
    return new Trial(
        means, current, pin.needed(current), version, declared, known, added, prepares);
  }

  private long accept(Trial.Passed passed, List<Input> news) {
    Candidate before = current;
    layers = passed.layers();
    current = passed.tried().candidate();
    List<Converted> values = passed.tried().values();
    for (int i = 0; i < values.size(); i++) {
      values.get(i).keep(); // first, so that readers find them
    }
    means.resources().commit(passed.tried().ready());
    takeAway(before);
    version = publisher.publish(before, current);
    for (int i = 0; i < news.size(); i++) {
      tellAccepted(news.get(i));
    }
    if (!rejected.isEmpty()) {
      tellHealed(news);
    }
    return version;
  }

  /** Before it is published, so that who sees the new version never gets an older value. */
  private void takeAway(Candidate before) {
    if (!declared.isEmpty()) {
      Declaration.Unknown next = new Declaration.Unknown(version + 1);
      visits +=
          declared.forEachDiffering(
              before.tree(), current.tree(), changed -> changed.takeAway(next));
    }
  }

  private void tellHealed(List<Input> news) {
    for (Layer layer : layers.all()) {
      Rejection pending = layer.isPending() ? null : rejected.remove(layer.session());
      if (pending != null && !isFor(news, layer)) {
        statuses.healed(layer.session(), pending.revision(), pending.why(), pending.odd());
      }
    }
  }

  private void tellAccepted(Input input) {
    if (input.kind() != Input.Kind.ABSENT) {
      statuses.accepted(input.session(), input.revision(), input.odd());
    }
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
      forgetVetoes(); // it is not pending
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
   * Does nothing if a source may hold this.
   *
   * @throws ConfigException with what is wrong
   */
  void requirePasses(SourceSession session, Document document) {
    Input input = Input.document(session, Revision.of(0), LayerContent.of(document), null);
    Layer layer = layers.of(session);
    if (layer == null) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    Layers next = layers.withReceived(session, input.applyTo(layer.received()));
    Trial.Passed passed = pass(next, other -> other.session() == session, problems);
    if (passed == null) {
      throw new ConfigException(problems, null);
    }
    means.resources().abortOthers(passed.tried().ready(), List.of());
  }

  /** What resources have vetoed is asked about again. */
  void forgetVetoes() {
    means.resources().forgetVetoes();
  }

  /** Tries what is pending once more. */
  long retry() {
    if (pin.isSet() || !layers.anyPending()) {
      return version;
    }
    Trial.Passed passed = pass(layers, Layers.NO_LAYER, new ArrayList<>());
    return passed == null ? version : accept(passed, List.of());
  }

  /**
   * Puts layers in the place of the present ones, as one step.
   *
   * @throws ConfigException with all problems; nothing changed then
   */
  long replaceLayers(Layers next) {
    Trial.Passed passed = passing(next);
    if (!rejected.isEmpty()) { // nothing to link where a start finds none
      rejected.keySet().removeIf(session -> !next.has(session));
    }
    return accept(passed, List.of());
  }

  /**
   * What passes of what layers have received.
   *
   * @throws ConfigException when nothing does
   */
  private Trial.Passed passing(Layers next) {
    List<Problem> problems = new ArrayList<>();
    Trial.Passed passed = pass(next, Layers.NO_LAYER, problems);
    if (passed == null) {
      throw new ConfigException(problems, null);
    }
    return passed;
  }

  /**
   * Declares a key, as a step: names of variables may stand for other keys now.
   *
   * @param required whether the value must stay once it is there
   * @return the one declaration of that key
   * @throws ConfigException when the present value does not convert; nothing is declared then
   */
  Declaration declare(Declaration.Key key, boolean callsUserCode, boolean required) {
    Declaration declaration = declared(key);
    if (declaration == null) {
      declaration = declare(key, callsUserCode);
    }
    if (required) {
      declaration.require();
    }
    return declaration;
  }

  private Declaration declare(Declaration.Key key, boolean callsUserCode) {
    KnownKeys next = known.with(key);
    Declaration added = new Declaration(key, callsUserCode);
    boolean shows = !pin.isSet(); // what is pinned and what comes after it must convert
    Trial trial = trial(next, added, shows);
    Trial.Tried pinned = shows ? null : trial.check(current.marked(next.secrets()));
    List<Problem> problems = new ArrayList<>(pinned == null ? List.of() : pinned.problems());
    Trial.Passed passed = problems.isEmpty() ? trial.pass(layers, Layers.NO_LAYER, problems) : null;
    if (passed == null) {
      throw new ConfigException(problems, null);
    }
    keep(added);
    known = next;
    if (pinned == null) {
      accept(passed, List.of());
    } else if (pinned.candidate() != current) {
      accept(new Trial.Passed(pinned, layers), List.of());
    } else {
      pinned.values().forEach(Converted::keep);
    }
    return added;
  }

  private void keep(Declaration declaration) {
    Declaration same = declared(declaration.key());
    PathTrie<Declaration> others = same == null ? declared : declared.without(same.path(), same);
    declared = others.with(declaration.path(), declaration);
  }

  /**
   * Shows what was shown before, and pins it.
   *
   * @param to the version that is gone back to
   * @throws ConfigException when it does not pass now; nothing changed then
   */
  long rollback(long to, Candidate back) {
    Candidate shown =
        Nodes.sameValue(back.tree(), current.tree()) ? current : back.marked(known.secrets());
    Trial.Tried tried = trial(known, null, true).attempt(shown);
    if (!tried.passes()) {
      throw new ConfigException(tried.problems(), null);
    }
    pin.set(to, current); // first, so that who is told finds it
    return accept(new Trial.Passed(tried, layers), List.of());
  }

  /**
   * Shows what the layers have received, as far as it passes.
   *
   * @throws ConfigException when nothing does, not even what they had accepted; it stays pinned
   */
  long release() {
    if (!pin.isSet()) {
      return version;
    }
    Trial.Passed passed = passing(layers);
    List<Pin.Held> held = pin.end();
    long released = accept(passed, List.of());
    for (Pin.Held said : held) {
      Input input = said.input();
      if (layer(layers, input).isPending()) {
        released = refuseHeld(input, released);
      } else {
        tellAccepted(said);
      }
    }
    return released;
  }

  /** A source that has failed since it said something goes on to be so. */
  private void tellAccepted(Pin.Held said) {
    Input input = said.input();
    ConfigException reason = input.session().status().reason();
    if (reason == said.reason()) {
      tellAccepted(input);
    } else if (input.kind() != Input.Kind.ABSENT) {
      statuses.accepted(input.session(), input.revision(), reason);
    }
  }

  /** What did not pass at the release is tried and told like any other. */
  private long refuseHeld(Input input, long unchanged) {
    try {
      return step(List.of(input), layers, unchanged);
    } catch (ConfigException refused) {
      return unchanged; // the status of its source tells
    }
  }

  /** The warnings of the documents that are in use. From any thread. */
  List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    for (Layer layer : layers.all()) {
      LayerContent content = layer.accepted();
      Excerpts excerpts = new Excerpts(place -> content.origins().text(place.document()), true);
      content.warnings().forEach(warning -> warnings.add(excerpts.of(warning)));
    }
    return warnings;
  }
}
