package dev.gimbal.schedules;

/** What a schedule showed to be wrong. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  /**
   * @param guarantee its number in the contract, or what else is broken
   */
  Violation(String guarantee, String message) {
    super(guarantee + ": " + message);
  }
}
