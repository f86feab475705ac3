package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Command-line arguments: {@code --server.port=80} sets a path, {@code --verbose} sets it to {@code
 * true}, the last of two wins. A lone {@code --} ends them; what does not begin with {@code --} is
 * left alone. The value stands behind {@code =}, never in the next argument.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ArgumentsSource implements Source {

  private static final String NAME = "arguments";

  private final Variables variables;

  /**
   * @throws ConfigException GIM-017 when an argument's name is not a path, for all such arguments
   *     at once; values are not shown
   */
  public ArgumentsSource(String... args) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String arg : args) {
      if (arg.equals("--")) {
        break;
      }
      if (!arg.startsWith("--")) {
        continue;
      }
      int equals = arg.indexOf('=');
      String key = arg.substring(2, equals < 0 ? arg.length() : equals);
      if (check(key, problems)) {
        values.put(key, equals < 0 ? "true" : arg.substring(equals + 1));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    variables = new Variables(Variables.Style.PATH, "--", values, false);
  }

  /** Whether a name is a path; adds a problem if it is not. */
  private static boolean check(String key, List<Problem> problems) {
    String expected = "--path=value or --path";
    String wrong = "expected " + expected;
    if (!key.isEmpty()) {
      try {
        ConfigPath.parse(key);
        return true;
      } catch (ConfigException e) {
        wrong = e.problems().get(0).message();
      }
    }
    Origin origin = new Origin(NAME, "--" + key, 0, 0);
    problems.add(
        Problem.at(ErrorCode.ARGUMENT, origin, "argument --" + key + ": " + wrong)
            .withDetails(Problem.Details.of("\"--" + key + '"', expected, null)));
    return false;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Session open(Sink sink) {
    FixedSession session = new FixedSession((to, revision) -> to.variables(revision, variables));
    session.reload(sink);
    return session;
  }

  @Override
  public String toString() {
    return NAME;
  }
}
