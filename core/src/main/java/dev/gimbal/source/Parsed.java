package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.format.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a target was parsed to.
 *
 * @param document the whole
 * @param parts the documents it was merged from, by file, unless it is one itself; of a file that
 *     has 0 bytes, its last content
 * @param odd what is odd about it, although it counts
 */
record Parsed(Document document, Map<String, Document> parts, List<Problem> odd) {

  /** A target of 0 bytes, taken as a document. */
  static final Parsed HOLLOW = of(Document.EMPTY);

  Parsed {
    parts = Map.copyOf(parts);
    odd = List.copyOf(odd);
  }

  static Parsed of(Document document) {
    return new Parsed(document, Map.of(), List.of());
  }

  /** What is odd about it, or null. */
  @Nullable ConfigException oddity() {
    return odd.isEmpty() ? null : new ConfigException(odd, null);
  }
}
