package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One place at and below which all lies that differs between two trees: the deepest object, or the
 * value. So who has read elsewhere need not look again. Immutable.
 */
final class ChangedPlace {

  /** As {@link ConfigPath} writes it. */
  private final String text;

  private ChangedPlace(String text) {
    this.text = text;
  }

  /** Where two trees differ. Costs the depth of the place, however much differs. */
  static ChangedPlace between(ObjectNode before, ObjectNode after) {
    ConfigPath path = ConfigPath.ROOT;
    @Nullable ObjectNode a = before;
    @Nullable ObjectNode b = after;
    while (a != null && b != null) {
      String key = ObjectNode.onlyDifference(a, b);
      if (key == null) {
        break;
      }
      path = path.child(key);
      a = a.get(key) instanceof ObjectNode object ? object : null;
      b = b.get(key) instanceof ObjectNode object ? object : null;
    }
    return new ChangedPlace(path.toString());
  }

  /**
   * Whether a path is known to lead elsewhere: not to the place, above or below it. Where the texts
   * part, two segments differ, unless a quote, an escape or an index begins or ends there.
   */
  boolean isElsewhere(String path) {
    int length = Math.min(text.length(), path.length());
    for (int i = 0; i < length; i++) {
      char a = path.charAt(i);
      char b = text.charAt(i);
      if (a != b) {
        return isPlain(a) && isPlain(b);
      }
    }
    return false;
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c != '[' && c != ']';
  }
}
