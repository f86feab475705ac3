package dev.gimbal.bind;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.SecretKeys;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node does not convert, in one place or in several. Carries what was found apart from what was
 * expected, because only the caller knows whether a value may be shown; neither the message nor
 * {@code toString} ever shows one.
 *
 * @since 0.1.0
 */
public final class ConversionException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARS = 80;

  /** What was found. */
  public enum Found {
    /** A string; its text is at hand. */
    STRING,
    /** A number or a boolean; its text is at hand. */
    PLAIN,
    OBJECT,
    LIST,
    NULL,
    /** Nothing, where a bound type needs a value. */
    ABSENT
  }

  /**
   * One place that does not convert.
   *
   * @param below the place, from the node that was to be converted; the root for that node itself
   * @param found what kind of node it is
   * @param text the value's text, unmasked; null for an object, a list and null
   * @param expected what the type takes, such as {@code true or false}; never holds the value
   * @param choices the texts that the type takes, where they are few: the constants of an enum. A
   *     single one is what may have been meant. Where nothing was found, the keys beside the first
   *     that is missing that nothing reads
   * @param reason what else a converter said of it, or null; may hold the value
   */
  public record Failure(
      ConfigPath below,
      Found found,
      @Nullable String text,
      String expected,
      List<String> choices,
      @Nullable String reason) {

    public Failure {
      Objects.requireNonNull(below, "below");
      Objects.requireNonNull(found, "found");
      Objects.requireNonNull(expected, "expected");
      choices = List.copyOf(choices);
    }

    /** The same failure, seen from one level further up. */
    Failure under(ConfigPath parent) {
      return new Failure(parent.resolve(below), found, text, expected, choices, reason);
    }

    /** The same failure with other choices. */
    Failure offering(List<String> others) {
      return new Failure(below, found, text, expected, others, reason);
    }

    /** {@code found "80a", expected an integer}, in one line. */
    public String describe(boolean secret) {
      String what = found == Found.ABSENT ? "there is no value" : "found " + shown(secret);
      String line = what + ", expected " + expected;
      return secret || reason == null ? line : line + " (" + oneLine(reason) + ")";
    }

    /** {@code default: "80 a", expected an integer}: of a default, with what may be meant. */
    public String describeDefault() {
      String hint = choices.size() == 1 ? "; did you mean " + choices.get(0) + "?" : "";
      return "default: " + describe(false).replaceFirst("^found ", "") + hint;
    }

    private String shown(boolean secret) {
      return switch (found) {
        case OBJECT -> "an object";
        case LIST -> "a list";
        case NULL -> "null";
        case ABSENT -> "nothing";
        case STRING -> secret || text == null ? SecretKeys.MASK : '"' + oneLine(text) + '"';
        case PLAIN -> secret || text == null ? SecretKeys.MASK : oneLine(text);
      };
    }

    /** The place and what was expected; not the value. */
    @Override
    public String toString() {
      return (below.isRoot() ? "" : below + ": ") + "expected " + expected;
    }
  }

  private final transient List<Failure> failures;

  /**
   * @param failures at least one
   */
  ConversionException(List<Failure> failures) {
    super(failures.stream().map(Failure::toString).collect(Collectors.joining("; ")));
    this.failures = List.copyOf(failures);
  }

  /** Each place that does not convert, in order, at most 100; empty after deserialisation. */
  public List<Failure> failures() {
    return failures == null ? List.of() : failures;
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i == SHOWN_CHARS) {
        return line.append("... (").append(text.length()).append(" characters)").toString();
      }
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return line.toString();
  }
}
