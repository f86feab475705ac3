package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal explain}: who won at a path, who lost, how placeholders were resolved. */
final class ExplainCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.spec(
            "explain",
            "Tells where the value at a path comes from: who won, who lost, how placeholders were"
                + " resolved.",
            "Examples:",
            "  gimbal explain server.port --source defaults.properties --source app.yaml",
            "  gimbal explain db.url --source app.yaml --source env:APP_ --set db.host=localhost",
            "",
            Syntax.EXIT_CODES);
    spec.usageMessage()
        .customSynopsis("gimbal explain PATH --source SPEC ... [--set PATH=VALUE ...] [--reveal]");
    spec.addPositional(Syntax.path(true, "Which value, such as hosts[0].port."));
    return Syntax.reveal(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    ConfigPath path = options.path();
    try (Config config = options.open(false)) {
      StatusMessages.tellUnwell(config, terminal);
      Explanation explanation = config.explain(path.toString(), options.reveal());
      terminal.print(Visible.text(explanation));
      if (explanation.value().isPresent()) {
        return ExitCode.OK;
      }
      terminal.flush();
      terminal.message("absent: " + Visible.inLine(path.toString()));
      return ExitCode.ABSENT;
    }
  }
}
