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
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The keys that a command was given: by {@code --key-file} and {@code --key-store}, else by the
 * environment.
 */
final class Keys {

  /** The environment variable that holds keys. */
  static final String VARIABLE = "GIMBAL_KEYS";

  /** The environment variable that holds the password of a key store. */
  private static final String PASSWORD = "GIMBAL_KEYSTORE_PASSWORD";

  private static final int MOST_BYTES = 1 << 20;

  private Keys() {}

  /** Which key {@link #toEncryptWith} gives. */
  static OptionSpec key() {
    return Syntax.text("ID", "--key").description("Which key. By default the first.").build();
  }

  /** Adds what says where keys are. */
  static void options(CommandSpec spec) {
    spec.addOption(
        Syntax.text("FILE", "--key-file")
            .description(
                "Keys for values such as ENC[aes-256-gcm,k1,...], one a line; only its owner may"
                    + " read it. By default those of "
                    + VARIABLE
                    + ".")
            .build());
    spec.addOption(
        Syntax.text("FILE", "--key-store")
            .description(
                "The same from a key store of Java, PKCS12 or JCEKS, whose password is in "
                    + PASSWORD
                    + ".")
            .build());
  }

  /** What decrypts for a Config; nobody where there are no keys. */
  static List<KeyProvider> providers(Options options) {
    List<KeyProvider> providers = new ArrayList<>();
    if (options.has("--key-file")) {
      providers.add(options.keyFile());
    }
    if (options.has("--key-store")) {
      String password = System.getenv(PASSWORD);
      if (password == null) {
        throw new UsageException("--key-store: " + PASSWORD + " is not set");
      }
      providers.add(
          KeyProvider.keystore(Path.of(options.text("--key-store")), password::toCharArray));
    }
    if (providers.isEmpty() && System.getenv(VARIABLE) != null) {
      providers.add(KeyProvider.environment(VARIABLE));
    }
    return providers;
  }

  /**
   * All keys that were given.
   *
   * @throws UsageException when none are
   */
  static KeyProvider given(Options options) {
    List<KeyProvider> providers = providers(options);
    if (providers.isEmpty()) {
      throw new UsageException(
          "which keys? --key-file or --key-store is missing, and " + VARIABLE + " is not set");
    }
    return id -> {
      for (KeyProvider provider : providers) {
        Optional<EncryptionKey> key = provider.find(id);
        if (key.isPresent()) {
          return key;
        }
      }
      return Optional.empty();
    };
  }

  /**
   * The key that is to be encrypted with: that of {@code --key}, else the first.
   *
   * @throws UsageException when no keys are given, or only a key store, which has no first one
   * @throws ConfigException GIM-027 when they cannot be read, or that one is not there
   */
  static EncryptionKey toEncryptWith(Options options) {
    KeyProvider given = given(options);
    if (options.has("--key")) {
      return find(given, options.text("--key"));
    }
    if (options.has("--key-store") && !options.has("--key-file")) {
      throw new UsageException("which key? --key is missing, and a key store has no first one");
    }
    try {
      KeyRing ring =
          options.has("--key-file") ? options.keyFile().ring() : KeyRing.environment(VARIABLE);
      return ring.keys().get(0);
    } catch (IOException e) {
      throw new ConfigException(ErrorCode.DECRYPTION, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The key of an id.
   *
   * @throws ConfigException GIM-027 when there is none, or that cannot be told
   */
  static EncryptionKey find(KeyProvider keys, String id) {
    try {
      return keys.find(id)
          .orElseThrow(
              () ->
                  new ConfigException(
                      ErrorCode.DECRYPTION,
                      "there is no key \"" + id + "\" among those that were given"));
    } catch (IOException e) {
      throw new ConfigException(ErrorCode.DECRYPTION, String.valueOf(e.getMessage()));
    }
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
