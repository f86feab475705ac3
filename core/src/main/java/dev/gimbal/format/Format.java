package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.tree.Node;
import java.util.Optional;
import java.util.Set;

/**
 * Turns text into a tree and back. Found by {@link java.util.ServiceLoader} or given to the
 * builder. Implementations keep no state between calls and are used by many threads at once.
 *
 * @since 0.1.0
 */
public interface Format {

  /** Its name, in lower case: {@code yaml}. */
  String name();

  /** File name extensions without the dot, in lower case, its name included: {@code yaml, yml}. */
  Set<String> extensions();

  /**
   * Whether a text may hold several documents. Of one that does, {@link ReadOptions#documents} says
   * which are read; that is up to {@link #read}.
   */
  default boolean hasDocuments() {
    return false;
  }

  /**
   * Whether a text that looks like a placeholder can be marked to stand for itself ({@link
   * TreeBuilder#literal}). Where it cannot, {@code $${a}} is the text <code>${a}</code>.
   */
  default boolean hasLiterals() {
    return false;
  }

  /**
   * Reads a document. Everything after the limits, the BOM and the UTF-8 decoding, which the caller
   * has done, is the format's: each value goes to the builder with its line and column.
   *
   * @param text the document's text
   * @param out told about each value in the order of the document; it throws when a limit is
   *     exceeded or a key stands twice
   * @throws ConfigException GIM-004 with the place when the text is malformed; any other exception
   *     that leaves this method is reported as such, without a place
   */
  void read(String text, TreeBuilder out);

  /**
   * Writes a tree so that reading it gives an equal one, but for literal texts that look like
   * placeholders where the format has none.
   *
   * @throws ConfigException GIM-019 when the format cannot express it
   */
  String write(Node tree);

  /** What changes a document of this format in place; empty where nothing does, as by default. */
  default Optional<DocumentEditor> editor() {
    return Optional.empty();
  }
}
