package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.text.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A source whose text holds labels. What it says of being absent names their values, which may be
 * misspelt, and those that there are files for.
 */
record LabelledSource(Source source, LabelText text, Map<String, String> labels) implements Source {

  /** How many values that there are files for are named. */
  private static final int MOST_NAMED = 10;

  LabelledSource {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean isOptional() {
    return source.isOptional();
  }

  @Override
  public Session open(Sink sink) {
    return source.open(
        new ForwardingSink(sink) {
          @Override
          public void absent(ConfigException why) {
            super.absent(explained(why));
          }
        });
  }

  private ConfigException explained(ConfigException why) {
    Problem problem = why.problems().get(0);
    List<String> there = new ArrayList<>();
    String meant = null;
    for (String label : isFile() ? text.names() : List.<String>of()) {
      List<String> values = LabelFiles.values(text, labels, label);
      values.forEach(value -> there.add(label + "=" + value));
      String nearest = Nearest.of(String.valueOf(labels.get(label)), values);
      if (meant == null && nearest != null) {
        meant = label + "=" + nearest;
      }
    }
    String hint = meant == null ? "" : "; did you mean " + meant + "?";
    return new ConfigException(
        List.of(
            new Problem(
                problem.code(),
                problem.path(),
                problem.message() + files(there) + hint,
                problem.origin(),
                problem.overrides(),
                Problem.Details.of(null, null, meant))),
        why.getCause());
  }

  /** The values that were given, and those that there are files for. */
  private String files(List<String> there) {
    StringJoiner given = new StringJoiner(", ", " (", "");
    labels.forEach((label, value) -> given.add(label + "=" + value));
    int more = there.size() - MOST_NAMED;
    List<String> named = more > 0 ? there.subList(0, MOST_NAMED) : there;
    String files =
        there.isEmpty()
            ? ""
            : "; there is one for "
                + String.join(", ", named)
                + (more > 0 ? " and " + more + " more" : "");
    return given + files + ")";
  }

  private boolean isFile() {
    Source made = source instanceof SecretSource secret ? secret.source() : source;
    made = made instanceof OptionalSource optional ? optional.source() : made;
    return made instanceof FileSource || made instanceof DirectorySource;
  }

  @Override
  public String toString() {
    return source + " " + labels;
  }
}
