package dev.gimbal.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has the keys that values are decrypted with. Several make a rotation possible without a pause:
 * the new key is given to every process first, then values are encrypted with it, then the old one
 * is taken away.
 *
 * <p>Called by the threads of sources, many at once, for each document that has encrypted values;
 * what it throws refuses that document (G7).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface KeyProvider {

  /**
   * The key of an id; empty where this provider has none.
   *
   * @throws IOException when it cannot tell; the message is shown
   */
  Optional<EncryptionKey> find(String id) throws IOException;

  /**
   * Keys in a file, one a line: {@code id:algorithm:base64}. Blank lines and those that begin with
   * {@code #} count for nothing. The file is read each time that a key is looked for, so that one
   * that was added is found. It is refused when others than its owner can read it.
   */
  static KeyProvider file(Path file) {
    return id -> KeyRing.read(file).find(id);
  }

  /**
   * Keys in a key store of Java, of type PKCS12 or JCEKS: its entries of secret keys, whose alias
   * is the id. Aliases know no case there, so the ids {@code K1} and {@code k1} are one key. A key
   * that calls itself {@code AES}, of 256 bits, is one of {@code aes-256-gcm}; any other name is
   * that of an {@link EncryptionAlgorithm}, and only JCEKS can keep it. The keys have the password
   * of the store.
   *
   * <p>The file is read each time that a key is looked for, so that one that was added is found; to
   * open it takes some milliseconds. It is refused when others than its owner can read it. The
   * password is asked for each time, and what was given is overwritten with zeros.
   *
   * @param password gives an array of its own each time; called by the threads of sources, many at
   *     once
   */
  static KeyProvider keystore(Path file, Supplier<char[]> password) {
    return new KeyStoreFile(file, password)::find;
  }

  /** Keys in an environment variable, separated by blanks or lines. */
  static KeyProvider environment(String variable) {
    return id -> KeyRing.environment(variable).find(id);
  }

  /** These keys. */
  static KeyProvider of(EncryptionKey... keys) {
    KeyRing ring = KeyRing.of(List.of(keys));
    return ring::find;
  }
}
