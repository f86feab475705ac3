package dev.gimbal.cli;

import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal formats}: which formats are on the class path. */
final class FormatsCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Syntax.listing(
        "formats",
        "Lists the formats that are on the class path, each with its extensions of file names.",
        "{\"format\":NAME,\"extensions\":[NAME,...]}");
  }

  @Override
  public int run(Options options, Terminal terminal) {
    boolean json = options.json();
    Formats formats = Formats.installed(List.of());
    for (String name : formats.names()) {
      List<String> extensions = extensions(formats, formats.get(name));
      terminal.line(
          json
              ? new JsonLine()
                  .text("format", name)
                  .tree("extensions", Nodes.of(extensions, Scalar.Template.NONE))
                  .toString()
              : name + ": " + String.join(", ", extensions));
    }
    return ExitCode.OK;
  }

  /** The extensions that no other format has taken over, sorted. */
  private static List<String> extensions(Formats formats, Format format) {
    return format.extensions().stream()
        .filter(extension -> formats.find(extension) == format)
        .sorted()
        .toList();
  }
}
