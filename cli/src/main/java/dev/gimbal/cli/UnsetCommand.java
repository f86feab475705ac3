package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import dev.gimbal.format.Edit;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal unset}: takes a value out of a file. */
final class UnsetCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "unset",
            "Takes a value out of a file or another source with its key, and leaves the rest as it"
                + " is. Prints nothing.",
            "Examples:",
            "  gimbal unset app.yaml server.port",
            "  gimbal unset app.json 'hosts[0]' --if-is b.example",
            "  gimbal unset app.yaml zip --if-is 12345 --if-is-type string",
            "  gimbal unset --source etcd://localhost/app server.port",
            "",
            "Exit codes: 0 done; 1 there was nothing; 2 usage; 3 it cannot be changed;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal unset FILE PATH [--if-is VALUE [--if-is-type TYPE]] [--format FORMAT]",
            "       gimbal unset --source SPEC PATH [--if-is VALUE [--if-is-type TYPE]]");
    return Edits.options(Edits.parameters(spec), false);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    ConfigPath path = Edits.path(options, 1);
    Edit edit = Edits.conditions(options, path).unset(path).build();
    boolean changed = Edits.apply(options, edit);
    if (!changed) {
      terminal.message(Visible.inLine("absent: " + path));
    }
    return changed ? ExitCode.OK : ExitCode.ABSENT;
  }
}
