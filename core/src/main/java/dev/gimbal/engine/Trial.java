package dev.gimbal.engine;

import dev.gimbal.Problem;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One step's search for what passes of what layers have received, over what is shown. It changes
 * nothing. Runs on the lane.
 *
 * @param current what is shown
 * @param needed what must not be taken away from who needs it
 * @param version its version; 0 before the first
 * @param declarations whose values must convert
 * @param known the keys that names of variables may stand for
 * @param added a declaration to come, or null
 * @param prepares whether resources prepare for what passes
 */
record Trial(
    Means means,
    Candidate current,
    Candidate needed,
    long version,
    PathTrie<Declaration> declarations,
    KnownKeys known,
    @Nullable Declaration added,
    boolean prepares) {

  /** What candidates are made and checked with, and who prepares for them. */
  record Means(
      Merger merger,
      Merger.Policies policies,
      Placeholders.Outside outside,
      Checks checks,
      Resources resources) {}

  /**
   * What was found of a candidate.
   *
   * @param values what declared keys became
   * @param ready who has prepared for it, and waits for the end; nobody where there are problems
   */
  record Tried(
      Candidate candidate,
      List<Problem> problems,
      List<Converted> values,
      List<Resources.Ready> ready) {
    boolean passes() {
      return problems.isEmpty();
    }
  }

  /** What passed, and the layers with what counts as accepted then. */
  record Passed(Tried tried, Layers layers) {}

  /**
   * What passes of what was received: all of it, or else what is new and what else is pending.
   *
   * @param isNew whose received content is tried over what the others had accepted
   * @param problems takes what is wrong when nothing passes
   * @return null when nothing passes
   */
  @Nullable Passed pass(Layers next, Predicate<Layer> isNew, List<Problem> problems) {
    Tried tried = attempt(candidate(next, next.received()), List.of());
    if (tried.passes()) {
      return new Passed(tried, next.acceptAll());
    }
    if (next.anyPendingBut(isNew)) {
      tried = attempt(candidate(next, next.received(isNew)), List.of());
      if (tried.passes()) {
        return withPending(new Passed(tried, next.accept(isNew)));
      }
    }
    problems.addAll(tried.problems());
    return null;
  }

  /**
   * Lets in the lowest pending layer that passes on top of what passed, and so on until none does.
   * All together have not passed, so that the last one need not be tried.
   */
  private Passed withPending(Passed passed) {
    List<Layer> pending = passed.layers().all().stream().filter(Layer::isPending).toList();
    for (Layer tried : pending.size() < 2 ? List.<Layer>of() : pending) {
      Layers next = passed.layers().accept(layer -> layer.session() == tried.session());
      List<Resources.Ready> ready = passed.tried().ready();
      Tried more = attemptBeside(ready, next);
      if (more.passes()) {
        means.resources().abortOthers(ready, more.ready());
        return withPending(new Passed(more, next));
      }
    }
    return passed;
  }

  private Tried attemptBeside(List<Resources.Ready> ready, Layers next) {
    try {
      return attempt(candidate(next, next.received(Layers.NO_LAYER)), ready);
    } catch (RuntimeException | Error bug) {
      means.resources().abortOthers(ready, List.of());
      throw bug;
    }
  }

  /**
   * Checks a candidate, and has resources prepare for one that passes.
   *
   * @param ready what is ready for a candidate that this one may replace
   */
  private Tried attempt(Candidate candidate, List<Resources.Ready> ready) {
    Tried checked = check(candidate);
    if (!prepares || !checked.passes()) {
      return checked;
    }
    Resources.Outcome outcome = means.resources().prepare(checked.values(), ready);
    if (outcome == Resources.Outcome.NOTHING) {
      return checked;
    }
    List<Problem> vetoes = outcome.problems();
    return new Tried(
        candidate,
        vetoes.isEmpty() ? vetoes : means.checks().placed(vetoes, candidate, version + 1),
        checked.values(),
        outcome.ready());
  }

  /** The same, of a candidate that is made already. */
  Tried attempt(Candidate candidate) {
    return attempt(candidate, List.of());
  }

  /** Checks a candidate for which nobody prepares. */
  Tried check(Candidate candidate) {
    Checks.Findings found =
        means.checks().check(candidate, current, needed, version, declarations, added);
    return new Tried(candidate, found.problems(), found.values(), List.of());
  }

  private Candidate candidate(Layers next, List<LayerContent> contents) {
    return current.next(
        next.names(), contents, known, means.merger(), means.policies(), means.outside());
  }
}
