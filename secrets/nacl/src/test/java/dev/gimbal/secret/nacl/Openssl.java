package dev.gimbal.secret.nacl;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** AES-256-GCM of OpenSSL: a nonce (12), the ciphertext and the tag (16), in one array. */
record Openssl(Functions crypto) {

  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;

  /** As the manual page EVP_EncryptInit declares them. */
  interface Functions extends Library {

    Pointer EVP_CIPHER_CTX_new();

    void EVP_CIPHER_CTX_free(Pointer context);

    Pointer EVP_aes_256_gcm();

    int EVP_CipherInit_ex(
        Pointer context, Pointer cipher, Pointer engine, byte[] key, byte[] nonce, int encrypting);

    int EVP_CipherUpdate(Pointer context, byte[] out, int[] outLength, byte[] in, int length);

    int EVP_CipherFinal_ex(Pointer context, byte[] out, int[] outLength);

    int EVP_CIPHER_CTX_ctrl(Pointer context, int what, int length, byte[] tag);
  }

  static Openssl load() {
    return new Openssl(Installed.load("libcrypto.so.3", Functions.class, "openssl"));
  }

  byte[] encrypt(byte[] key, byte[] nonce, byte[] boundTo, byte[] plain) {
    Pointer context = crypto.EVP_CIPHER_CTX_new();
    try {
      byte[] bytes = Arrays.copyOf(nonce, NONCE + plain.length + TAG);
      byte[] sealed = run(context, key, nonce, boundTo, plain, true);
      System.arraycopy(sealed, 0, bytes, NONCE, plain.length);
      require(crypto.EVP_CipherFinal_ex(context, new byte[TAG], new int[1]));
      byte[] tag = new byte[TAG];
      require(crypto.EVP_CIPHER_CTX_ctrl(context, GET_TAG, TAG, tag));
      System.arraycopy(tag, 0, bytes, bytes.length - TAG, TAG);
      return bytes;
    } finally {
      crypto.EVP_CIPHER_CTX_free(context);
    }
  }

  byte[] decrypt(byte[] key, byte[] boundTo, byte[] bytes) throws GeneralSecurityException {
    Pointer context = crypto.EVP_CIPHER_CTX_new();
    try {
      byte[] nonce = Arrays.copyOf(bytes, NONCE);
      byte[] sealed = Arrays.copyOfRange(bytes, NONCE, bytes.length - TAG);
      byte[] tag = Arrays.copyOfRange(bytes, bytes.length - TAG, bytes.length);
      byte[] plain = run(context, key, nonce, boundTo, sealed, false);
      require(crypto.EVP_CIPHER_CTX_ctrl(context, SET_TAG, TAG, tag));
      if (crypto.EVP_CipherFinal_ex(context, new byte[TAG], new int[1]) != 1) {
        throw new GeneralSecurityException("the tag does not fit");
      }
      return plain;
    } finally {
      crypto.EVP_CIPHER_CTX_free(context);
    }
  }

  private byte[] run(
      Pointer context, byte[] key, byte[] nonce, byte[] boundTo, byte[] in, boolean encrypting) {
    require(
        crypto.EVP_CipherInit_ex(
            context, crypto.EVP_aes_256_gcm(), null, key, nonce, encrypting ? 1 : 0));
    int[] length = new int[1];
    require(crypto.EVP_CipherUpdate(context, null, length, boundTo, boundTo.length));
    byte[] out = new byte[in.length];
    if (in.length > 0) { // nothing at all ends the work
      require(crypto.EVP_CipherUpdate(context, out, length, in, in.length));
    }
    return out;
  }

  private static void require(int result) {
    if (result != 1) {
      throw new AssertionError("OpenSSL answers " + result);
    }
  }
}
