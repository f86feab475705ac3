package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal get}: reads once and prints a value or a tree. */
final class GetCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.spec(
            "get",
            "Prints the value or the tree at a path, merged from all sources.",
            "Examples:",
            "  gimbal get server.port --source defaults.properties --source app.yaml",
            "  gimbal get --source app.yaml --output json",
            "  gimbal get 'hosts.\"a.b\"[0].port' --source app.yaml --set"
                + " 'hosts.\"a.b\"[0].port=80'",
            "  ls conf/*.yaml | gimbal get --batch --output json",
            "",
            Syntax.EXIT_CODES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal get [PATH]" + Syntax.LAYERS + " [--output FORMAT] [--reveal]",
            "       gimbal get [PATH] --batch [--set PATH=VALUE ...] [--profile NAME ...]%n"
                + "           [--label NAME=VALUE ...] [--secret PATTERN ...] [--output json] [--reveal]");
    spec.addPositional(Syntax.path(false, "Where, such as hosts[0].port; everything without it."));
    spec.addOption(
        Syntax.output(
            String.join(", ", Output.names()) + ". By default raw for a scalar, json for the rest.",
            Output.names().toArray(String[]::new)));
    spec.addOption(
        Syntax.flag("--batch")
            .description(
                "Read a SPEC per line on standard input and answer each with one line of JSON:"
                    + " source, exit and output, or source, exit and error.")
            .build());
    return Syntax.reveal(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    Output output = Output.named(options.output(""));
    ConfigPath path = options.path();
    if (options.has("--batch")) {
      return new Batch(options, path, terminal).run(output);
    }
    try (Config config = options.open(false)) {
      StatusMessages.tellUnwell(config, terminal);
      Value value = config.snapshot().get(path);
      Node shown = shown(value, options);
      if (shown == null) {
        terminal.message(Visible.inLine(absent(value)));
        return ExitCode.ABSENT;
      }
      Output form = output == null ? Output.of(shown) : output;
      terminal.print(form.write(shown, path));
      return ExitCode.OK;
    }
  }

  /** What is printed of a value; null where there is none. */
  static @Nullable Node shown(Value value, Options options) {
    return shown(value, options.reveal());
  }

  static @Nullable Node shown(Value value, boolean reveal) {
    return reveal ? value.node() : value.masked();
  }

  /** Says that there is nothing, and what may have been meant. */
  static String absent(Value value) {
    String hint = value.meant().map(path -> "; did you mean " + path + "?").orElse("");
    return "absent: " + value.path() + hint;
  }
}
