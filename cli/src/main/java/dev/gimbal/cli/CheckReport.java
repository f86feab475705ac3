package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;

/** What {@code check} prints: text, or lines of JSON. Used by one thread. */
final class CheckReport {

  private final Terminal terminal;
  private final KeptDocuments documents;
  private final boolean json;

  /**
   * @param documents what lines are shown of as they are; where nothing is kept, they are masked
   */
  CheckReport(Options options, KeptDocuments documents, Terminal terminal) {
    this.terminal = terminal;
    this.documents = documents;
    this.json = options.json();
  }

  void error(Problem problem) {
    Problem shown = documents.revealed(problem);
    if (json) {
      terminal.line(JsonLine.of("error", shown).toString());
    } else {
      terminal.message(Visible.text(shown));
    }
  }

  /** Begins what is wrong in the sources that are not wrong by themselves. */
  void others() {
    if (!json) {
      terminal.message("in the other sources:");
    }
  }

  void warning(Problem problem) {
    Problem shown = documents.revealed(problem);
    if (json) {
      terminal.line(JsonLine.of("warning", shown).toString());
    } else {
      terminal.message("warning: " + Visible.text(shown));
    }
  }

  /** Tells of a source that is odd, or optional and not there. */
  void warning(SourceStatus status) {
    ConfigException reason = status.reason();
    if (json && reason != null) {
      reason.problems().forEach(this::warning);
      return;
    }
    switch (status.state()) {
      case DEGRADED -> terminal.message("warning: " + StatusMessages.text(status));
      case DOWN -> terminal.message("warning: optional: " + StatusMessages.reason(status));
      case OK -> {}
    }
  }

  /** Tells that nothing is wrong. */
  void accepted(int sources, int keys) {
    terminal.line(
        json
            ? new JsonLine().number("sources", sources).number("keys", keys).toString()
            : "ok: " + count(sources, "source") + ", " + count(keys, "key"));
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
