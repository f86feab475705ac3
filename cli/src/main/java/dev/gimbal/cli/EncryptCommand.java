package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.source.EncryptedFile;
import java.util.List;
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
                + " at the end is left out. With --in, encrypts the plain values that stand at the"
                + " paths in FILE, each for its path, and leaves every other byte of it as it is.",
            "Examples:",
            "  printf %%s \"$PASSWORD\" | gimbal encrypt db.password --key-file app.keys",
            "  gimbal encrypt APP_DB_PASSWORD --key-file app.keys < password",
            "  gimbal encrypt db.password 'tokens[0]' --in app.yaml --key-file app.keys",
            "",
            "Exit codes: 0 done; 2 usage; 3 a key cannot be read, or FILE cannot be changed;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal encrypt PATH [--key ID] [--key-file FILE] [--key-store FILE]",
            "       gimbal encrypt PATH ... --in FILE [--format FORMAT] [--key ID]%n"
                + "           [--key-file FILE] [--key-store FILE]");
    spec.addPositional(
        Syntax.arguments(
            "PATH",
            "Where it stands or will stand, or the whole name of an environment variable."));
    spec.addOption(
        Syntax.text("FILE", "--in")
            .description("Change this file: a path, such as app.yaml.")
            .build());
    spec.addOption(Edits.format());
    spec.addOption(Keys.key());
    Keys.options(spec);
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    List<ConfigPath> paths = options.arguments().stream().map(EncryptCommand::path).toList();
    EncryptionKey key = Keys.toEncryptWith(options);
    if (options.has("--in")) {
      encryptIn(options, paths, key, terminal);
      return ExitCode.OK;
    }
    if (paths.size() > 1) {
      throw new UsageException("several paths, and --in is missing: standard input is one value");
    }
    String text = Keys.input(terminal);
    terminal.line(EncryptedValue.encrypt(key, paths.get(0).toString(), text).toString());
    return ExitCode.OK;
  }

  private static ConfigPath path(String text) {
    ConfigPath path = Options.parsePath(text);
    if (path.isRoot()) {
      throw new UsageException("PATH: it is empty (expected: where the value will stand)");
    }
    return path;
  }

  private static void encryptIn(
      Options options, List<ConfigPath> paths, EncryptionKey key, Terminal terminal) {
    String file = options.text("--in");
    EncryptedFile.Result result =
        new EncryptedFile(Edits.file("--in", file, options)).encrypt(paths, key);
    terminal.line(Visible.inLine(file + ": " + Edits.counted(result) + " encrypted"));
    for (ConfigPath path : result.left()) {
      terminal.message(Visible.inLine("encrypted already: " + path));
    }
  }
}
