package dev.gimbal.examples;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Sources;
import dev.gimbal.format.Formats;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.KeyRing;
import dev.gimbal.secret.Secret;
import dev.gimbal.source.EncryptedFile;
import dev.gimbal.source.FileEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The code of {@code docs/secrets.md}. */
final class Secrets {

  private Secrets() {}

  /** How to log in. Its text is {@code Login[user=app, password=***]}. */
  record Login(String user, Secret<String> password) {}

  /** A Config of a file with encrypted values. */
  static Config open(Path file, Path keyFile) {
    return Config.builder().keys(KeyProvider.file(keyFile)).source(Sources.file(file)).build();
  }

  /** Encrypts the values of a file anew, with the first key. */
  static List<ConfigPath> rotate(Path file, Path keyFile) throws IOException {
    KeyRing ring = KeyRing.read(keyFile);
    FileEdit edit = new FileEdit(Formats.installed(List.of()), file);
    return new EncryptedFile(edit).rotate(ring::find, ring.keys().get(0)).changed();
  }
}
