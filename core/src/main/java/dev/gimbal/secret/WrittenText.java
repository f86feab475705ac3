package dev.gimbal.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Tells bytes that somebody wrote from random ones. Of 32 random bytes, fewer than one in 10^10 are
 * such a text in UTF-8, and fewer than one in 10^25 in UTF-16.
 */
final class WrittenText {

  /**
   * Where the letters end that UTF-16 is looked at for: Latin, Greek, Cyrillic and Hebrew. Random
   * bytes are often letters of the scripts behind.
   */
  private static final char FEW = '\u0600';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private WrittenText() {}

  /** Whether these bytes are one, cut off in a character or filled up with zeros or not. */
  static boolean is(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    byte[] filled = Arrays.copyOf(bytes, end);
    byte[] even = Arrays.copyOf(bytes, end + end % 2); // the last half of a character may be zero
    return in(StandardCharsets.UTF_8, filled, Character::isDefined)
        || in(StandardCharsets.UTF_16LE, even, WrittenText::isOfFew)
        || in(StandardCharsets.UTF_16BE, even, WrittenText::isOfFew);
  }

  private static boolean isOfFew(int character) {
    return character < FEW || character == BYTE_ORDER_MARK;
  }

  private static boolean in(Charset charset, byte[] bytes, IntPredicate isExpected) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean cutOff = false; // what is left then is the begin of a character
    if (charset.newDecoder().decode(ByteBuffer.wrap(bytes), text, cutOff).isError()) {
      return false;
    }
    return text.flip().codePoints().allMatch(c -> isExpected.test(c) && !isControl(c));
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character)
        && character != '\t'
        && character != '\n'
        && character != '\r';
  }
}
