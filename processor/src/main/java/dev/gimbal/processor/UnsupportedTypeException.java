package dev.gimbal.processor;

/** A type cannot be bound; the message says why, for whoever wrote it. */
final class UnsupportedTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedTypeException(String message) {
    super(message);
  }
}
