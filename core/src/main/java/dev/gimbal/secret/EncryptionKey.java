package dev.gimbal.secret;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that values are encrypted with, by the name that encrypted values call it. Written as text
 * it is {@code id:algorithm:base64}, such as {@code 2026-11:aes-256-gcm:8Jr...=}.
 *
 * <p>There is no default key. One that is short, zero, filled up, a pattern or a text is refused,
 * and so is one of published test vectors, the SHA-256 of a common word, and what its algorithm
 * calls weak: a key is random bytes, 32 of them for AES, and no passphrase. What looks random is
 * taken, also where somebody made it of a passphrase.
 *
 * <p>Immutable and safe for use by many threads. {@code toString} shows no key.
 *
 * @since 0.1.0
 */
public final class EncryptionKey {

  /** The algorithm that is always there: AES in Galois/Counter Mode, NIST SP 800-38D. */
  public static final String AES_256_GCM = "aes-256-gcm";

  /** How many bytes a key of AES has. */
  public static final int BYTES = 32;

  /**
   * A key is looked at by pieces of this many bytes. Of 32 random bytes fewer than 12 are different
   * less than once in 10^14 keys.
   */
  private static final int PIECE = 32;

  private static final int MIN_DIFFERENT = 12;

  /** As many are the same in fewer than one of 10^15 random keys: such a key was filled up. */
  private static final int RUN = 8;

  private final String id;
  private final EncryptionAlgorithm algorithm;
  private final byte[] bytes;

  private EncryptionKey(String id, EncryptionAlgorithm algorithm, byte[] bytes) {
    this.id = id;
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  /**
   * A key of AES of these bytes, which are copied.
   *
   * @param id letters, digits, {@code .}, {@code _} and {@code -}
   * @param bytes 32
   * @throws IllegalArgumentException when the id is none, or the key is weak; the message does not
   *     tell the key
   */
  public static EncryptionKey of(String id, byte[] bytes) {
    return of(id, new AesGcm(), bytes);
  }

  /**
   * A key of these bytes, which are copied.
   *
   * @param id letters, digits, {@code .}, {@code _} and {@code -}
   * @throws IllegalArgumentException when the id is none, or the key is weak; the message does not
   *     tell the key
   */
  public static EncryptionKey of(String id, EncryptionAlgorithm algorithm, byte[] bytes) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "the id of a key (expected: letters, digits, '.', '_' and '-')");
    }
    byte[] copy = bytes.clone();
    String weakness = weakness(algorithm, copy);
    if (weakness != null) {
      throw new IllegalArgumentException(
          "key \"" + shown(id) + "\" " + weakness + " (expected: " + algorithm.keyForm() + ")");
    }
    return new EncryptionKey(id, algorithm, copy);
  }

  /** A new key of AES of random bytes. */
  public static EncryptionKey generate(String id) {
    return generate(id, new AesGcm()).get(0);
  }

  /**
   * New keys of random bytes, one for each end: a single one that both ends have, or two of one id,
   * of which what one encrypts the other decrypts.
   */
  public static List<EncryptionKey> generate(String id, EncryptionAlgorithm algorithm) {
    return algorithm.newKeys().stream().map(bytes -> of(id, algorithm, bytes)).toList();
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
    EncryptionAlgorithm algorithm;
    try {
      algorithm = EncryptionAlgorithm.named(parts[1]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key \"" + shown(parts[0]) + "\": " + e.getMessage());
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "key \""
              + shown(parts[0])
              + "\" (expected: "
              + algorithm.keyBytes()
              + " bytes in Base64)");
    }
    return of(parts[0], algorithm, bytes);
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
  private static @Nullable String weakness(EncryptionAlgorithm algorithm, byte[] key) {
    if (key.length != algorithm.keyBytes()) {
      return "has " + key.length + " bytes";
    }
    for (int from = 0; from < key.length; from += PIECE) {
      int to = Math.min(from + PIECE, key.length);
      String pattern = pattern(Arrays.copyOfRange(key, Math.max(0, to - PIECE), to));
      if (pattern != null) {
        return pattern;
      }
    }
    return algorithm.weakness(key);
  }

  /** Which pattern a piece of a key is, or null. */
  private static @Nullable String pattern(byte[] key) {
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
    if (text || key.length == PIECE && WrittenText.is(key)) {
      return "is a text";
    }
    if (different * PIECE < MIN_DIFFERENT * key.length || repeats(key)) {
      return "repeats itself";
    }
    if (hasRun(key)) {
      return "has " + RUN + " equal bytes in a row";
    }
    return PublishedKeys.have(key) ? "is published, or made of a word" : null;
  }

  private static boolean hasRun(byte[] key) {
    int run = 0;
    for (int i = 0; i < key.length; i++) {
      run = i > 0 && key[i] == key[i - 1] ? run + 1 : 1;
      if (run == RUN) {
        return true;
      }
    }
    return false;
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

  /** What it encrypts with. */
  public EncryptionAlgorithm algorithm() {
    return algorithm;
  }

  /** Its bytes, a copy. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** The text that {@link #parse} reads: it tells the key. */
  public String reveal() {
    return id + ':' + algorithm.name() + ':' + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey key
        && id.equals(key.id)
        && algorithm.name().equals(key.algorithm.name())
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
