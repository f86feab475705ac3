package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.SourceSpec;
import dev.gimbal.tree.Node;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal convert}: writes a document in another format. */
final class ConvertCommand implements Command {

  private static final Set<String> STANDARD_INPUT = Set.of("-", "/dev/stdin");

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.bare(
            "convert",
            "Prints a document in another format. Secrets are not masked, placeholders stay as they"
                + " stand, comments are left out.",
            "Examples:",
            "  gimbal convert app.yaml --to json",
            "  gimbal convert settings --from properties --to yaml",
            "  kubectl get configmap app -o json | gimbal convert - --from json --to yaml",
            "",
            "Exit codes: 0 done; 2 usage; 3 it cannot be read, or the format cannot express it;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage().customSynopsis("gimbal convert FILE [--from FORMAT] --to FORMAT");
    spec.addPositional(
        Syntax.argument(0, "FILE", "A path or a URI, such as app.yaml; - for standard input."));
    spec.addOption(
        Syntax.text("FORMAT", "--from")
            .description("What it is written in. By default, its extension says so.")
            .completionCandidates(ConvertCommand::formats)
            .build());
    spec.addOption(
        Syntax.text("FORMAT", "--to")
            .required(true)
            .description("What to write; gimbal formats lists them.")
            .completionCandidates(ConvertCommand::formats)
            .build());
    return Syntax.help(spec);
  }

  @Override
  public int run(Options options, Terminal terminal) {
    Formats formats = Formats.installed(List.of());
    Format to = format(formats, "--to", options.text("--to"));
    String file = options.argument(0);
    String from = options.text("--from");
    if (!from.isEmpty()) {
      format(formats, "--from", from);
    }
    Node tree =
        STANDARD_INPUT.contains(file)
            ? input(formats, from, terminal)
            : WholeDocument.of(
                Sources.of(from.isEmpty() ? file : withFormat(file, from)), terminal);
    terminal.print(Output.line(to.write(to.hasLiterals() ? tree : Literals.escape(tree))));
    return ExitCode.OK;
  }

  /** The names of the formats, looked for when somebody asks. */
  private static Iterator<String> formats() {
    return Formats.installed(List.of()).names().iterator();
  }

  private static Format format(Formats formats, String option, String name) {
    Format format = formats.find(name);
    if (format == null) {
      String known = String.join(", ", formats.names());
      throw new UsageException(option + ": \"" + name + "\" (expected: " + known + ")");
    }
    return format;
  }

  private static Node input(Formats formats, String from, Terminal terminal) {
    if (from.isEmpty()) {
      throw new UsageException("which format? --from is missing; standard input has no extension");
    }
    String name = "standard input";
    int most = (int) ReadOptions.DEFAULT.limits().maxBytes() + 1;
    byte[] bytes;
    try {
      // A FileInputStream would ask how long it is, which a pipe cannot say.
      bytes = new BufferedInputStream(terminal.in()).readNBytes(most);
    } catch (IOException e) {
      String message = "it cannot be read: " + e.getMessage();
      throw new ConfigException(Problem.at(ErrorCode.SOURCE_FAILED, Origin.of(name), message));
    }
    return formats.parse(name, new Content(name, from, bytes), ReadOptions.DEFAULT).tree();
  }

  private static String withFormat(String file, String format) {
    boolean hasOptions = !Options.isFile(file) && !SourceSpec.parse(file).options().isEmpty();
    return file + (hasOptions ? "&" : "?") + "format=" + format;
  }
}
