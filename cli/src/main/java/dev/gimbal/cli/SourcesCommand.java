package dev.gimbal.cli;

import dev.gimbal.source.SourceResolver;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gimbal sources}: the schemes of which sources are on the class path. */
final class SourcesCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Syntax.listing(
        "sources",
        "Lists the schemes that a SPEC may begin with: those of the sources on the class path.",
        "{\"scheme\":NAME}");
  }

  @Override
  public int run(Options options, Terminal terminal) {
    boolean json = options.json();
    for (String scheme : SourceResolver.installed(List.of()).schemes()) {
      terminal.line(json ? new JsonLine().text("scheme", scheme).toString() : scheme + ":");
    }
    return ExitCode.OK;
  }
}
