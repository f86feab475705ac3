package dev.gimbal.source;

import java.util.Objects;

/**
 * A source's own revision of what it hands over. A sink ignores a document that does not have a
 * greater order than the one before, unless the session said {@link Sink#reset()}.
 *
 * @param order rises with each change; a source without an order of its own counts up
 * @param label what people know the revision by: a commit, an ETag, the order itself
 * @since 0.1.0
 */
public record Revision(long order, String label) {

  public Revision {
    Objects.requireNonNull(label, "label");
  }

  public static Revision of(long order) {
    return new Revision(order, Long.toString(order));
  }
}
