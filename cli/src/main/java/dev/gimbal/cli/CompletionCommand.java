package dev.gimbal.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal completion}: a script that makes a shell complete the command line. */
final class CompletionCommand implements Command {

  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "completion",
            "Prints a script that makes a shell complete commands, options, formats and file"
                + " names.",
            "Examples:",
            "  eval \"$(gimbal completion bash)\"",
            "  gimbal completion zsh > \"$${fpath[1]}/_gimbal\"",
            "  gimbal completion fish > ~/.config/fish/completions/gimbal.fish",
            "",
            "Exit codes: 0 done; 2 usage;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal completion bash|zsh|fish");
    spec.addPositional(
        Syntax.argument(0, "SHELL", true)
            .description("bash, zsh or fish.")
            .completionCandidates(SHELLS)
            .build());
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    String shell = options.argument(0);
    if (!SHELLS.contains(shell)) {
      throw new UsageException("which shell? \"" + shell + "\" (expected: bash, zsh or fish)");
    }
    Completion completion = Completion.valueOf(shell.toUpperCase(Locale.ROOT));
    terminal.print(completion.script(Commands.specs()));
    return ExitCode.OK;
  }
}
