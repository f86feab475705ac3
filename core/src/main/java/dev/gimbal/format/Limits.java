package dev.gimbal.format;

/**
 * How large a document may be. Exceeding one is an error that names it (GIM-005).
 *
 * @param maxBytes of the encoded document; default 10 MiB
 * @param maxDepth of nested objects and lists; default 256
 * @param maxNodes values, objects and lists, the root included, aliases each time they are used;
 *     default 1,000,000
 * @since 0.1.0
 */
public record Limits(long maxBytes, int maxDepth, int maxNodes) {

  /** The longest text of a number, in characters; not adjustable. */
  public static final int MAX_NUMBER_LENGTH = 1000;

  /** The limits of a source that sets none. */
  public static final Limits DEFAULT = new Limits(10L << 20, 256, 1_000_000);

  public Limits {
    if (maxBytes < 1 || maxDepth < 1 || maxNodes < 1) {
      throw new IllegalArgumentException(
          "limits: " + maxBytes + ", " + maxDepth + ", " + maxNodes + " (expected: >= 1)");
    }
  }

  /** These limits with another number of bytes. */
  public Limits withMaxBytes(long bytes) {
    return new Limits(bytes, maxDepth, maxNodes);
  }

  /** These limits with another depth. */
  public Limits withMaxDepth(int depth) {
    return new Limits(maxBytes, depth, maxNodes);
  }

  /** These limits with another number of nodes. */
  public Limits withMaxNodes(int nodes) {
    return new Limits(maxBytes, maxDepth, nodes);
  }
}
