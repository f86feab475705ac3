package dev.gimbal.secret.nacl;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Functions of libsodium, as its manual declares them. */
interface Libsodium extends Library {

  /** Fails, and says what is to be installed, where it is not there. */
  static Libsodium load() {
    try {
      Libsodium sodium = Native.load("sodium", Libsodium.class);
      if (sodium.sodium_init() < 0) {
        throw new AssertionError("libsodium cannot be used");
      }
      return sodium;
    } catch (UnsatisfiedLinkError e) {
      throw new AssertionError("there is no libsodium; install the package libsodium23", e);
    }
  }

  int sodium_init();

  int crypto_secretbox_easy(byte[] out, byte[] plain, long length, byte[] nonce, byte[] key);

  int crypto_secretbox_open_easy(byte[] out, byte[] sealed, long length, byte[] nonce, byte[] key);

  int crypto_box_easy(
      byte[] out, byte[] plain, long length, byte[] nonce, byte[] publicKey, byte[] privateKey);

  int crypto_box_open_easy(
      byte[] out, byte[] sealed, long length, byte[] nonce, byte[] publicKey, byte[] privateKey);

  int crypto_box_keypair(byte[] publicKey, byte[] privateKey);

  int crypto_box_beforenm(byte[] shared, byte[] publicKey, byte[] privateKey);
}
