package dev.gimbal;

import java.util.List;
import java.util.Optional;

/**
 * Where a value comes from: who won, who lost, how placeholders were resolved (G10). Secrets are
 * masked in what {@code toString} and the records show, unless made with {@code reveal}.
 *
 * @param path the absolute path
 * @param value what readers see, as shown text; empty when absent
 * @param candidates what each layer says at this path, the highest layer first
 * @param steps how placeholders were resolved, in order
 * @since 0.1.0
 */
public record Explanation(
    ConfigPath path, Optional<String> value, List<Candidate> candidates, List<Step> steps) {

  public Explanation {
    candidates = List.copyOf(candidates);
    steps = List.copyOf(steps);
  }

  /** What became of a layer's entry. */
  public enum Outcome {
    /** Readers see it. */
    WON,
    /** An object that other layers' objects were merged with. */
    MERGED,
    /** A higher layer's entry stands before it. */
    LOST,
    /** Null: it removes what lower layers had. */
    REMOVED
  }

  /**
   * One layer's entry.
   *
   * @param source the source's name
   * @param origin where it was written
   * @param outcome what became of it
   * @param value as shown text
   */
  public record Candidate(String source, Origin origin, Outcome outcome, String value) {}

  /**
   * One placeholder.
   *
   * @param placeholder as written, such as <code>${db.host}</code>
   * @param value as shown text
   */
  public record Step(String placeholder, String value) {}

  /** Several lines, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(path.isRoot() ? "(root)" : path.toString()).append(" = ");
    text.append(value.orElse("(absent)")).append('\n');
    for (Candidate candidate : candidates) {
      text.append("  ")
          .append(candidate.outcome().name().toLowerCase(java.util.Locale.ROOT))
          .append(": ")
          .append(candidate.value())
          .append("   at ")
          .append(candidate.origin());
      if (!candidate.origin().document().equals(candidate.source())) {
        text.append("   (").append(candidate.source()).append(')');
      }
      text.append('\n');
    }
    for (Step step : steps) {
      text.append("  resolved: ").append(step.placeholder()).append(" -> ");
      text.append(step.value()).append('\n');
    }
    return text.toString();
  }
}
