package dev.gimbal.secret.nacl;

import dev.gimbal.secret.EncryptionAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.pando.crypto.nacl.CryptoBox;

/**
 * {@code nacl-box}: X25519, XSalsa20 and Poly1305 between two ends. A key is 64 bytes: the private
 * key of this end (32), then the public key of the other end (32). The bytes of a value are a
 * random nonce (24), the tag (16) and the ciphertext: libsodium's {@code crypto_box_easy} behind
 * its nonce, and what Go-Micro's {@code box} writes. What one end encrypts, the other one decrypts;
 * and so can the one that encrypted it.
 *
 * <p>NaCl has no associated data, so a value is not bound to its path: it decrypts wherever it
 * stands.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NaclBox implements EncryptionAlgorithm {

  private static final int HALF = 32;

  /** Creates the algorithm. */
  public NaclBox() {}

  @Override
  public String name() {
    return "nacl-box";
  }

  @Override
  public int keyBytes() {
    return HALF + HALF;
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
  public String keyForm() {
    return "64 bytes, this end's private key and the other end's public key";
  }

  /** A public key with which everybody's secret is the same is weak. */
  @Override
  public @Nullable String weakness(byte[] key) {
    try {
      CryptoBox.agree(privateKey(key), publicKey(key));
      return null;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof InvalidKeyException) {
        return "has a public key of small order";
      }
      throw e;
    }
  }

  /** One for each end. */
  @Override
  public List<byte[]> newKeys() {
    KeyPair one = CryptoBox.keyPair();
    KeyPair other = CryptoBox.keyPair();
    return List.of(
        Bytes.join(bytes(one.getPrivate()), bytes(other.getPublic())),
        Bytes.join(bytes(other.getPrivate()), bytes(one.getPublic())));
  }

  @Override
  public byte[] encrypt(byte[] key, byte[] boundTo, byte[] plain) {
    return seal(key, Bytes.newNonce(), plain);
  }

  static byte[] seal(byte[] key, byte[] nonce, byte[] plain) {
    CryptoBox box = CryptoBox.encrypt(privateKey(key), publicKey(key), nonce.clone(), plain);
    return Bytes.join(nonce, box.getCiphertextWithTag());
  }

  @Override
  public byte[] decrypt(byte[] key, byte[] boundTo, byte[] encrypted)
      throws GeneralSecurityException {
    PrivateKey privateKey = privateKey(key);
    PublicKey publicKey = publicKey(key);
    CryptoBox box = CryptoBox.fromCombined(Bytes.nonce(encrypted), Bytes.behindNonce(encrypted));
    return Bytes.open(() -> box.decrypt(privateKey, publicKey));
  }

  private static PrivateKey privateKey(byte[] key) {
    return CryptoBox.privateKey(Arrays.copyOf(key, HALF));
  }

  private static PublicKey publicKey(byte[] key) {
    return CryptoBox.publicKey(Arrays.copyOfRange(key, HALF, HALF + HALF));
  }

  private static byte[] bytes(PrivateKey key) {
    return ((XECPrivateKey) key).getScalar().orElseThrow();
  }

  /** As RFC 7748 writes it: the lowest byte first. */
  private static byte[] bytes(PublicKey key) {
    BigInteger u = ((XECPublicKey) key).getU();
    byte[] bytes = new byte[HALF];
    for (int i = 0; i < HALF; i++) {
      bytes[i] = u.shiftRight(Byte.SIZE * i).byteValue();
    }
    return bytes;
  }
}
