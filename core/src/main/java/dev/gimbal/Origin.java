package dev.gimbal;

import java.util.Objects;

/**
 * Where a value was written.
 *
 * @param source the source's name
 * @param document the file, or the environment variable's own name; the source's name where it has
 *     no documents
 * @param line from 1; 0 where there is none
 * @param column from 1, in characters; 0 where there is none
 * @since 0.1.0
 */
public record Origin(String source, String document, int line, int column) {

  public Origin {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(document, "document");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "line, column: " + line + ", " + column + " (expected: >= 0)");
    }
  }

  /** An origin without a position. */
  public static Origin of(String source) {
    return new Origin(source, source, 0, 0);
  }

  /** {@code document:line:column}, or the document alone. */
  @Override
  public String toString() {
    return line == 0 ? document : document + ":" + line + ":" + column;
  }
}
