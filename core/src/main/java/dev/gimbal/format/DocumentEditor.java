package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;

/**
 * Changes a value in the text of a document. Every character outside that value stays as it is:
 * comments, order, quotes, blank lines, line breaks, the end of the file. Implementations keep no
 * state between calls and are used by many threads at once.
 *
 * <p>Whoever calls it reads the result and compares it with what was wanted, so that what an editor
 * does not foresee is refused and not written.
 *
 * @since 0.1.0
 */
public interface DocumentEditor {

  /**
   * Sets a value: in place of the one at this path, where there is one; else beside its neighbours,
   * with the objects that are missing on the way.
   *
   * @param text the document's text, which is well formed
   * @param path where; not the root
   * @param value a scalar, null, a list or an object, without placeholders to be resolved other
   *     than those that its texts hold
   * @return the whole text
   * @throws ConfigException GIM-028 when the document has a construct there that cannot be changed
   *     safely, with its place where that is known, as {@link NotEditable#at} says it; GIM-019 when
   *     the format cannot express the value
   */
  String set(String text, ConfigPath path, Node value);

  /**
   * Takes a value away with its key, and with the comment behind it on its line. Comments above it
   * stay. A text that has nothing at this path is returned as it is.
   *
   * @param text the document's text, which is well formed
   * @param path where; not the root
   * @return the whole text
   * @throws ConfigException GIM-028 when the document has a construct there that cannot be changed
   *     safely, with its place where that is known
   */
  String unset(String text, ConfigPath path);
}
