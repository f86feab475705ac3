package dev.gimbal.source.store;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a key behind its prefix, and the way back. */
final class KeyParts {

  private static final int MAX_DIGITS = 9;

  private KeyParts() {}

  /** The parts, or null for a key that has none, or an empty one. */
  static @Nullable List<String> of(StoreKeys keys, String key) {
    List<String> parts = new ArrayList<>();
    int from = keys.prefix().length();
    while (true) {
      int end = key.indexOf(keys.separator(), from);
      String part = key.substring(from, end < 0 ? key.length() : end);
      if (part.isEmpty()) {
        return null;
      }
      parts.add(part);
      if (end < 0) {
        return parts;
      }
      from = end + 1;
    }
  }

  /**
   * The key of a path, or null where none stands for it: a segment is empty or holds the separator.
   * The child {@code ""} at its end stands for the key of what is above.
   */
  static @Nullable String key(StoreKeys keys, ConfigPath path) {
    int size = path.size();
    if (size > 1 && !path.isIndex(size - 1) && path.key(size - 1).isEmpty()) {
      size--;
    }
    StringBuilder key = new StringBuilder(keys.prefix());
    for (int i = 0; i < size; i++) {
      String part = path.isIndex(i) ? Integer.toString(path.index(i)) : path.key(i);
      if (part.isEmpty() || part.indexOf(keys.separator()) >= 0) {
        return null;
      }
      if (i > 0) {
        key.append(keys.separator());
      }
      key.append(part);
    }
    return size == 0 ? null : key.toString();
  }

  /** The index that a part stands for if its neighbours are indexes too; -1 for none. */
  static int index(String part) {
    if (part.length() > MAX_DIGITS || part.length() > 1 && part.charAt(0) == '0') {
      return -1;
    }
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) < '0' || part.charAt(i) > '9') {
        return -1;
      }
    }
    return part.isEmpty() ? -1 : Integer.parseInt(part);
  }
}
