package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;

/**
 * What {@code check} prints: text with an excerpt of the document at each place, or lines of JSON.
 * Used by one thread.
 */
final class CheckReport {

  /** How many excerpts there are; further problems have only their places. */
  private static final int MAX_EXCERPTS = 100;

  private final Terminal terminal;
  private final KeptDocuments documents;
  private final boolean reveal;
  private final boolean json;
  private int excerpts;

  CheckReport(Options options, KeptDocuments documents, Terminal terminal) {
    this.terminal = terminal;
    this.documents = documents;
    this.reveal = options.reveal();
    this.json = options.json();
  }

  void error(Problem problem) {
    if (json) {
      terminal.line(JsonLine.of("error", problem).toString());
    } else {
      terminal.message(Visible.text(problem) + excerpt(problem));
    }
  }

  /** Begins what is wrong in the sources that are not wrong by themselves. */
  void others() {
    if (!json) {
      terminal.message("in the other sources:");
    }
  }

  void warning(Problem problem) {
    if (json) {
      terminal.line(JsonLine.of("warning", problem).toString());
    } else {
      terminal.message("warning: " + Visible.text(problem) + excerpt(problem));
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

  /** The excerpt on lines of its own; empty where there is none. */
  private String excerpt(Problem problem) {
    Origin origin = problem.origin();
    DocumentLines document = origin == null ? null : documents.find(origin);
    if (origin == null || document == null || excerpts == MAX_EXCERPTS) {
      return "";
    }
    String excerpt = Excerpt.text(document, origin, reveal);
    excerpts += excerpt.isEmpty() ? 0 : 1;
    return excerpt.isEmpty() ? "" : "\n" + excerpt;
  }
}
