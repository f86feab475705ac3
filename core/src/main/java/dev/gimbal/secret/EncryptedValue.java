package dev.gimbal.secret;

import dev.gimbal.tree.Node;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that is written encrypted: {@code ENC[algorithm,key-id,base64]}. The bytes are of the
 * text in UTF-8, and as the {@link EncryptionAlgorithm} has them. Those of {@code aes-256-gcm} are
 * a random nonce (12), the ciphertext and the tag (16) of AES-256-GCM (NIST SP 800-38D); the path
 * under which the value stands, in UTF-8 as {@link dev.gimbal.ConfigPath#toString()} writes it, is
 * the associated data: so a value that somebody moves to another key does not decrypt. The
 * algorithms of NaCl have nothing of that kind: such a value decrypts wherever it stands.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EncryptedValue {

  /** What each begins with. */
  public static final String BEGIN = "ENC[";

  private final String algorithm;
  private final String keyId;
  private final byte[] bytes;

  private EncryptedValue(String algorithm, String keyId, byte[] bytes) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.bytes = bytes;
  }

  /**
   * Whether a text is meant to be an encrypted value: {@code ENC[...]}, well formed or not, or what
   * begins as one of an algorithm that is known, be it cut off or with more behind it. Blanks and
   * line breaks around it do not count: texts in blocks end with one.
   */
  public static boolean isMeant(String text) {
    return isWhole(text) || isMeantForKnownAlgorithm(text);
  }

  private static boolean isWhole(String text) {
    return text.startsWith(BEGIN) && text.stripTrailing().endsWith("]");
  }

  /**
   * Whether a text is meant to be an encrypted value of an algorithm that is known, be its module
   * here or not; else it may be of another tool. Whatever stands behind the algorithm: who cuts off
   * an encrypted value did not mean a plain text.
   */
  public static boolean isMeantForKnownAlgorithm(String text) {
    String written = text.strip();
    if (!written.startsWith(BEGIN)) {
      return false;
    }
    int comma = written.indexOf(',');
    int end = comma < 0 ? written.length() : comma;
    return InstalledAlgorithms.isKnown(written.substring(BEGIN.length(), end));
  }

  /**
   * Whether a value puts plain text in the place of encrypted values. An encrypted one may be
   * replaced by another, and be taken away.
   *
   * @param was what stands there; null for nothing
   * @param now what is to stand there
   */
  public static boolean isLost(@Nullable Node was, Node now) {
    return EncryptedLoss.isBetween(was, now);
  }

  /**
   * Reads an encrypted value, of whatever algorithm.
   *
   * @throws IllegalArgumentException when it is not well formed
   */
  public static EncryptedValue parse(String text) {
    if (!isWhole(text)) {
      throw new IllegalArgumentException(
          isMeant(text)
              ? "an encrypted value that is cut off, or has more around it"
                  + " (expected: ENC[algorithm,key-id,base64])"
              : "an encrypted value (expected: ENC[...])");
    }
    String written = text.stripTrailing();
    String[] parts = written.substring(BEGIN.length(), written.length() - 1).split(",", -1);
    if (parts.length != 3 || !EncryptionKey.isId(parts[0]) || !EncryptionKey.isId(parts[1])) {
      throw new IllegalArgumentException(
          "an encrypted value (expected: ENC[algorithm,key-id,base64])");
    }
    try {
      return new EncryptedValue(parts[0], parts[1], Base64.getDecoder().decode(parts[2]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an encrypted value is no Base64", e);
    }
  }

  /**
   * Encrypts a text for a path, so that no other value has the same bytes.
   *
   * @param path as {@link dev.gimbal.ConfigPath#toString()} writes it
   * @throws IllegalArgumentException when the text has half a surrogate pair, which UTF-8 has not
   */
  public static EncryptedValue encrypt(EncryptionKey key, String path, String text) {
    byte[] plain = inUtf8(text);
    byte[] secret = key.bytes();
    byte[] bytes = key.algorithm().encrypt(secret, path.getBytes(StandardCharsets.UTF_8), plain);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(plain, (byte) 0);
    return new EncryptedValue(key.algorithm().name(), key.id(), bytes);
  }

  /** Not {@link String#getBytes}, which has a question mark in the place of half a character. */
  private static byte[] inUtf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      encoded.clear().put(new byte[encoded.capacity()]);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text with half a character, which cannot be encrypted");
    }
  }

  /** The name of the algorithm that it was encrypted with. */
  public String algorithm() {
    return algorithm;
  }

  /** The id of the key that it was encrypted with. */
  public String keyId() {
    return keyId;
  }

  /**
   * The text.
   *
   * @param key of this value's {@link #keyId}
   * @param path where it stands
   * @throws IllegalArgumentException when it was encrypted with another key or for another path, or
   *     was altered: which of them cannot be told; and when it is cut off, or the key is for
   *     another algorithm
   */
  public String decrypt(EncryptionKey key, String path) {
    EncryptionAlgorithm by = key.algorithm();
    if (!by.name().equals(algorithm)) {
      throw new IllegalArgumentException(
          "it is of " + algorithm + ", and key \"" + keyId + "\" is of " + by.name());
    }
    if (bytes.length < by.leastBytes()) {
      throw new IllegalArgumentException(
          "an encrypted value has "
              + bytes.length
              + " bytes (expected: "
              + by.leastBytes()
              + " or more): it is cut off");
    }
    byte[] secret = key.bytes();
    byte[] plain;
    try {
      plain = by.decrypt(secret, path.getBytes(StandardCharsets.UTF_8), bytes.clone());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "it does not decrypt with key \""
              + keyId
              + (by.isBound()
                  ? "\" at this path: it was altered, moved here from another path,"
                  : "\": it was altered,")
              + " or encrypted with another key of that id");
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it decrypts to what is not UTF-8");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptedValue value
        && algorithm.equals(value.algorithm)
        && keyId.equals(value.keyId)
        && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(algorithm, keyId, Arrays.hashCode(bytes));
  }

  /** As it is written in a document. */
  @Override
  public String toString() {
    return BEGIN + algorithm + ',' + keyId + ',' + Base64.getEncoder().encodeToString(bytes) + ']';
  }
}
