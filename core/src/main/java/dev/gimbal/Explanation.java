package dev.gimbal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from: who won, who lost, how placeholders were resolved (G10). Secrets are
 * masked in what {@code toString} and the records show, unless made with {@code reveal}.
 *
 * @param path the absolute path
 * @param value what readers see, as shown text; empty when absent
 * @param candidates what each layer says at this path, the highest layer first
 * @param steps how placeholders were resolved, in order
 * @param down the sources that are no layer, the highest first: optional ones that are not there,
 *     or whose text holds a label without a value
 * @param pinned the version that {@link History#rollback} went back to, while it is pinned: what
 *     came after it is not shown here
 * @since 0.1.0
 */
public record Explanation(
    ConfigPath path,
    Optional<String> value,
    List<Candidate> candidates,
    List<Step> steps,
    List<Down> down,
    OptionalLong pinned) {

  public Explanation {
    candidates = List.copyOf(candidates);
    steps = List.copyOf(steps);
    down = List.copyOf(down);
  }

  /** An explanation where every source is a layer and no version is pinned. */
  public Explanation(
      ConfigPath path, Optional<String> value, List<Candidate> candidates, List<Step> steps) {
    this(path, value, candidates, steps, List.of(), OptionalLong.empty());
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
   * @param labels the values of the labels that the source's text holds, such as {@code
   *     profile=prod}
   */
  public record Candidate(
      String source, Origin origin, Outcome outcome, String value, Map<String, String> labels) {

    public Candidate {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** An entry of a source without labels. */
    public Candidate(String source, Origin origin, Outcome outcome, String value) {
      this(source, origin, outcome, value, Map.of());
    }

    private String about() {
      StringBuilder about = new StringBuilder();
      if (!origin.document().equals(source)) {
        about.append(source);
      }
      labels.forEach(
          (label, labelled) ->
              about.append(about.isEmpty() ? "" : ", ").append(label).append('=').append(labelled));
      return about.isEmpty() ? "" : "   (" + about + ")";
    }
  }

  /**
   * A source that is no layer.
   *
   * @param source the source's name
   * @param reason why, in one line
   */
  public record Down(String source, String reason) {}

  /**
   * One placeholder.
   *
   * @param placeholder as written, such as <code>${db.host}</code>
   * @param value as shown text
   * @param origin where the value that it names is written; null where its default gave it, or
   *     something outside the configuration
   */
  public record Step(String placeholder, String value, @Nullable Origin origin) {

    /** {@code resolved: ${db.host} -> localhost at app.yaml:3:9}. */
    @Override
    public String toString() {
      String text = "resolved: " + placeholder + " -> " + value;
      return origin == null ? text : text + "   at " + origin;
    }
  }

  /** Several lines, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(path.isRoot() ? "(root)" : path.toString()).append(" = ");
    text.append(value.orElse("(absent)")).append('\n');
    if (pinned.isPresent()) {
      text.append("  pinned at version ").append(pinned.getAsLong());
      text.append(": what came later is not shown\n");
    }
    for (Candidate candidate : candidates) {
      text.append("  ").append(candidate.outcome().name().toLowerCase(Locale.ROOT)).append(": ");
      text.append(candidate.value()).append("   at ").append(candidate.origin());
      text.append(candidate.about()).append('\n');
    }
    for (Step step : steps) {
      text.append("  ").append(step).append('\n');
    }
    for (Down source : down) {
      text.append("  down: ").append(source.source()).append("   ").append(source.reason());
      text.append('\n');
    }
    return text.toString();
  }
}
