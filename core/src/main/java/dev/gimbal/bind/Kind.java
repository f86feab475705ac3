package dev.gimbal.bind;

import org.jspecify.annotations.Nullable;

/** The kinds of types that are bound to objects. */
enum Kind {
  RECORD;

  /** The kind of a class; null for one that is not bound. */
  static @Nullable Kind of(Class<?> type) {
    if (type.isRecord()) {
      return RECORD;
    }
    return null;
  }
}
