package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "  gimbal explain port --source app.yaml --source app-{profile}.yaml --profile prod",
            "",
            Syntax.EXIT_CODES);
    spec.usageMessage()
        .customSynopsis("gimbal explain PATH" + Syntax.LAYERS + " [--output FORMAT] [--reveal]");
    spec.addPositional(Syntax.path(true, "Which value, such as hosts[0].port."));
    spec.addOption(
        Syntax.output(
            "text, or json: one line of {\"path\":PATH,\"value\":TEXT,\"candidates\":[...],"
                + "\"steps\":[...],\"down\":[...]}, where null stands for absent. By default text.",
            "text",
            "json"));
    return Syntax.reveal(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    boolean json = options.json();
    ConfigPath path = options.path();
    try (Config config = options.open(false)) {
      StatusMessages.tellUnwell(config, terminal);
      Explanation explanation = config.explain(path.toString(), options.reveal());
      if (json) {
        terminal.line(json(explanation));
      } else {
        terminal.print(Visible.text(explanation));
      }
      if (explanation.value().isPresent()) {
        return ExitCode.OK;
      }
      terminal.flush();
      boolean isKnown = !explanation.candidates().isEmpty(); // removed, so that it was meant
      String absent = isKnown ? "absent: " + path : GetCommand.absent(config.get(path));
      terminal.message(Visible.inLine(absent));
      return ExitCode.ABSENT;
    }
  }

  private static String json(Explanation explanation) {
    List<JsonLine> candidates = new ArrayList<>();
    for (Explanation.Candidate candidate : explanation.candidates()) {
      candidates.add(
          new JsonLine()
              .text("outcome", candidate.outcome().name().toLowerCase(Locale.ROOT))
              .text("value", candidate.value())
              .place(candidate.origin())
              .tree("labels", Nodes.of(candidate.labels(), Scalar.Template.NONE)));
    }
    List<JsonLine> down = new ArrayList<>();
    for (Explanation.Down source : explanation.down()) {
      down.add(new JsonLine().text("source", source.source()).text("reason", source.reason()));
    }
    return new JsonLine()
        .text("path", explanation.path().toString())
        .tree("value", explanation.value().map(Scalar::string).orElse(null))
        .list("candidates", candidates)
        .list("steps", explanation.steps().stream().map(JsonLine::of).toList())
        .list("down", down)
        .toString();
  }
}
