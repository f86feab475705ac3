package dev.gimbal.source.nats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user's key of NATS: Ed25519, written in base 32 with a prefix and a checksum. Immutable and
 * safe for use by many threads.
 */
final class Nkey {

  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String ALGORITHM = "Ed25519";
  private static final int KEY_BYTES = 32;
  private static final int SEED_PREFIX = 18 << 3;
  private static final int USER_PREFIX = 20 << 3;

  /** Two bytes of prefix, the seed, two of checksum. */
  private static final int SEED_BYTES = 2 + KEY_BYTES + 2;

  private static final int SEED_CHARS = 58;
  private static final int CRC_POLYNOMIAL = 0x1021;

  private final PrivateKey key;
  private final String id;

  private Nkey(PrivateKey key, String id) {
    this.key = key;
    this.id = id;
  }

  /** Whether it looks like the seed of a user. */
  static boolean isSeed(String text) {
    return text.length() == SEED_CHARS && text.startsWith("SU") && decode(text) != null;
  }

  /**
   * @throws GeneralSecurityException when it is no seed; the message does not show it
   */
  static Nkey of(String seed) throws GeneralSecurityException {
    byte[] bytes = decode(seed);
    if (bytes == null || bytes.length != SEED_BYTES) {
      throw new GeneralSecurityException("its seed is no seed of a user");
    }
    ByteBuffer checksum = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean isUser =
        (bytes[0] & 0xf8) == SEED_PREFIX
            && ((bytes[0] & 7) << 5 | (bytes[1] & 0xf8) >> 3) == USER_PREFIX;
    int size = SEED_BYTES - 2;
    if (!isUser || checksum.getShort(size) != (short) crc(bytes, size)) {
      throw new GeneralSecurityException("its seed is damaged, or of no user");
    }
    byte[] secret = Arrays.copyOfRange(bytes, 2, size);
    PublicKey shown = publicKey(secret);
    Nkey made = new Nkey(privateKey(secret), id(USER_PREFIX, shown));
    made.requireSignsFor(shown);
    return made;
  }

  private static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
  }

  /** The generator takes 32 random bytes as the seed; these are no random ones. */
  private static PublicKey publicKey(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(255, new FixedRandom(seed));
    return generator.generateKeyPair().getPublic();
  }

  /** Another generator may take its random bytes in another way. */
  private void requireSignsFor(PublicKey key) throws GeneralSecurityException {
    byte[] something = {1};
    Signature verifier = Signature.getInstance(ALGORITHM);
    verifier.initVerify(key);
    verifier.update(something);
    if (!verifier.verify(sign(something))) {
      throw new GeneralSecurityException("this JVM makes no keys of seeds");
    }
  }

  /** A public key, as servers know it, of a kind of owner that the prefix says. */
  static String id(int prefix, PublicKey key) {
    byte[] encoded = key.getEncoded();
    ByteBuffer id = ByteBuffer.allocate(1 + KEY_BYTES + 2).order(ByteOrder.LITTLE_ENDIAN);
    id.put((byte) prefix).put(encoded, encoded.length - KEY_BYTES, KEY_BYTES);
    id.putShort((short) crc(id.array(), 1 + KEY_BYTES));
    return encode(id.array());
  }

  /** The public key, as the server knows it. */
  String id() {
    return id;
  }

  byte[] sign(byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  private static byte @Nullable [] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        return null;
      }
      buffer = buffer << 5 | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[size++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return bytes;
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(DIGITS.charAt(buffer >> bits & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    return bits == 0
        ? text.toString()
        : text.append(DIGITS.charAt(buffer << 5 - bits & 31)).toString();
  }

  /** CRC-16 of XMODEM. */
  private static int crc(byte[] bytes, int size) {
    int crc = 0;
    for (int i = 0; i < size; i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ CRC_POLYNOMIAL;
      }
    }
    return crc & 0xffff;
  }

  /** Gives these bytes. */
  private static final class FixedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    FixedRandom(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, Math.min(bytes.length, into.length));
    }
  }
}
