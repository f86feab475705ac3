package dev.gimbal.secret.nacl;

import com.sun.jna.Library;

/** Functions of libsodium, as its manual declares them. */
interface Libsodium extends Library {

  /** Ready for use. */
  static Libsodium load() {
    Libsodium sodium = Installed.load("sodium", Libsodium.class, "libsodium23");
    if (sodium.sodium_init() < 0) {
      throw new AssertionError("libsodium cannot be used");
    }
    return sodium;
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
