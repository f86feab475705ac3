package dev.gimbal.cli;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.jsonschema.JsonSchema;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal check}: all problems at once, then what is odd. */
final class CheckCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.spec(
            "check",
            "Reads all sources and reports every problem at once, each with the line of its place,"
                + " or what is accepted but odd.",
            "Examples:",
            "  gimbal check --source defaults.properties --source app.yaml",
            "  gimbal check --source dir:/etc/app?as=documents --output json",
            "  gimbal check --source app.yaml --schema app.schema.json",
            "",
            "Exit codes: 0 no problem, though there may be warnings; 2 usage; 3 problems;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal check" + Syntax.LAYERS + " [--schema FILE] [--output FORMAT] [--reveal]");
    spec.addOption(
        Syntax.text("FILE", "--schema")
            .description(
                "Check what the sources give together by a JSON Schema, which may be written in any"
                    + " format.")
            .build());
    spec.addOption(
        Syntax.output(
            "text, or json: lines of {\"severity\":\"error\" or"
                + " \"warning\",\"code\":ID,\"path\":PATH,\"message\":TEXT,\"source\":NAME,\"document\":NAME,\"line\":N,\"column\":N,\"found\":TEXT,\"expected\":TEXT,\"suggestion\":TEXT,\"overridden\":[PLACE],\"steps\":[STEP],\"begin\":PLACE,\"excerpt\":{\"line\":N,\"text\":TEXT,\"caret\":N,\"begin\":LINE}},"
                + " and without an error {\"sources\":N,\"keys\":N}. By default text.",
            "text",
            "json"));
    spec.addOption(
        Syntax.flag("--reveal")
            .description("Show the lines of documents with their values, which are *** otherwise.")
            .build());
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    KeptDocuments documents = new KeptDocuments(options.reveal());
    CheckReport report = new CheckReport(options, documents, terminal);
    Config opened;
    try {
      opened = options.open(false, documents::keeping, builder -> checking(options, builder));
    } catch (ConfigException e) {
      new Findings(options, documents, report).tell(e);
      return ExitCode.CONFIGURATION;
    }
    try (Config config = opened) {
      config.warnings().forEach(report::warning);
      config.status().sources().forEach(report::warning);
      report.accepted(options.sources().size(), keys(config.root().node()));
      return ExitCode.OK;
    }
  }

  private static Config.Builder checking(Options options, Config.Builder builder) {
    if (!options.has("--schema")) {
      return builder;
    }
    String file = options.text("--schema");
    return builder.validator(file, JsonSchema.read(Path.of(file)));
  }

  /** How many scalars and lists a tree holds. */
  private static int keys(@Nullable Node node) {
    if (!(node instanceof ObjectNode object)) {
      return node == null ? 0 : 1;
    }
    int[] keys = {0};
    object.forEach((key, child) -> keys[0] += keys(child));
    return keys[0];
  }
}
