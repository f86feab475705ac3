package dev.gimbal.engine;

import org.jspecify.annotations.Nullable;

/**
 * Whether the current thread is inside code that Gimbal called. It spans all Configs, so that a
 * callback of one that closes another never waits in a circle. The thread local holds nothing
 * outside such a call.
 */
final class Callbacks {

  /** What kind of foreign code runs. */
  enum Kind {
    /** A listener. */
    LISTENER,
    /** A source's own work. */
    SOURCE,
    /** A format or another check of a candidate. */
    CHECK
  }

  private static final ThreadLocal<@Nullable Kind> CURRENT = new ThreadLocal<>();

  private Callbacks() {}

  /** Marks the current thread; the result goes to {@link #leave}. */
  static @Nullable Kind enter(Kind kind) {
    Kind before = CURRENT.get();
    CURRENT.set(kind);
    return before;
  }

  static void leave(@Nullable Kind before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  static boolean inside() {
    return CURRENT.get() != null;
  }

  /** Refuses what a check may not do. */
  static void refuseInCheck(String what) {
    if (CURRENT.get() == Kind.CHECK) {
      throw new IllegalStateException(what + " from inside a format or check");
    }
  }
}
