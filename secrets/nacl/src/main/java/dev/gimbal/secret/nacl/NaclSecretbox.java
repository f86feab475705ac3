package dev.gimbal.secret.nacl;

import dev.gimbal.secret.EncryptionAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import software.pando.crypto.nacl.SecretBox;

/**
 * {@code nacl-secretbox}: XSalsa20 and Poly1305 with one key of 32 bytes that both ends have. The
 * bytes are a random nonce (24), the tag (16) and the ciphertext: libsodium's {@code
 * crypto_secretbox_easy} behind its nonce, and what Go-Micro's {@code secretbox} writes.
 *
 * <p>NaCl has no associated data, so a value is not bound to its path: it decrypts wherever it
 * stands.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NaclSecretbox implements EncryptionAlgorithm {

  /** Creates the algorithm. */
  public NaclSecretbox() {}

  @Override
  public String name() {
    return "nacl-secretbox";
  }

  @Override
  public int keyBytes() {
    return 32;
  }

  @Override
  public int leastBytes() {
    return Bytes.LEAST;
  }

  @Override
  public boolean isBound() {
    return false;
  }

  @Override
  public byte[] encrypt(byte[] key, byte[] boundTo, byte[] plain) {
    return seal(key, Bytes.newNonce(), plain);
  }

  static byte[] seal(byte[] key, byte[] nonce, byte[] plain) {
    byte[] sealed = SecretBox.encrypt(secretKey(key), nonce.clone(), plain).getCiphertextWithTag();
    return Bytes.join(nonce, sealed);
  }

  @Override
  public byte[] decrypt(byte[] key, byte[] boundTo, byte[] encrypted)
      throws GeneralSecurityException {
    SecretKey secretKey = secretKey(key);
    SecretBox box = SecretBox.fromCombined(Bytes.nonce(encrypted), Bytes.behindNonce(encrypted));
    return Bytes.open(() -> box.decrypt(secretKey));
  }

  /** The key, of a copy of its bytes: the library clears what it is given. */
  private static SecretKey secretKey(byte[] key) {
    return SecretBox.key(Arrays.copyOf(key, key.length));
  }
}
