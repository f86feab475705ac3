package dev.gimbal.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A value that is written encrypted: {@code ENC[aes-256-gcm,key-id,base64]}. The bytes are a random
 * nonce (12), the ciphertext and the tag (16) of AES-256-GCM (NIST SP 800-38D), of the text in
 * UTF-8. The path under which the value stands, in UTF-8 as {@link
 * dev.gimbal.ConfigPath#toString()} writes it, is the associated data: so a value that somebody
 * moves to another key does not decrypt.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EncryptedValue {

  /** What each begins with. */
  public static final String BEGIN = "ENC[";

  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final String keyId;
  private final byte[] bytes;

  private EncryptedValue(String keyId, byte[] bytes) {
    this.keyId = keyId;
    this.bytes = bytes;
  }

  /**
   * Whether a text is meant to be an encrypted value: {@code ENC[...]}, well formed or not. Blanks
   * and line breaks behind it do not count: texts in blocks end with one.
   */
  public static boolean isMeant(String text) {
    return text.startsWith(BEGIN) && text.stripTrailing().endsWith("]");
  }

  /**
   * Reads an encrypted value.
   *
   * @throws IllegalArgumentException when it is not well formed
   */
  public static EncryptedValue parse(String text) {
    if (!isMeant(text)) {
      throw new IllegalArgumentException("an encrypted value (expected: ENC[...])");
    }
    String written = text.stripTrailing();
    String[] parts = written.substring(BEGIN.length(), written.length() - 1).split(",", -1);
    if (parts.length != 3 || !EncryptionKey.isId(parts[1])) {
      throw new IllegalArgumentException(
          "an encrypted value (expected: ENC[algorithm,key-id,base64])");
    }
    if (!parts[0].equals(EncryptionKey.AES_256_GCM)) {
      throw new IllegalArgumentException(
          "the algorithm of an encrypted value (expected: " + EncryptionKey.AES_256_GCM + ")");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an encrypted value is no Base64", e);
    }
    if (bytes.length < NONCE + TAG) {
      throw new IllegalArgumentException(
          "an encrypted value has "
              + bytes.length
              + " bytes (expected: "
              + (NONCE + TAG)
              + " or more): it is cut off");
    }
    return new EncryptedValue(parts[1], bytes);
  }

  /**
   * Encrypts a text for a path, with a nonce that no other value has.
   *
   * @param path as {@link dev.gimbal.ConfigPath#toString()} writes it
   */
  public static EncryptedValue encrypt(EncryptionKey key, String path, String text) {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, path, nonce)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, bytes, NONCE, sealed.length);
      return new EncryptedValue(key.id(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES/GCM/NoPadding", e);
    }
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
   *     was altered: which of them cannot be told
   */
  public String decrypt(EncryptionKey key, String path) {
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, path, Arrays.copyOf(bytes, NONCE))
              .doFinal(bytes, NONCE, bytes.length - NONCE);
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException(
          "it does not decrypt with key \""
              + keyId
              + "\" at this path: it was altered, moved here from another path, or encrypted with"
              + " another key of that id");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES/GCM/NoPadding", e);
    }
  }

  private static Cipher cipher(int mode, EncryptionKey key, String path, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] bytes = key.bytes();
    cipher.init(
        mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    Arrays.fill(bytes, (byte) 0);
    cipher.updateAAD(path.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptedValue value
        && keyId.equals(value.keyId)
        && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyId, Arrays.hashCode(bytes));
  }

  /** As it is written in a document. */
  @Override
  public String toString() {
    return BEGIN
        + EncryptionKey.AES_256_GCM
        + ','
        + keyId
        + ','
        + Base64.getEncoder().encodeToString(bytes)
        + ']';
  }
}
