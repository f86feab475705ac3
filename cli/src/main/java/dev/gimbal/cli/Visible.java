package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.List;

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
    StringBuilder text = new StringBuilder(inLine(here.toString()));
    Origin origin = problem.origin();
    if (origin != null) {
      text.append("\n        at ").append(inLine(origin.toString()));
      Origin overridden = problem.overrides();
      if (overridden != null) {
        text.append("   (overrides ").append(inLine(overridden.toString())).append(')');
      }
    }
    return text.toString();
  }

  static String text(Explanation explanation) {
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (Explanation.Candidate candidate : explanation.candidates()) {
      Origin origin = candidate.origin();
      candidates.add(
          new Explanation.Candidate(
              inLine(candidate.source()),
              new Origin(
                  inLine(origin.source()),
                  inLine(origin.document()),
                  origin.line(),
                  origin.column()),
              candidate.outcome(),
              inLine(candidate.value()),
              candidate.labels()));
    }
    List<Explanation.Step> steps = new ArrayList<>();
    for (Explanation.Step step : explanation.steps()) {
      steps.add(new Explanation.Step(inLine(step.placeholder()), inLine(step.value())));
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
                steps,
                down)
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
