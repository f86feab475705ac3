package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong or odd in one document. Keys that stand twice are collected, so that one reading
 * tells all of them, with what ends it. Used by one thread.
 */
final class DocumentProblems {

  /** How many keys that stand twice end the reading. */
  static final int MAX_TWICE = 100;

  /** How much of a key a message shows, in characters. */
  private static final int LONGEST_KEY = 100;

  private static final String PARTS =
      "(?:(?:found|unexpected) (?<found>.*?)|.*?)(?:[,;:] expected (?<expected>.*))?";

  private final String source;
  private String document;
  private final Set<Problem> twice = new LinkedHashSet<>();
  private final Set<Problem> warnings = new LinkedHashSet<>();

  DocumentProblems(String source, String document) {
    this.source = source;
    this.document = document;
  }

  /** What follows stands in this document; whether what came before stood in another one. */
  boolean enter(String entered) {
    boolean other = !entered.equals(document);
    document = entered;
    return other;
  }

  String document() {
    return document;
  }

  /** Something that is wrong, after all that was collected. */
  ConfigException error(ErrorCode code, int line, int column, String message) {
    return error(problem(code, line, column, message));
  }

  /**
   * A malformed document.
   *
   * @param begin the place where that begins which is not closed
   */
  ConfigException malformed(int line, int column, String message, Origin begin) {
    Problem problem = problem(ErrorCode.MALFORMED, line, column, message);
    Problem.Details said = problem.details();
    return error(
        problem.withDetails(
            new Problem.Details(
                said.found(), said.expected(), null, List.of(), List.of(), begin, null)));
  }

  private ConfigException error(Problem last) {
    List<Problem> problems = new ArrayList<>(twice);
    problems.add(last);
    return new ConfigException(problems, null);
  }

  /** A root that is something else than keys with values. */
  ConfigException root(int line, int column, String found) {
    String expected = "an object or nothing";
    String message = "the root is " + found + ", expected " + expected;
    return error(
        Problem.at(ErrorCode.ROOT, origin(line, column), message)
            .withDetails(Problem.Details.of(found, expected, null)));
  }

  /**
   * A key that stands twice.
   *
   * @throws ConfigException with all of them when there are {@link #MAX_TWICE}
   */
  void twice(String key, int line, int column, long first) {
    twice.add(Problem.at(ErrorCode.DUPLICATE_KEY, origin(line, column), twice(key, first)));
    if (twice.size() == MAX_TWICE) {
      requireNone();
    }
  }

  /** A key that stands twice where the last one wins. */
  void overwritten(String key, int line, int column, long first) {
    warn(ErrorCode.DUPLICATE_KEY, line, column, twice(key, first) + "; the last one wins");
  }

  private static String twice(String key, long first) {
    String brief = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "..." : key;
    return "the key \"" + brief + "\" stands twice, first at " + Frame.text(first);
  }

  void warn(ErrorCode code, int line, int column, String message) {
    warnings.add(problem(code, line, column, message));
  }

  private Problem problem(ErrorCode code, int line, int column, String message) {
    Problem problem = Problem.at(code, origin(line, column), message);
    return code == ErrorCode.MALFORMED ? problem.withDetails(details(message)) : problem;
  }

  /** The parts of {@code found ..., expected ...} and the like, as far as it has them. */
  private static Problem.Details details(String message) {
    Matcher parts = Pattern.compile(PARTS, Pattern.DOTALL).matcher(message);
    return parts.matches()
        ? Problem.Details.of(parts.group("found"), parts.group("expected"), null)
        : Problem.Details.NONE;
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * @throws ConfigException with all keys that stand twice, if there are any
   */
  void requireNone() {
    if (!twice.isEmpty()) {
      throw new ConfigException(List.copyOf(twice), null);
    }
  }

  /** A place in the document that what is told stands in. */
  Origin origin(int line, int column) {
    return new Origin(source, document, Math.max(line, 0), Math.max(column, 0));
  }
}
