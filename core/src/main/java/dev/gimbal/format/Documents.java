package dev.gimbal.format;

/**
 * Which documents of a text are read, where a format allows several: YAML does.
 *
 * @param number of the one that is read, from 1; 0 for the only one, where a second one is an
 *     error; -1 for all, merged in their order
 * @since 0.1.0
 */
public record Documents(int number) {

  /** The only one; a second one is an error. The default. */
  public static final Documents ONLY = new Documents(0);

  /** All, merged by the rules of layers in the order in which they stand; a later one wins. */
  public static final Documents ALL = new Documents(-1);

  public Documents {
    if (number < -1) {
      throw new IllegalArgumentException("number: " + number + " (expected: >= -1)");
    }
  }

  /** Whether all are read. */
  public boolean areAll() {
    return number == ALL.number;
  }

  /**
   * One of several.
   *
   * @param number from 1
   */
  public static Documents number(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number: " + number + " (expected: >= 1)");
    }
    return new Documents(number);
  }
}
