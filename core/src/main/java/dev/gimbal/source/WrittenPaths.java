package dev.gimbal.source;

import dev.gimbal.ConfigPath;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a source was last written at, by text: who changes a key often parses it once.
 *
 * <p>Any thread reads and writes any slot, without a lock: an entry is immutable, and says of which
 * text it is. One that is overwritten is parsed again.
 */
final class WrittenPaths {

  /** A power of two. */
  private static final int SLOTS = 64;

  private record Entry(String text, ConfigPath path) {}

  private final @Nullable Entry[] slots = new Entry[SLOTS];

  /**
   * The path of a text.
   *
   * @throws dev.gimbal.ConfigException GIM-001 when the text is not a path
   */
  ConfigPath of(String text) {
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Entry entry = slots[slot];
    if (entry == null || !entry.text().equals(text)) {
      entry = new Entry(text, ConfigPath.parse(text));
      slots[slot] = entry;
    }
    return entry.path();
  }
}
