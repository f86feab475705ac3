package dev.gimbal.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How values are encrypted: {@code aes-256-gcm}, which is always there, and those of other modules.
 * They are found by {@link java.util.ServiceLoader} when a key names one; or {@link
 * EncryptionKey#of(String, EncryptionAlgorithm, byte[])} is given one.
 *
 * <p>Safe for use by many threads. It keeps no array that it is given.
 *
 * @since 0.1.0
 */
public interface EncryptionAlgorithm {

  /** What keys and values call it: lower-case letters, digits and {@code -}. */
  String name();

  /** How many bytes a key has. */
  int keyBytes();

  /** How many bytes an encrypted value has at least: what it has for the empty text. */
  int leastBytes();

  /**
   * Whether a value is bound to the place that it was encrypted for. Of an algorithm that cannot
   * bind, who writes a document can move a value to another place of it.
   */
  boolean isBound();

  /** What a key is, for messages: {@code 32 random bytes}. */
  default String keyForm() {
    return keyBytes() + " random bytes";
  }

  /**
   * What is wrong with a key, beside what every key is refused for: it is short, zero, a text or a
   * pattern, or published. A predicate, such as {@code has a public key of small order}; null for
   * nothing. It does not tell the key.
   *
   * @param key {@link #keyBytes()} bytes
   */
  default @Nullable String weakness(byte[] key) {
    return null;
  }

  /**
   * New keys of one id, one for each end: a single one that both ends have, or one for who encrypts
   * and one for who decrypts.
   */
  default List<byte[]> newKeys() {
    byte[] key = new byte[keyBytes()];
    new SecureRandom().nextBytes(key);
    return List.of(key);
  }

  /**
   * Encrypts, so that no two values have the same bytes.
   *
   * @param key one that is not weak
   * @param boundTo what the value is bound to; counts for nothing where it is not
   */
  byte[] encrypt(byte[] key, byte[] boundTo, byte[] plain);

  /**
   * Decrypts what {@link #encrypt} gave for that key and place.
   *
   * @param encrypted {@link #leastBytes()} bytes or more
   * @throws GeneralSecurityException when it is for another key or place, or was altered; the
   *     message is not shown
   */
  byte[] decrypt(byte[] key, byte[] boundTo, byte[] encrypted) throws GeneralSecurityException;

  /**
   * The algorithm of that name.
   *
   * @throws IllegalArgumentException when there is none; the message has the known ones, and not
   *     the name
   */
  static EncryptionAlgorithm named(String name) {
    return InstalledAlgorithms.get(name);
  }
}
