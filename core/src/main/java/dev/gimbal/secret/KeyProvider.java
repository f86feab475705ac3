package dev.gimbal.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
