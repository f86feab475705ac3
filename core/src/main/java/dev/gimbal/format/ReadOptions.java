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

  /** All placeholders, default limits, dotted keys literal. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(Limits.DEFAULT, Scalar.Template.ALL, false);

  public ReadOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(template, "template");
  }

  /** These options with other limits. */
  public ReadOptions withLimits(Limits newLimits) {
    return new ReadOptions(newLimits, template, expandDottedKeys);
  }

  /** These options with other placeholders. */
  public ReadOptions withTemplate(Scalar.Template newTemplate) {
    return new ReadOptions(limits, newTemplate, expandDottedKeys);
  }

  /** These options with dotted keys split into paths, or not. */
  public ReadOptions withExpandDottedKeys(boolean expand) {
    return new ReadOptions(limits, template, expand);
  }
}
