package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of the labels that the texts of sources hold, such as <code>{profile}</code>. A label
 * has no value, one, or several: a layer for each, the later one wins. Those that are given go
 * before the environment, label by label: {@code GIMBAL_PROFILE} for {@code profile}, {@code
 * GIMBAL_LABEL_DATA_CENTER} for {@code data-center}.
 *
 * <p>Immutable, and as safe for use by many threads as the environment is.
 *
 * @since 0.1.0
 */
public final class Labels {

  /** The label that has a name of its own for its values. */
  public static final String PROFILE = "profile";

  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,99}";
  private static final String VALUE = "[A-Za-z0-9._-]{1,100}";

  private final Map<String, List<String>> given;

  /** Null: that of this process. */
  private final @Nullable Function<String, @Nullable String> environment;

  private Labels(
      Map<String, List<String>> given, @Nullable Function<String, @Nullable String> environment) {
    this.given = given;
    this.environment = environment;
  }

  /** No label but those of an environment, which answers null for a variable that is not set. */
  public static Labels of(Function<String, @Nullable String> environment) {
    return new Labels(Map.of(), environment);
  }

  /** No label but those of this process's environment. */
  public static Labels ofProcess() {
    return new Labels(Map.of(), null);
  }

  /** The values that one text gives, with commas between them; none if it is empty. */
  public static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  /** These, and values of a label behind those that it was given before. */
  public Labels with(String label, Collection<String> values) {
    Map<String, List<String>> all = new LinkedHashMap<>(given);
    List<String> both = new ArrayList<>(all.getOrDefault(label, List.of()));
    both.addAll(values);
    all.put(label, List.copyOf(both));
    return new Labels(all, environment);
  }

  /**
   * What is wrong with labels that were given: names that are none, and labels that no text holds,
   * so that they would change nothing.
   *
   * @param held those that a text holds
   */
  List<Problem> problems(Set<String> held) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : given.entrySet()) {
      String label = entry.getKey();
      if (!isName(label)) {
        String expected = "a letter, then letters, digits, - and _";
        problems.add(
            problem("label \"" + label + "\" (expected: " + expected + ")")
                .withDetails(Problem.Details.of('"' + label + '"', expected, null)));
      } else if (!held.contains(label) && !entry.getValue().isEmpty()) {
        String meant = Nearest.of(label, held);
        String text = "label " + label + ": no source has {" + label + "} in its text";
        problems.add(
            problem(meant == null ? text : text + "; did you mean " + meant + "?")
                .withDetails(Problem.Details.of('"' + label + '"', null, meant)));
      }
    }
    return problems;
  }

  static boolean isName(String text) {
    return text.matches(NAME);
  }

  /** The variable that has the values of a label. */
  static String variable(String label) {
    String name = label.equals(PROFILE) ? "PROFILE" : "LABEL_" + label;
    return "GIMBAL_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * The values of a label, each at the last place where it stands; none where it is not given.
   *
   * @throws ConfigException GIM-014 when one is none
   */
  List<String> values(String label) {
    List<String> values = given.get(label);
    String where = "label " + label;
    if (values == null) {
      where = variable(label);
      String text = environment == null ? System.getenv(where) : environment.apply(where);
      values = text == null ? List.of() : split(text);
    }
    Set<String> last = new LinkedHashSet<>();
    for (String value : values) {
      if (!isValue(value)) {
        String expected = "up to 100 letters, digits, ., _ and -, without ..";
        throw new ConfigException(
            problem(where + ": \"" + value + "\" (expected: " + expected + ")")
                .withDetails(Problem.Details.of('"' + value + '"', expected, null)));
      }
      last.remove(value);
      last.add(value);
    }
    return List.copyOf(last);
  }

  /** Nothing that leaves a folder, or means something in a URI. */
  static boolean isValue(String text) {
    return text.matches(VALUE) && !text.equals(".") && !text.contains("..");
  }

  private static Problem problem(String message) {
    return Problem.of(ErrorCode.SOURCE_SPEC, message);
  }
}
