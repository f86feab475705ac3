package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.source.ArgumentsSource;
import dev.gimbal.source.Labels;
import dev.gimbal.text.Nearest;
import java.util.ArrayList;
import java.util.List;

/**
 * Command-line arguments, taken apart: those that give labels, {@code --gimbal.profile=prod,eu} and
 * {@code --gimbal.label.env=prod}, and those that set paths.
 */
final class LabelArguments {

  private static final String GIMBAL = "--gimbal.";
  private static final String LABEL = "label.";

  private final List<String> others = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Labels labels;

  /**
   * A lone {@code --} ends those that give labels, as it ends those that set paths.
   *
   * @param labels what was given before
   * @throws ConfigException GIM-017 for all arguments at once that begin with {@code --gimbal.} and
   *     give no label
   */
  LabelArguments(Labels labels, String... args) {
    this.labels = labels;
    boolean ended = false;
    for (String arg : args) {
      ended |= arg.equals("--");
      if (ended || !arg.startsWith(GIMBAL)) {
        others.add(arg);
      } else {
        take(arg);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
  }

  private void take(String arg) {
    int equals = arg.indexOf('=');
    String name = arg.substring(GIMBAL.length(), equals < 0 ? arg.length() : equals);
    boolean other = name.startsWith(LABEL);
    if (equals < 0 || !other && !name.equals(Labels.PROFILE)) {
      problems.add(noLabel(name));
      return;
    }
    String label = other ? name.substring(LABEL.length()) : name;
    labels = labels.with(label, Labels.split(arg.substring(equals + 1)));
  }

  private static Problem noLabel(String name) {
    String found = GIMBAL + name;
    String expected = "--gimbal.profile=value or --gimbal.label.name=value";
    String near = Nearest.of(name, List.of(Labels.PROFILE));
    String meant = near == null || near.equals(name) ? null : GIMBAL + near;
    String text = "argument " + found + ": expected " + expected;
    return Problem.at(
            ErrorCode.ARGUMENT,
            new Origin("arguments", found, 0, 0),
            meant == null ? text : text + "; did you mean " + meant + "?")
        .withDetails(Problem.Details.of('"' + found + '"', expected, meant));
  }

  /** What was given before, and by the arguments behind it. */
  Labels labels() {
    return labels;
  }

  ArgumentsSource others() {
    return new ArgumentsSource(others.toArray(new String[0]));
  }
}
