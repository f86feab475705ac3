package dev.gimbal.format;

import dev.gimbal.tree.OriginTable;
import java.util.Map;

/** A key of a document, there once: most documents say few of them often. */
final class Key {

  final String text;

  /** For {@link OriginTable#childByHash}. */
  final long hash;

  private Key(String text) {
    this.text = text;
    this.hash = OriginTable.keyHash(text);
  }

  /** The one of this text. */
  static Key shared(Map<String, Key> keys, String text) {
    Key known = keys.get(text);
    if (known == null) {
      known = new Key(text);
      keys.put(text, known);
    }
    return known;
  }
}
