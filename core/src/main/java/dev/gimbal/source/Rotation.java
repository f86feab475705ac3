package dev.gimbal.source;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decrypts values that are to be encrypted with another key. Used by one thread, for one file. */
final class Rotation {

  private final KeyProvider keys;
  private final EncryptionKey to;
  private final Map<String, EncryptionKey> found = new HashMap<>();

  /** Why there is no key of an id. */
  private final Map<String, String> failures = new HashMap<>();

  Rotation(KeyProvider keys, EncryptionKey to) {
    this.keys = keys;
    this.to = to;
    found.put(to.id(), to);
  }

  EncryptionKey to() {
    return to;
  }

  /**
   * The text of a value, or null where it is encrypted with the key already.
   *
   * @throws IllegalArgumentException when it does not decrypt
   */
  @Nullable String text(ConfigPath path, String written) {
    EncryptedValue value = EncryptedValue.parse(written);
    EncryptionKey key = find(value);
    String text = value.decrypt(key, path.toString());
    return key == to ? null : text;
  }

  private EncryptionKey find(EncryptedValue value) {
    String id = value.keyId();
    EncryptionKey key = found.get(id);
    if (key == null && !failures.containsKey(id)) {
      try {
        Optional<EncryptionKey> asked = keys.find(id);
        asked.ifPresent(one -> found.put(id, one));
        key = asked.orElse(null);
      } catch (IOException e) {
        failures.put(id, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        failures.put(id, e.getClass().getName());
      }
    }
    if (key == null) {
      EncryptionAlgorithm.named(value.algorithm()); // or says that its module is missing
      String none =
          "it is encrypted with key \"" + id + "\", which is none of those that were given";
      throw new IllegalArgumentException(failures.getOrDefault(id, none));
    }
    return key;
  }
}
