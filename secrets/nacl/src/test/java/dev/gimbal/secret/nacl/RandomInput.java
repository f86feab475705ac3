package dev.gimbal.secret.nacl;

import java.util.Random;

/** What is encrypted, the same in each run. */
record RandomInput(Random random) {

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Of one, two and four bytes in UTF-8. */
  String text(int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F511 : ' ' + random.nextInt(0x500));
    }
    return text.toString();
  }

  /** The same with one bit of one byte turned. */
  byte[] altered(byte[] bytes) {
    byte[] altered = bytes.clone();
    altered[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return altered;
  }
}
