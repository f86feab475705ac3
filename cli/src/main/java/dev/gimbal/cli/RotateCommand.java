package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.EncryptedFile;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal rotate}: encrypts the values of files anew. */
final class RotateCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "rotate",
            "Encrypts the encrypted values of files anew, with the first key or that of --key, and"
                + " leaves every other byte as it is. Those of that key are left alone: it can be"
                + " run again. A file with a value that does not decrypt is left as it is, and the"
                + " others are done.",
            "Examples:",
            "  gimbal rotate app.yaml --key-file app.keys",
            "  gimbal rotate conf/*.yaml prod.env --key 2026-11 --key-file app.keys",
            "",
            "Exit codes: 0 done; 2 usage; 3 a key cannot be read, or a file was left as it is;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal rotate FILE ... [--format FORMAT] [--key ID] [--key-file FILE]%n"
                + "           [--key-store FILE]");
    spec.addPositional(Syntax.arguments("FILE", "A path, such as app.yaml."));
    spec.addOption(Edits.format());
    spec.addOption(Keys.key());
    Keys.options(spec);
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    KeyProvider keys = Keys.given(options);
    EncryptionKey to = Keys.toEncryptWith(options);
    int exit = ExitCode.OK;
    for (String name : options.arguments()) {
      try {
        EncryptedFile.Result result =
            new EncryptedFile(Edits.file("FILE", name, options)).rotate(keys, to);
        terminal.line(Visible.inLine(name + ": " + Edits.counted(result) + " encrypted anew"));
      } catch (ConfigException e) {
        terminal.message(Visible.text(e));
        exit = ExitCode.CONFIGURATION;
      }
    }
    return exit;
  }
}
