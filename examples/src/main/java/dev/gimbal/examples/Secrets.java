package dev.gimbal.examples;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.Secret;
import java.nio.file.Path;

/** The code of {@code docs/secrets.md}. */
final class Secrets {

  private Secrets() {}

  /** How to log in. Its text is {@code Login[user=app, password=***]}. */
  record Login(String user, Secret<String> password) {}

  /** A Config of a file with encrypted values. */
  static Config open(Path file, Path keyFile) {
    return Config.builder().keys(KeyProvider.file(keyFile)).source(Sources.file(file)).build();
  }
}
