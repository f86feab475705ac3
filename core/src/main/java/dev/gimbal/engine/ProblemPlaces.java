package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.text.Excerpts;
import dev.gimbal.text.KeyPlaces;
import dev.gimbal.tree.DocumentText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the problems of one candidate where the value stands that each is about, the line of that
 * place, and how placeholders gave it, unless they say so. Used by one thread.
 */
final class ProblemPlaces {

  /** How many problems get their steps: nobody reads more. */
  private static final int MOST_STEPS = 100;

  private final PublishedSnapshot candidate;
  private final Excerpts excerpts;
  private int withSteps;

  ProblemPlaces(PublishedSnapshot candidate) {
    this.candidate = candidate;
    this.excerpts = excerpts(candidate);
  }

  /** Finds lines in the documents that a snapshot was made of. */
  static Excerpts excerpts(PublishedSnapshot snapshot) {
    return new Excerpts(origin -> text(snapshot, origin), true, snapshot.excerpts());
  }

  private static @Nullable DocumentText text(PublishedSnapshot snapshot, Origin origin) {
    for (LayerView layer : snapshot.layers()) {
      if (layer.source().equals(origin.source())) {
        return layer.origins().text(origin.document());
      }
    }
    return null;
  }

  Problem of(Problem problem) {
    return excerpts.of(placed(problem));
  }

  /** Where the value stands that a problem is about; of a key that nobody knows, the key itself. */
  private @Nullable Origin place(ErrorCode code, ConfigPath path) {
    Origin value = Origins.winner(candidate, path);
    int last = path.size() - 1;
    return value == null || code != ErrorCode.UNKNOWN_KEY || last < 0 || path.isIndex(last)
        ? value
        : KeyPlaces.find(value, text(candidate, value), path.key(last));
  }

  /** The same problem with where the value overrides others. */
  private Problem overriding(Problem problem, ConfigPath path) {
    List<Origin> lower =
        Origins.entries(candidate, path).stream()
            .filter(entry -> entry.outcome() == Explanation.Outcome.LOST)
            .map(Origins.Entry::origin)
            .toList();
    if (lower.isEmpty() || problem.origin() == null) {
      return problem;
    }
    Problem.Details said = problem.details();
    return new Problem(
        problem.code(),
        path,
        problem.message(),
        problem.origin(),
        lower.get(0),
        new Problem.Details(
            said.found(),
            said.expected(),
            said.suggestion(),
            lower,
            said.steps(),
            said.begin(),
            said.excerpt()));
  }

  private Problem placed(Problem problem) {
    ConfigPath path = problem.path();
    if (path == null || problem.origin() != null) {
      return problem;
    }
    Problem placed =
        new Problem(
            problem.code(),
            path,
            problem.message(),
            place(problem.code(), path),
            problem.overrides(),
            problem.details());
    placed = problem.code() == ErrorCode.REFUSED ? overriding(placed, path) : placed;
    boolean aboutValue = problem.code() != ErrorCode.UNKNOWN_KEY; // which may be a secret misspelt
    return aboutValue && placed.details().steps().isEmpty() && withSteps++ < MOST_STEPS
        ? placed.withSteps(Explainer.stepsOfProblem(candidate, path))
        : placed;
  }
}
