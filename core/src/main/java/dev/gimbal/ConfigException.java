package dev.gimbal;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration is wrong, or a source of it is. The one public failure of Gimbal: everything that
 * a document, a value or a source can do wrong arrives as this type, all problems at once.
 *
 * @since 0.1.0
 */
public class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigException(ErrorCode code, String message) {
    this(List.of(Problem.of(code, message)), null);
  }

  public ConfigException(Problem problem) {
    this(List.of(problem), null);
  }

  /**
   * @param problems at least one
   * @param cause what a library or the system reported, or null
   */
  public ConfigException(List<Problem> problems, @Nullable Throwable cause) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems: none (expected: >= 1)");
    }
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order they were found; empty after deserialisation. */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  /** The first problem's code. */
  public ErrorCode code() {
    return problems.get(0).code();
  }

  /** The first problem's origin, or null. */
  public @Nullable Origin origin() {
    return problems.get(0).origin();
  }
}
