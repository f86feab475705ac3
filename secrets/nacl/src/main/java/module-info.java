/** The algorithms of NaCl for encrypted values. */
module dev.gimbal.secret.nacl {
  requires transitive dev.gimbal.core;
  requires static org.jspecify;
  requires software.pando.crypto.nacl;

  exports dev.gimbal.secret.nacl;

  provides dev.gimbal.secret.EncryptionAlgorithm with
      dev.gimbal.secret.nacl.NaclBox,
      dev.gimbal.secret.nacl.NaclSecretbox;
}
