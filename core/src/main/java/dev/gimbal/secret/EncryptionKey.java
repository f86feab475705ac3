package dev.gimbal.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that values are encrypted with, by the name that encrypted values call it. Written as text
 * it is {@code id:algorithm:base64}, such as {@code 2026-11:aes-256-gcm:8Jr...=}.
 *
 * <p>There is no default key. One that is short, zero, a pattern or a text is refused: a key is 32
 * random bytes, and no passphrase.
 *
 * <p>Immutable and safe for use by many threads. {@code toString} shows no key.
 *
 * @since 0.1.0
 */
public final class EncryptionKey {

  /** The one algorithm: AES with 256 bits in Galois/Counter Mode, NIST SP 800-38D. */
  public static final String AES_256_GCM = "aes-256-gcm";

  /** How many bytes a key has. */
  public static final int BYTES = 32;

  /** Of 32 random bytes fewer than this are different less than once in 10^14 keys. */
  private static final int MIN_DIFFERENT = 12;

  private final String id;
  private final byte[] bytes;

  private EncryptionKey(String id, byte[] bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /**
   * A key of these bytes, which are copied.
   *
   * @param id letters, digits, {@code .}, {@code _} and {@code -}
   * @param bytes 32
   * @throws IllegalArgumentException when the id is none, or the key is weak; the message does not
   *     tell the key
   */
  public static EncryptionKey of(String id, byte[] bytes) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "the id of a key (expected: letters, digits, '.', '_' and '-')");
    }
    byte[] copy = bytes.clone();
    String weakness = weakness(copy);
    if (weakness != null) {
      throw new IllegalArgumentException(
          "key \"" + shown(id) + "\" " + weakness + " (expected: " + BYTES + " random bytes)");
    }
    return new EncryptionKey(id, copy);
  }

  /** A new key of random bytes. */
  public static EncryptionKey generate(String id) {
    byte[] bytes = new byte[BYTES];
    SecureRandom random = new SecureRandom();
    do {
      random.nextBytes(bytes);
    } while (weakness(bytes) != null);
    return of(id, bytes);
  }

  /**
   * A key by its text.
   *
   * @throws IllegalArgumentException when it is none; the message does not tell the key
   */
  public static EncryptionKey parse(String text) {
    String[] parts = text.strip().split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a key (expected: id:algorithm:base64)");
    }
    if (!parts[1].equals(AES_256_GCM)) {
      throw new IllegalArgumentException(
          "key \"" + shown(parts[0]) + "\": its algorithm (expected: " + AES_256_GCM + ")");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "key \"" + shown(parts[0]) + "\" (expected: " + BYTES + " bytes in Base64)");
    }
    return of(parts[0], bytes);
  }

  /** An id, unless somebody has mixed up what stands where. */
  private static String shown(String id) {
    return isId(id) && id.length() <= 40 ? id : SecretKeys.MASK;
  }

  static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!alphanumeric && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** What is wrong with a key, or null. */
  private static @Nullable String weakness(byte[] key) {
    if (key.length != BYTES) {
      return "has " + key.length + " bytes";
    }
    boolean[] seen = new boolean[256];
    int different = 0;
    boolean text = true;
    boolean steps = true;
    for (int i = 0; i < key.length; i++) {
      different += seen[key[i] & 0xFF] ? 0 : 1;
      seen[key[i] & 0xFF] = true;
      text &= key[i] >= ' ' && key[i] <= '~';
      steps &= i < 2 || (byte) (key[i] - key[i - 1]) == (byte) (key[1] - key[0]);
    }
    if (steps) {
      return "is a row of equal steps";
    }
    if (text) {
      return "is a text";
    }
    return different < MIN_DIFFERENT || repeats(key) ? "repeats itself" : null;
  }

  private static boolean repeats(byte[] key) {
    for (int period = 1; period <= key.length / 2; period++) {
      if (Arrays.equals(key, period, key.length, key, 0, key.length - period)) {
        return true;
      }
    }
    return false;
  }

  /** What encrypted values call it. */
  public String id() {
    return id;
  }

  /** Its bytes, a copy. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** The text that {@link #parse} reads: it tells the key. */
  public String reveal() {
    return id + ':' + AES_256_GCM + ':' + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey key
        && id.equals(key.id)
        && MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, Arrays.hashCode(bytes));
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
