package dev.gimbal.cli;

/** What was asked for cannot be understood; the message is one line. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
