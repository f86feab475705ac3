package dev.gimbal.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several keys, each with an id of its own. The first is the one to encrypt with.
 *
 * <p>Immutable and safe for use by many threads. {@code toString} shows ids only.
 *
 * @since 0.1.0
 */
public final class KeyRing {

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Map<String, EncryptionKey> keys;

  private KeyRing(Map<String, EncryptionKey> keys) {
    this.keys = keys;
  }

  /**
   * A ring of keys.
   *
   * @throws IllegalArgumentException when two have one id
   */
  public static KeyRing of(List<EncryptionKey> keys) {
    Map<String, EncryptionKey> ring = new LinkedHashMap<>();
    for (EncryptionKey key : keys) {
      if (ring.put(key.id(), key) != null) {
        throw new IllegalArgumentException("two keys have the id \"" + key.id() + '"');
      }
    }
    return new KeyRing(ring);
  }

  /**
   * The keys of a file, as {@link KeyProvider#file} describes it.
   *
   * @throws IOException when it cannot be read, or others than its owner can read it, or a line is
   *     no key; the message tells the file and the line, and no key
   */
  public static KeyRing read(Path file) throws IOException {
    refuseOthers("the key file " + file, file);
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no key file " + file, e);
    }
    List<EncryptionKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        keys.add(key(file + ":" + (i + 1), line));
      }
    }
    return ring("the key file " + file, keys);
  }

  /**
   * Refuses a file that others than its owner can read or write.
   *
   * @param what it is, for the message
   */
  static void refuseOthers(String what, Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.exists(file)) {
      return;
    }
    for (PosixFilePermission permission : view.readAttributes().permissions()) {
      if (OF_OTHERS.contains(permission)) {
        throw new IOException(
            what + " can be read or written by others than its owner (expected: chmod 600)");
      }
    }
  }

  /**
   * The keys of an environment variable, as {@link KeyProvider#environment} describes it.
   *
   * @throws IOException when it is not set, or holds what is no key; the message tells no key
   */
  public static KeyRing environment(String variable) throws IOException {
    return environment(variable, System::getenv);
  }

  /**
   * The same, of another environment.
   *
   * @param environment the value of a variable, or null
   */
  static KeyRing environment(String variable, Function<String, @Nullable String> environment)
      throws IOException {
    String text = environment.apply(variable);
    if (text == null || text.isBlank()) {
      throw new IOException("the environment variable " + variable + " holds no key");
    }
    List<EncryptionKey> keys = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      keys.add(key(variable, word));
    }
    return ring(variable, keys);
  }

  private static EncryptionKey key(String where, String text) throws IOException {
    try {
      return EncryptionKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  private static KeyRing ring(String where, List<EncryptionKey> keys) throws IOException {
    if (keys.isEmpty()) {
      throw new IOException(where + " holds no key");
    }
    try {
      return of(keys);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  /** The key of an id; empty where there is none. */
  public Optional<EncryptionKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** All keys, in their order. */
  public List<EncryptionKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public String toString() {
    return "keys " + keys.keySet();
  }
}
