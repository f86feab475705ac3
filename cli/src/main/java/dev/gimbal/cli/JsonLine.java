package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.Excerpt;
import dev.gimbal.Explanation;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a JSON object on one line, its members in the order they are given, and nothing that a
 * terminal obeys. Used by one thread.
 */
final class JsonLine {

  private final JsonFormat json = new JsonFormat();
  private final StringBuilder line = new StringBuilder("{");

  JsonLine text(String key, String value) {
    return tree(key, Scalar.string(value));
  }

  private JsonLine orNull(String key, @Nullable String value) {
    return tree(key, value == null ? null : Scalar.string(value));
  }

  JsonLine number(String key, long value) {
    return tree(key, Scalar.number(value));
  }

  /** A member whose value is a tree, or null. */
  JsonLine tree(String key, @Nullable Node value) {
    return member(key, json.writeCompact(value == null ? NullNode.NULL : value));
  }

  /** A member whose value is a list of such objects. */
  JsonLine list(String key, List<JsonLine> values) {
    return member(
        key, values.stream().map(JsonLine::toString).collect(Collectors.joining(",", "[", "]")));
  }

  /** The members that say where something was written; null where that is not known. */
  JsonLine place(@Nullable Origin origin) {
    return orNull("source", origin == null ? null : origin.source())
        .orNull("document", origin == null ? null : origin.document())
        .tree("line", count(origin == null ? 0 : origin.line()))
        .tree("column", count(origin == null ? 0 : origin.column()));
  }

  private static @Nullable Node count(int n) {
    return n == 0 ? null : Scalar.number(n);
  }

  /** The members of a placeholder's step. */
  static JsonLine of(Explanation.Step step) {
    return new JsonLine()
        .text("placeholder", step.placeholder())
        .text("value", step.value())
        .place(step.origin());
  }

  /**
   * The line of a problem.
   *
   * @param severity {@code error} or {@code warning}
   */
  static JsonLine of(String severity, Problem problem) {
    ConfigPath path = problem.path();
    Problem.Details details = problem.details();
    Origin begin = details.begin();
    Excerpt excerpt = details.excerpt();
    return new JsonLine()
        .text("severity", severity)
        .text("code", problem.code().id())
        .orNull("path", path == null ? null : path.toString())
        .text("message", problem.message())
        .place(problem.origin())
        .orNull("found", details.found())
        .orNull("expected", details.expected())
        .orNull("suggestion", details.suggestion())
        .list(
            "overridden",
            details.overridden().stream().map(origin -> new JsonLine().place(origin)).toList())
        .list("steps", details.steps().stream().map(JsonLine::of).toList())
        .orNull("begin", begin == null ? null : new JsonLine().place(begin))
        .orNull("excerpt", excerpt == null ? null : of(excerpt));
  }

  /** A line, with the one where that begins which is not closed. */
  private static JsonLine of(Excerpt excerpt) {
    Excerpt begin = excerpt.begin();
    return lineOf(excerpt).orNull("begin", begin == null ? null : lineOf(begin));
  }

  private static JsonLine lineOf(Excerpt excerpt) {
    return new JsonLine()
        .number("line", excerpt.line())
        .text("text", excerpt.text())
        .number("caret", excerpt.caret());
  }

  private JsonLine orNull(String key, @Nullable JsonLine value) {
    return member(key, value == null ? "null" : value.toString());
  }

  private JsonLine member(String key, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(key).append("\":");
    line.append(value);
    return this;
  }

  @Override
  public String toString() {
    return Visible.json(line + "}");
  }
}
