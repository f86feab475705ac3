package dev.gimbal;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration. Values whose key is secret are already masked.
 *
 * @param code what kind of problem
 * @param path the key it is about, or null
 * @param message what was found and what was expected, in one line, without code, key and place
 * @param origin where, or null
 * @param overrides the origin that this value overrides, or null
 * @param details the parts of the message, as far as it has them
 * @since 0.1.0
 */
public record Problem(
    ErrorCode code,
    @Nullable ConfigPath path,
    String message,
    @Nullable Origin origin,
    @Nullable Origin overrides,
    Details details) {

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(details, "details");
  }

  /** A problem whose message is all there is to say. */
  public Problem(
      ErrorCode code,
      @Nullable ConfigPath path,
      String message,
      @Nullable Origin origin,
      @Nullable Origin overrides) {
    this(code, path, message, origin, overrides, Details.NONE);
  }

  /**
   * What a message says, in parts, for programs. Values whose key is secret are masked here too.
   *
   * @param found what stands there, as messages show it: a text in quotes; null where that is not
   *     known, or nothing is there
   * @param expected what the type takes, or null
   * @param suggestion what may have been meant: a value or a path, or null
   * @param overridden where lower layers have a value at this path, the highest first
   * @param steps how placeholders gave the value, or how far they were resolved, in order; the
   *     first 20, with values of at most 80 characters
   * @param begin where that begins which is not closed at the origin, such as a list, an object or
   *     a text in quotes; null where nothing is open
   * @param excerpt the line of the origin and that of {@code begin}, as far as they may be shown;
   *     null where it has no document with lines, and where a report has shown 100 lines before
   */
  public record Details(
      @Nullable String found,
      @Nullable String expected,
      @Nullable String suggestion,
      List<Origin> overridden,
      List<Explanation.Step> steps,
      @Nullable Origin begin,
      @Nullable Excerpt excerpt) {

    /** Nothing but the message. */
    public static final Details NONE = new Details(null, null, null, List.of());

    public Details {
      overridden = List.copyOf(overridden);
      steps = List.copyOf(steps);
    }

    /** Details of what no placeholder has to do with, without an excerpt. */
    public Details(
        @Nullable String found,
        @Nullable String expected,
        @Nullable String suggestion,
        List<Origin> overridden) {
      this(found, expected, suggestion, overridden, List.of(), null, null);
    }

    /** The parts of a message that has no more. */
    public static Details of(
        @Nullable String found, @Nullable String expected, @Nullable String suggestion) {
      return new Details(found, expected, suggestion, List.of());
    }

    private Details withSteps(List<Explanation.Step> given) {
      return new Details(found, expected, suggestion, overridden, given, begin, excerpt);
    }

    private Details withExcerpt(@Nullable Excerpt shown) {
      return new Details(found, expected, suggestion, overridden, steps, begin, shown);
    }
  }

  public static Problem of(ErrorCode code, String message) {
    return new Problem(code, null, message, null, null);
  }

  public static Problem at(ErrorCode code, Origin origin, String message) {
    return new Problem(code, null, message, origin, null);
  }

  /** The same problem, with the parts of its message. */
  public Problem withDetails(Details details) {
    return new Problem(code, path, message, origin, overrides, details);
  }

  /** The same problem, with how placeholders gave the value. */
  public Problem withSteps(List<Explanation.Step> steps) {
    return withDetails(details.withSteps(steps));
  }

  /** The same problem, with the lines of its places, or without any. */
  public Problem withExcerpt(@Nullable Excerpt excerpt) {
    return withDetails(details.withExcerpt(excerpt));
  }

  /**
   * {@code GIM-003 server.port: found "80a", expected an integer}, on a second line where and what
   * that overrides, the highest first, and on further lines the excerpt with its caret, and how
   * placeholders gave the value.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(code.id()).append(' ');
    if (path != null) {
      text.append(path.isRoot() ? "(root)" : path.toString()).append(": ");
    }
    text.append(message);
    if (origin != null) {
      text.append("\n        at ").append(origin);
      if (overrides != null) {
        text.append("   (overrides ").append(overrides);
        details.overridden().stream().skip(1).forEach(lower -> text.append(", ").append(lower));
        text.append(')');
      }
    }
    if (details.excerpt() != null) {
      text.append('\n').append(details.excerpt());
    }
    details.steps().forEach(step -> text.append("\n        ").append(step));
    return text.toString();
  }
}
