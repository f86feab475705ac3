package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;

/**
 * Adds to the problems of one candidate where the value stands that each is about, and how
 * placeholders gave it, unless they say so. Used by one thread.
 */
final class ProblemPlaces {

  /** How many problems get their steps: nobody reads more. */
  private static final int MOST_STEPS = 100;

  private final PublishedSnapshot candidate;
  private int withSteps;

  ProblemPlaces(PublishedSnapshot candidate) {
    this.candidate = candidate;
  }

  Problem of(Problem problem) {
    ConfigPath path = problem.path();
    if (path == null || problem.origin() != null) {
      return problem;
    }
    Problem placed =
        new Problem(
            problem.code(),
            path,
            problem.message(),
            Origins.winner(candidate, path),
            problem.overrides(),
            problem.details());
    boolean aboutValue = problem.code() != ErrorCode.UNKNOWN_KEY; // which may be a secret misspelt
    return aboutValue && placed.details().steps().isEmpty() && withSteps++ < MOST_STEPS
        ? placed.withSteps(Explainer.stepsOfProblem(candidate, path))
        : placed;
  }
}
