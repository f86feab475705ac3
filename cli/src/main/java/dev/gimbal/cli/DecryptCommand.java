package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.KeyProvider;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal decrypt}: decrypts a value of a path. */
final class DecryptCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "decrypt",
            "Decrypts the value on standard input, such as ENC[aes-256-gcm,k1,...], and prints it:"
                + " a secret.",
            "Examples:",
            "  gimbal decrypt db.password --key-file app.keys < value",
            "  gimbal decrypt APP_DB_PASSWORD < value",
            "",
            "Exit codes: 0 done; 2 usage; 3 a key cannot be read, or it does not decrypt;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal decrypt PATH [--key-file FILE] [--key-store FILE]");
    spec.addPositional(
        Syntax.path(true, "Where it stands, or the whole name of an environment variable."));
    Keys.options(spec);
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    ConfigPath path = Options.parsePath(options.argument(0));
    KeyProvider keys = Keys.given(options);
    String written = Keys.input(terminal).strip();
    try {
      EncryptedValue value = EncryptedValue.parse(written);
      terminal.print(value.decrypt(Keys.find(keys, value.keyId()), path.toString()) + "\n");
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          new Problem(ErrorCode.DECRYPTION, path, String.valueOf(e.getMessage()), null, null));
    }
  }
}
