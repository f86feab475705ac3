package dev.gimbal.secret.nacl;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;

/** The bytes of both algorithms: a nonce, and then the tag (16) and the ciphertext. */
final class Bytes {

  static final int NONCE = 24;
  static final int LEAST = NONCE + 16;

  private Bytes() {}

  /** Random, and long enough to be another each time. */
  static byte[] newNonce() {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    return nonce;
  }

  static byte[] nonce(byte[] encrypted) {
    return Arrays.copyOf(encrypted, NONCE);
  }

  static byte[] behindNonce(byte[] encrypted) {
    return Arrays.copyOfRange(encrypted, NONCE, encrypted.length);
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /**
   * What opening gives.
   *
   * @param opening throws {@link IllegalArgumentException} when the tag does not fit
   */
  static byte[] open(Supplier<byte[]> opening) throws GeneralSecurityException {
    try {
      return opening.get();
    } catch (IllegalArgumentException e) {
      throw (AEADBadTagException) new AEADBadTagException(e.getMessage()).initCause(e);
    }
  }
}
