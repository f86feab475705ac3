package dev.gimbal.bind;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a message of Protocol Buffers, one after the other. Used by one thread.
 *
 * <p>What is cut off or malformed is an {@link IndexOutOfBoundsException}, an {@link
 * IllegalArgumentException} or an {@link ArithmeticException}.
 */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_SHIFT = 63;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int number;
  private int from;

  ProtoReader(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    if (end > bytes.length || at > end) {
      throw new IndexOutOfBoundsException("a message of " + (end - at) + " bytes");
    }
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (at == end) {
      return false;
    }
    int tag = varint();
    field = tag >>> 3;
    number = 0;
    switch (tag & 7) {
      case VARINT -> number = varint();
      case BYTES -> {
        int length = varint();
        from = at;
        at = Math.addExact(at, length);
      }
      case FIXED32 -> at += 4;
      case FIXED64 -> at += 8;
      default -> throw new IllegalArgumentException("wire type " + (tag & 7));
    }
    if (at > end || at < 0) {
      throw new IndexOutOfBoundsException("a field that ends at " + at);
    }
    return true;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** Its value, of one that is a number. */
  int number() {
    return number;
  }

  /** The message in it, of one that has bytes. */
  ProtoReader message() {
    return new ProtoReader(bytes, from, at);
  }

  /** The text in it, of one that has bytes. */
  String text() {
    return new String(bytes, from, at - from, StandardCharsets.UTF_8);
  }

  /** A message that its length stands before; this goes on behind it. */
  ProtoReader delimited() {
    int length = varint();
    int start = at;
    at = Math.addExact(at, length);
    return new ProtoReader(bytes, start, at);
  }

  /** The low bits of a number; here none has more. */
  private int varint() {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (int) value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }
}
