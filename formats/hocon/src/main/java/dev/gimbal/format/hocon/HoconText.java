package dev.gimbal.format.hocon;

import dev.gimbal.format.hocon.HoconValue.Kind;
import dev.gimbal.format.hocon.HoconValue.Text;
import org.jspecify.annotations.Nullable;

/**
 * Text put together from tokens side by side. One token alone keeps its kind; several are a string.
 * Used by one thread.
 */
final class HoconText {

  private @Nullable Text first;

  /** All of it, where there is more than the first. */
  private @Nullable StringBuilder all;

  private boolean blank;

  void add(Kind kind, String text, long place) {
    Text alone = first;
    if (alone == null) {
      first = new Text(kind, text, place);
      blank = kind == Kind.BLANK;
      return;
    }
    if (all == null) {
      all = new StringBuilder(alone.text);
    }
    all.append(text);
    blank &= kind == Kind.BLANK;
  }

  /** What was added since the last call; null if nothing was. */
  @Nullable Text take() {
    Text taken = first;
    if (taken != null && all != null) {
      taken = new Text(blank ? Kind.BLANK : Kind.STRING, all.toString(), taken.place);
    }
    first = null;
    all = null;
    return taken;
  }
}
