package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.Sources;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
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
            "Prints a document in another format. Placeholders and encrypted values stay as they"
                + " stand, comments are left out. A document with a secret that anybody could read"
                + " is refused without --reveal.",
            "Examples:",
            "  gimbal convert app.yaml --to json",
            "  gimbal convert settings --from properties --to yaml --reveal",
            "  kubectl get configmap app -o json | gimbal convert - --from json --to yaml",
            "",
            "Exit codes: 0 done; 2 usage; 3 it cannot be read or expressed, or holds secrets;",
            Syntax.EXIT_CODES_OF_FAILURES);
    spec.usageMessage()
        .customSynopsis(
            "gimbal convert FILE [--from FORMAT] --to FORMAT [--secret PATTERN ...] [--reveal]");
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
    spec.addOption(Syntax.secret());
    spec.addOption(
        Syntax.flag("--reveal").description("Print secrets as well, as they stand.").build());
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
    Source source =
        STANDARD_INPUT.contains(file)
            ? new Input(input(formats, from, terminal))
            : Sources.of(from.isEmpty() ? file : withFormat(file, from));
    Node tree = WholeDocument.of(source, options, terminal);
    terminal.print(Output.line(to.write(to.hasLiterals() ? tree : Literals.escape(tree))));
    return ExitCode.OK;
  }

  /** Standard input, as it was read. */
  private record Input(Document document) implements Source {

    static final String NAME = "standard input";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Session open(Sink sink) {
      sink.document(Revision.of(1), document);
      return () -> {};
    }
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

  private static Document input(Formats formats, String from, Terminal terminal) {
    if (from.isEmpty()) {
      throw new UsageException("which format? --from is missing; standard input has no extension");
    }
    int most = (int) ReadOptions.DEFAULT.limits().maxBytes() + 1;
    byte[] bytes;
    try {
      // A FileInputStream would ask how long it is, which a pipe cannot say.
      bytes = new BufferedInputStream(terminal.in()).readNBytes(most);
    } catch (IOException e) {
      String message = "it cannot be read: " + e.getMessage();
      throw new ConfigException(
          Problem.at(ErrorCode.SOURCE_FAILED, Origin.of(Input.NAME), message));
    }
    return formats.parse(Input.NAME, new Content(Input.NAME, from, bytes), ReadOptions.DEFAULT);
  }

  private static String withFormat(String file, String format) {
    boolean hasOptions = !Options.isFile(file) && !SourceSpec.parse(file).options().isEmpty();
    return file + (hasOptions ? "&" : "?") + "format=" + format;
  }
}
