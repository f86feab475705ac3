package dev.gimbal.fuzz;

import java.util.Arrays;

/**
 * Long inputs made of short ones, to see whether what takes them does more than its length asks.
 */
final class Repeated {

  private Repeated() {}

  /**
   * The same input with a part of it repeated.
   *
   * @param input where the part begins, where it ends, and what it is a part of
   * @param length of what is made, about
   */
  static byte[] of(byte[] input, int length) {
    if (input.length < 3) {
      return input;
    }
    byte[] text = Arrays.copyOfRange(input, 2, input.length);
    int begin = (input[0] & 0xFF) % text.length;
    int end = begin + 1 + (input[1] & 0xFF) % (text.length - begin);
    byte[] part = Arrays.copyOfRange(text, begin, end);
    int times = Math.max(1, (length - text.length) / part.length);
    byte[] made = new byte[text.length - part.length + times * part.length];
    System.arraycopy(text, 0, made, 0, begin);
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, made, begin + i * part.length, part.length);
    }
    System.arraycopy(text, end, made, begin + times * part.length, text.length - end);
    return made;
  }
}
