package dev.gimbal.processor;

import org.jspecify.annotations.Nullable;

/** A type cannot be bound; the message says why, for whoever wrote it. */
final class UnsupportedTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The member that is wrong; null for the root. */
  private final transient @Nullable Place place;

  UnsupportedTypeException(String message) {
    super(message);
    place = null;
  }

  UnsupportedTypeException(Problem problem) {
    super(problem.message());
    place = problem.place();
  }

  @Nullable Place place() {
    return place;
  }
}
