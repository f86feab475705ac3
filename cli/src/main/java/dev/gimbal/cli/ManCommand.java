package dev.gimbal.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal man}: the manual page. */
final class ManCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "man",
            "Prints the manual page of gimbal, which man can read.",
            "Examples:",
            "  gimbal man > ~/.local/share/man/man1/gimbal.1",
            "  gimbal man | man -l -",
            "",
            "Exit codes: 0 done; 2 usage;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal man");
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    terminal.print(ManPage.text(Commands.specs()));
    return ExitCode.OK;
  }
}
