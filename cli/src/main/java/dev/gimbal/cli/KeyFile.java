package dev.gimbal.cli;

import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@code --key-file}. A pipe, which has nothing more to say, is read once; a file may
 * have other keys later. Safe for use by many threads.
 */
final class KeyFile implements KeyProvider {

  private final Path file;

  /** What a pipe said, or null. Written and read under this object's lock. */
  private @Nullable KeyRing said;

  KeyFile(Path file) {
    this.file = file;
  }

  /**
   * All its keys.
   *
   * @throws IOException as {@link KeyRing#read} does
   */
  synchronized KeyRing ring() throws IOException {
    KeyRing before = said;
    if (before != null) {
      return before;
    }
    KeyRing ring = KeyRing.read(file);
    if (!Files.isRegularFile(file)) {
      said = ring;
    }
    return ring;
  }

  @Override
  public Optional<EncryptionKey> find(String id) throws IOException {
    return ring().find(id);
  }
}
