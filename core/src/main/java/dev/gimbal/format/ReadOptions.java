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
 * @param documents which of several documents in one text are read; by default the only one
 * @since 0.1.0
 */
public record ReadOptions(
    Limits limits, Scalar.Template template, boolean expandDottedKeys, Documents documents) {

  /** All placeholders, default limits, dotted keys literal, one document. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(Limits.DEFAULT, Scalar.Template.ALL, false, Documents.ONLY);

  public ReadOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(documents, "documents");
  }

  /** These options with other limits. */
  public ReadOptions withLimits(Limits newLimits) {
    return new ReadOptions(newLimits, template, expandDottedKeys, documents);
  }

  /** These options with other placeholders. */
  public ReadOptions withTemplate(Scalar.Template newTemplate) {
    return new ReadOptions(limits, newTemplate, expandDottedKeys, documents);
  }

  /** These options with dotted keys split into paths, or not. */
  public ReadOptions withExpandDottedKeys(boolean expand) {
    return new ReadOptions(limits, template, expand, documents);
  }

  /** These options with other documents. */
  public ReadOptions withDocuments(Documents newDocuments) {
    return new ReadOptions(limits, template, expandDottedKeys, newDocuments);
  }
}
