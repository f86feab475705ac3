package dev.gimbal.text;

import dev.gimbal.ConfigException;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
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

  private Causes() {}

  /**
   * The failure with all of them.
   *
   * @param problems at least one, of one document; the same message is the same reason
   */
  public static ConfigException failure(List<Problem> problems) {
    Map<String, Integer> all = new HashMap<>();
    for (Problem problem : problems) {
      count(all, problem);
    }
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Causes::byLine);
    Map<String, Integer> told = new HashMap<>();
    List<Problem> report = new ArrayList<>();
    for (Problem problem : sorted) {
      int place = count(told, problem);
      int more = place == MOST_PLACES ? all.getOrDefault(problem.message(), 0) - place : 0;
      if (more > 0) {
        String same = "; the same for " + more + (more == 1 ? " more value" : " more values");
        String message = problem.message() + same;
        report.add(
            new Problem(
                problem.code(),
                problem.path(),
                message,
                problem.origin(),
                problem.overrides(),
                problem.details()));
      } else if (place <= MOST_PLACES) {
        report.add(problem);
      }
    }
    return new ConfigException(report, null);
  }

  private static int count(Map<String, Integer> reasons, Problem problem) {
    int count = reasons.getOrDefault(problem.message(), 0) + 1;
    reasons.put(problem.message(), count);
    return count;
  }

  /** Those without a place come last. */
  private static int byLine(Problem a, Problem b) {
    Origin one = a.origin();
    Origin other = b.origin();
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    int documents = one.document().compareTo(other.document());
    int lines = one.line() - other.line();
    return documents != 0 ? documents : lines != 0 ? lines : one.column() - other.column();
  }
}
