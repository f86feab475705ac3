package dev.gimbal.format;

import dev.gimbal.tree.Scalar;
import java.util.Objects;

/**
 * How a document is read.
 *
 * @param limits of its size
 * @param template which placeholders its strings may use
 * @param expandDottedKeys whether {@code "a.b": 1} in JSON or YAML stands for a path; false by
 *     default
 * @since 0.1.0
 */
public record ReadOptions(Limits limits, Scalar.Template template, boolean expandDottedKeys) {

  public static final ReadOptions DEFAULT =
      new ReadOptions(Limits.DEFAULT, Scalar.Template.ALL, false);

  public ReadOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(template, "template");
  }

  public ReadOptions withLimits(Limits newLimits) {
    return new ReadOptions(newLimits, template, expandDottedKeys);
  }

  public ReadOptions withTemplate(Scalar.Template newTemplate) {
    return new ReadOptions(limits, newTemplate, expandDottedKeys);
  }

  public ReadOptions withExpandDottedKeys(boolean expand) {
    return new ReadOptions(limits, template, expand);
  }
}
