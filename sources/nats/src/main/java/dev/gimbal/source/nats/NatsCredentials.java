package dev.gimbal.source.nats;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with the seed of a user's key, and perhaps a JWT. It is read once for each connection, and
 * signed with what the JDK has, so that the client library needs no other for it.
 */
final class NatsCredentials implements AuthHandler {

  private final String source;
  private final Path file;
  private final Nkey key;
  private final @Nullable String jwt;

  /**
   * @throws ConfigException GIM-012 when there is no seed in it
   */
  NatsCredentials(String source, Path file) {
    this.source = source;
    this.file = file;
    String seed = null;
    String token = null;
    for (String line : lines()) {
      String word = line.strip();
      if (token == null
          && word.startsWith("eyJ")
          && word.chars().filter(c -> c == '.').count() == 2) {
        token = word;
      } else if (seed == null && Nkey.isSeed(word)) {
        seed = word;
      }
    }
    this.jwt = token;
    if (seed == null) {
      throw failure("there is no seed of a user in it", null);
    }
    try {
      this.key = Nkey.of(seed);
    } catch (GeneralSecurityException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw failure("there is no such file", e);
    } catch (IOException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private ConfigException failure(String reason, @Nullable Exception cause) {
    Problem problem =
        Problem.at(
            ErrorCode.SOURCE_FAILED,
            new Origin(source, file.toString(), 0, 0),
            "the credentials cannot be read: " + reason);
    return new ConfigException(List.of(problem), cause);
  }

  @Override
  public byte[] sign(byte[] nonce) {
    try {
      return key.sign(nonce);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }

  @Override
  public char[] getID() {
    return key.id().toCharArray();
  }

  @Override
  public char @Nullable [] getJWT() {
    return jwt == null ? null : jwt.toCharArray();
  }
}
