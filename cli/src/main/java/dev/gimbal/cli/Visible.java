package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts for a terminal. What it would obey or hide rather than show, such as an escape sequence in
 * a key, stands there as a backslash, {@code u} and four hexadecimal digits; what comes from a
 * document stays within its line.
 */
final class Visible {

  private Visible() {}

  /** A text of several lines. */
  static String lines(String text) {
    return escape(text, true);
  }

  /** A text that is part of a line. */
  static String inLine(String text) {
    return escape(text, false);
  }

  /** A line of JSON, which means the same: the characters only stand in its strings. */
  static String json(String line) {
    return escape(line, false);
  }

  /** All problems, each with its place on a line of its own. */
  static String text(ConfigException e) {
    List<String> texts = new ArrayList<>();
    e.problems().forEach(problem -> texts.add(text(problem)));
    return String.join("\n", texts);
  }

  static String text(Problem problem) {
    Problem here = new Problem(problem.code(), problem.path(), problem.message(), null, null);
    return inLine(here.toString()) + below(problem);
  }

  /** The lines below a problem's first one. */
  private static String below(Problem problem) {
    Problem.Details details = problem.details();
    Problem visible =
        new Problem(
            problem.code(),
            null,
            "",
            origin(problem.origin()),
            origin(problem.overrides()),
            new Problem.Details(
                null,
                null,
                null,
                details.overridden().stream().map(Visible::known).toList(),
                steps(details.steps()),
                null,
                details.excerpt()));
    String text = visible.toString();
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring(end);
  }

  private static @Nullable Origin origin(@Nullable Origin origin) {
    return origin == null ? null : known(origin);
  }

  private static Origin known(Origin origin) {
    return new Origin(
        inLine(origin.source()), inLine(origin.document()), origin.line(), origin.column());
  }

  private static List<Explanation.Step> steps(List<Explanation.Step> steps) {
    List<Explanation.Step> visible = new ArrayList<>();
    for (Explanation.Step step : steps) {
      visible.add(
          new Explanation.Step(
              inLine(step.placeholder()), inLine(step.value()), origin(step.origin())));
    }
    return visible;
  }

  static String text(Explanation explanation) {
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (Explanation.Candidate candidate : explanation.candidates()) {
      candidates.add(
          new Explanation.Candidate(
              inLine(candidate.source()),
              known(candidate.origin()),
              candidate.outcome(),
              inLine(candidate.value()),
              candidate.labels()));
    }
    List<Explanation.Down> down = new ArrayList<>();
    for (Explanation.Down source : explanation.down()) {
      down.add(new Explanation.Down(inLine(source.source()), inLine(source.reason())));
    }
    return lines(
        new Explanation(
                explanation.path(),
                explanation.value().map(Visible::inLine),
                candidates,
                steps(explanation.steps()),
                down,
                explanation.pinned())
            .toString());
  }

  private static String escape(String text, boolean lines) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' && !lines) {
        escaped.append("\\n");
      } else if (c != '\n' && c != '\t' && !isShown(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Neither a control character, nor one that breaks a line or turns its direction. */
  private static boolean isShown(char c) {
    return !Character.isISOControl(c)
        && c != 0x061C
        && !(c >= 0x200E && c <= 0x200F)
        && !(c >= 0x2028 && c <= 0x202E)
        && !(c >= 0x2066 && c <= 0x2069);
  }
}
