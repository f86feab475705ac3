package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyRing;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal encrypt}: encrypts a value for a path. */
final class EncryptCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "encrypt",
            "Encrypts the value on standard input and prints what is to stand at PATH in a"
                + " document. It decrypts at that path only, unless the key is of NaCl. A line break"
                + " at the end is left out.",
            "Examples:",
            "  printf %%s \"$PASSWORD\" | gimbal encrypt db.password --key-file app.keys",
            "  gimbal encrypt APP_DB_PASSWORD --key-file app.keys < password",
            "",
            "Exit codes: 0 done; 2 usage; 3 a key cannot be read;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal encrypt PATH [--key ID] [--key-file FILE]");
    spec.addPositional(
        Syntax.path(true, "Where it will stand, or the whole name of an environment variable."));
    spec.addOption(
        Syntax.text("ID", "--key").description("Which key. By default the first.").build());
    spec.addOption(Keys.keyFile());
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    ConfigPath path = Options.parsePath(options.argument(0));
    if (path.isRoot()) {
      throw new UsageException("PATH: it is empty (expected: where the value will stand)");
    }
    KeyRing ring = Keys.ring(options);
    EncryptionKey key =
        options.has("--key") ? Keys.find(ring, options.text("--key")) : ring.keys().get(0);
    String text = Keys.input(terminal);
    terminal.line(EncryptedValue.encrypt(key, path.toString(), text).toString());
    return ExitCode.OK;
  }
}
