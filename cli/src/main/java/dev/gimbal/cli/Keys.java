package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.secret.KeyRing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The keys that a command was given: by {@code --key-file}, else by the environment. */
final class Keys {

  /** The environment variable that holds keys. */
  static final String VARIABLE = "GIMBAL_KEYS";

  private static final int MOST_BYTES = 1 << 20;

  private Keys() {}

  /** Which key {@link #toEncryptWith} gives. */
  static OptionSpec key() {
    return Syntax.text("ID", "--key").description("Which key. By default the first.").build();
  }

  static OptionSpec keyFile() {
    return Syntax.text("FILE", "--key-file")
        .description(
            "Keys for values such as ENC[aes-256-gcm,k1,...], one a line; only its owner may read"
                + " it. By default those of "
                + VARIABLE
                + ".")
        .build();
  }

  /** What decrypts for a Config; nobody where there are no keys. */
  static List<KeyProvider> providers(Options options) {
    List<KeyProvider> providers = new ArrayList<>();
    if (options.has("--key-file")) {
      providers.add(KeyProvider.file(Path.of(options.text("--key-file"))));
    } else if (System.getenv(VARIABLE) != null) {
      providers.add(KeyProvider.environment(VARIABLE));
    }
    return providers;
  }

  /**
   * The keys themselves.
   *
   * @throws UsageException when none are given
   * @throws ConfigException GIM-027 when they cannot be read
   */
  static KeyRing ring(Options options) {
    try {
      if (options.has("--key-file")) {
        return KeyRing.read(Path.of(options.text("--key-file")));
      }
      if (System.getenv(VARIABLE) != null) {
        return KeyRing.environment(VARIABLE);
      }
    } catch (IOException e) {
      throw new ConfigException(ErrorCode.DECRYPTION, String.valueOf(e.getMessage()));
    }
    throw new UsageException("which keys? --key-file is missing, and " + VARIABLE + " is not set");
  }

  /**
   * The key that is to be encrypted with: that of {@code --key}, else the first.
   *
   * @throws ConfigException GIM-027 when that one is not there
   */
  static EncryptionKey toEncryptWith(Options options, KeyRing ring) {
    return options.has("--key") ? find(ring, options.text("--key")) : ring.keys().get(0);
  }

  /**
   * The key of an id.
   *
   * @throws ConfigException GIM-027 when there is none
   */
  static EncryptionKey find(KeyRing ring, String id) {
    return ring.find(id)
        .orElseThrow(
            () ->
                new ConfigException(
                    ErrorCode.DECRYPTION,
                    "there is no key \"" + id + "\" among " + ring.keys().size()));
  }

  /** Standard input without the line break at its end. */
  static String input(Terminal terminal) {
    byte[] bytes;
    try {
      bytes = new BufferedInputStream(terminal.in()).readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ConfigException(
          ErrorCode.SOURCE_FAILED, "standard input cannot be read: " + e.getMessage());
    }
    if (bytes.length > MOST_BYTES) {
      throw new ConfigException(
          ErrorCode.LIMIT, "standard input has more than " + MOST_BYTES + " bytes");
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString().replaceFirst("\r?\n\\z", "");
    } catch (CharacterCodingException e) {
      throw new ConfigException(ErrorCode.MALFORMED, "standard input is not UTF-8");
    }
  }
}
