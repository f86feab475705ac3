package dev.gimbal.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES with 256 bits in Galois/Counter Mode (NIST SP 800-38D), which the JDK has. The bytes are a
 * random nonce (12), the ciphertext and the tag (16); the place is the associated data.
 */
final class AesGcm implements EncryptionAlgorithm {

  private static final int NONCE = 12;
  private static final int TAG = 16;

  @Override
  public String name() {
    return EncryptionKey.AES_256_GCM;
  }

  @Override
  public int keyBytes() {
    return EncryptionKey.BYTES;
  }

  @Override
  public int leastBytes() {
    return NONCE + TAG;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public byte[] encrypt(byte[] key, byte[] boundTo, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, boundTo, nonce).doFinal(plain);
      byte[] bytes = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, bytes, NONCE, sealed.length);
      return bytes;
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  @Override
  public byte[] decrypt(byte[] key, byte[] boundTo, byte[] encrypted) throws AEADBadTagException {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, boundTo, Arrays.copyOf(encrypted, NONCE))
          .doFinal(encrypted, NONCE, encrypted.length - NONCE);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this JVM has no AES/GCM/NoPadding", e);
  }

  private static Cipher cipher(int mode, byte[] key, byte[] boundTo, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(boundTo);
    return cipher;
  }
}
