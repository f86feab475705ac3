package dev.gimbal.cli;

/** What the process ends with. */
final class ExitCode {

  static final int OK = 0;

  /** There is nothing at the path that was asked for. */
  static final int ABSENT = 1;

  /** The two that were compared are not equal. */
  static final int DIFFERENT = 1;

  static final int USAGE = 2;

  /** A source or its document is wrong. */
  static final int CONFIGURATION = 3;

  /** A defect of this program. */
  static final int INTERNAL = 70;

  /** Standard output could not be written. */
  static final int OUTPUT = 74;

  private ExitCode() {}
}
