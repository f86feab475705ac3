package dev.gimbal.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/** Keys that everybody can know: of published test vectors, and what SHA-256 makes of words. */
final class PublishedKeys {

  /** How the SHA-256 of each begins, so that a copy of this class holds no key. */
  private static final Set<Long> VECTORS =
      Set.of(
          0xc49dd01233796e36L, // NaCl, firstkey of secretbox and stream
          0xc9ccbbf12f7c2cf4L, // RFC 7748, 6.1: private of Alice
          0xff400cebff8dd000L, // private of Bob
          0x300c9c9603b92a4bL, // public of Alice
          0xf35e5616160a30bfL, // public of Bob
          0xdead45a1d43d6902L, // what they share
          0xb2fc17bf5e95289cL, // RFC 8439, A.5
          0xb93c72b74bc8487dL, // NIST SP 800-38A, F.1.5
          0x00bfe208d52e90afL, // NIST CAVP, gcmEncryptExtIV256
          0xa9a8f880b08feeefL); // the same with a text

  /** What is most often taken for a secret; the shell's {@code echo} adds a line break. */
  private static final List<String> WORDS =
      List.of(
          ("|admin|apikey|changeit|changeme|default|demo|encryption|encryptionkey|example|foo|gimbal"
                  + "|hello|hunter2|iloveyou|key|letmein|master|masterkey|monkey|mysecret|p@ssw0rd"
                  + "|pass|passphrase|passw0rd|password|password1|password123|private|qwerty|root"
                  + "|secret|secretkey|test|test123|testkey|token|user|welcome|123|1234|12345|123456"
                  + "|1234567|12345678|123456789|1234567890|111111|000000|abc123|correct horse battery"
                  + " staple|correcthorsebatterystaple")
              .split("\\|"));

  private PublishedKeys() {}

  /**
   * Whether a key is one of them.
   *
   * @param key 32 bytes
   */
  static boolean have(byte[] key) {
    MessageDigest sha256 = sha256();
    if (VECTORS.contains(ByteBuffer.wrap(sha256.digest(key)).getLong())) {
      return true;
    }
    for (String word : WORDS) {
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(key, sha256.digest(bytes))) {
        return true;
      }
      sha256.update(bytes);
      if (MessageDigest.isEqual(key, sha256.digest(new byte[] {'\n'}))) {
        return true;
      }
    }
    return false;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
