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

  private final Labels labels;
  private final ArgumentsSource others;

  /**
   * A lone {@code --} ends those that give labels, as it ends those that set paths.
   *
   * @param before the labels that were given before
   * @throws ConfigException GIM-017 for all arguments at once that are no path, or begin with
   *     {@code --gimbal.} and give no label
   */
  LabelArguments(Labels before, String... args) {
    Labels given = before;
    List<String> rest = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    boolean ended = false;
    for (String arg : args) {
      ended |= arg.equals("--");
      if (ended || !arg.startsWith(GIMBAL)) {
        rest.add(arg);
        continue;
      }
      int equals = arg.indexOf('=');
      String name = arg.substring(GIMBAL.length(), equals < 0 ? arg.length() : equals);
      if (equals < 0 || !name.equals(Labels.PROFILE) && !name.startsWith(LABEL)) {
        problems.add(noLabel(name));
        continue;
      }
      String label = name.startsWith(LABEL) ? name.substring(LABEL.length()) : name;
      given = given.with(label, Labels.split(arg.substring(equals + 1)));
    }
    labels = given;
    others = source(rest, problems);
  }

  /** The layer of the others; its problems are told with those of labels. */
  private static ArgumentsSource source(List<String> rest, List<Problem> problems) {
    ArgumentsSource source = null;
    try {
      source = new ArgumentsSource(rest.toArray(new String[0]));
    } catch (ConfigException wrong) {
      problems.addAll(wrong.problems());
    }
    if (source == null || !problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return source;
  }

  private static Problem noLabel(String name) {
    String found = GIMBAL + name;
    String expected = "--gimbal.profile=value or --gimbal.label.name=value";
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot + 1);
    String near = Nearest.of(first, List.of(Labels.PROFILE, LABEL));
    String meant =
        near == null || near.equals(first)
            ? null
            : GIMBAL + near + (dot < 0 ? "" : name.substring(dot + 1));
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
    return others;
  }
}
