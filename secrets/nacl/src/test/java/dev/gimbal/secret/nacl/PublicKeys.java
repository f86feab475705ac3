package dev.gimbal.secret.nacl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Public keys at the edges of the field. */
final class PublicKeys {

  /** How many of {@link #all} are of small order. */
  static final int SMALL = 14;

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The two of order 8, by the paper on Curve25519. */
  private static final List<BigInteger> OF_ORDER_8 =
      List.of(
          new BigInteger(
              "39382357235489614581723060781553021112529911719440698176882885853963445705823"),
          new BigInteger(
              "325606250916557431795983626356110631294008115727848805560023387167927233504"));

  private PublicKeys() {}

  /** Those of small order, also with more than the field has, and with the bit that is ignored. */
  static List<byte[]> all() {
    List<BigInteger> points = new ArrayList<>(OF_ORDER_8);
    for (int i = -2; i <= 3; i++) {
      points.add(P.add(BigInteger.valueOf(i)));
    }
    for (int i = 0; i <= 9; i++) {
      points.add(BigInteger.valueOf(i));
    }
    List<byte[]> keys = new ArrayList<>();
    for (BigInteger point : points) {
      keys.add(bytes(point));
      keys.add(bytes(point.setBit(255)));
    }
    return keys;
  }

  private static byte[] bytes(BigInteger point) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = point.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }
}
