package dev.gimbal.cli;

import dev.gimbal.ConfigPath;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal set}: changes a value in a file. */
final class SetCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "set",
            "Sets a value in a file or another source, and leaves all else there as it is. Prints nothing.",
            "Examples:",
            "  gimbal set app.yaml server.port 8080",
            "  gimbal set app.json 'hosts[0]' a.example --if-is b.example",
            "  gimbal set app.properties zip 01234 --type string",
            "  gimbal set --source etcd://localhost/app server.port 8080",
            "",
            "Exit codes: 0 done, or it said so before; 2 usage; 3 it cannot be changed;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal set FILE PATH VALUE [--type TYPE] [--if-is VALUE [--if-is-type TYPE]]%n"
                + "           [--if-absent] [--format FORMAT]",
            "       gimbal set --source SPEC PATH VALUE [--type TYPE] [--if-is VALUE%n"
                + "           [--if-is-type TYPE]] [--if-absent]");
    Edits.parameters(spec);
    spec.addPositional(
        Edits.optional(2, "VALUE", "What is set; behind -- where it begins with a hyphen."));
    return Edits.options(spec, true);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    ConfigPath path = Edits.path(options, 2);
    String value = Edits.argument(options, 1, "VALUE", 2);
    Edits.apply(
        options,
        Edits.conditions(options, path).set(path, Edits.value(value, options, "--type")).build());
    return ExitCode.OK;
  }
}
