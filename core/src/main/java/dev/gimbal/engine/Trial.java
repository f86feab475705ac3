package dev.gimbal.engine;

import dev.gimbal.Problem;
import java.util.Collection;
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
 */
record Trial(
    Means means,
    Candidate current,
    Candidate needed,
    long version,
    Collection<Declaration> declarations,
    KnownKeys known,
    @Nullable Declaration added) {

  /** What candidates are made and checked with. */
  record Means(
      Merger merger, Merger.Policies policies, Placeholders.Outside outside, Checks checks) {}

  /** What passed, and the layers with what counts as accepted then. */
  record Passed(Candidate candidate, Layers layers) {}

  /**
   * What passes of what was received: all of it, or else what is new and what else is pending.
   *
   * @param isNew whose received content is tried over what the others had accepted
   * @param problems takes what is wrong when nothing passes
   * @return null when nothing passes
   */
  @Nullable Passed pass(Layers next, Predicate<Layer> isNew, List<Problem> problems) {
    Candidate all = candidate(next, layer -> true);
    List<Problem> wrong = problems(all);
    if (wrong.isEmpty()) {
      return new Passed(all, next.accept(layer -> true));
    }
    if (next.anyPendingBut(isNew)) {
      Candidate alone = candidate(next, isNew);
      wrong = problems(alone);
      if (wrong.isEmpty()) {
        return withPending(new Passed(alone, next.accept(isNew)));
      }
    }
    problems.addAll(wrong);
    return null;
  }

  /**
   * Lets in the lowest pending layer that passes on top of what passed, and so on until none does.
   * All together have not passed, so that the last one need not be tried.
   */
  private Passed withPending(Passed passed) {
    List<Layer> pending = passed.layers().all().stream().filter(Layer::isPending).toList();
    for (Layer tried : pending.size() < 2 ? List.<Layer>of() : pending) {
      Layers next = passed.layers().accept(layer -> layer == tried);
      Candidate candidate = candidate(next, layer -> false);
      if (problems(candidate).isEmpty()) {
        return withPending(new Passed(candidate, next));
      }
    }
    return passed;
  }

  /** What keeps a candidate from being published. */
  List<Problem> problems(Candidate candidate) {
    return means.checks().problems(candidate, current, needed, version, declarations, added);
  }

  private Candidate candidate(Layers next, Predicate<Layer> received) {
    return current.next(
        next.names(),
        next.contents(received),
        known,
        means.merger(),
        means.policies(),
        means.outside());
  }
}
