package dev.gimbal.text;

import dev.gimbal.ConfigException;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A report of what is wrong with the values of one document, for a few reasons: a key that is
 * missing is missing for all of them. In the order of the document; of one reason the first places
 * are told, and how many more there are. Stateless.
 */
public final class Causes {

  /** How many places of one reason are told: enough to see what they have in common. */
  static final int MOST_PLACES = 3;

  private static final Comparator<Origin> BY_LINE =
      Comparator.comparing(Origin::document)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  private Causes() {}

  /**
   * The failure with all of them.
   *
   * @param problems at least one, of one document; the same message is the same reason
   */
  public static ConfigException failure(List<Problem> problems) {
    Map<String, Integer> left = new HashMap<>();
    problems.forEach(problem -> left.merge(problem.message(), 1, Integer::sum));
    Map<String, Integer> told = new HashMap<>();
    List<Problem> report = new ArrayList<>();
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparing(Problem::origin, Comparator.nullsLast(BY_LINE)));
    for (Problem problem : sorted) {
      int place = told.merge(problem.message(), 1, Integer::sum);
      if (place < MOST_PLACES) {
        report.add(problem);
      } else if (place == MOST_PLACES) {
        report.add(counted(problem, left.getOrDefault(problem.message(), 0) - MOST_PLACES));
      }
    }
    return new ConfigException(report, null);
  }

  private static Problem counted(Problem problem, int more) {
    if (more == 0) {
      return problem;
    }
    String message = problem.message() + "; the same for " + more + " more value";
    return new Problem(
        problem.code(),
        problem.path(),
        more == 1 ? message : message + 's',
        problem.origin(),
        problem.overrides(),
        problem.details());
  }
}
