package dev.gimbal.cli;

import dev.gimbal.Origin;
import dev.gimbal.Problem;

/** What {@code check} prints, with an excerpt of the document at each place. Used by one thread. */
final class CheckReport {

  /** How many excerpts there are; further problems have only their places. */
  private static final int MAX_EXCERPTS = 100;

  private final Terminal terminal;
  private final Documents documents;
  private final boolean reveal;
  private int excerpts;

  CheckReport(Terminal terminal, Documents documents, boolean reveal) {
    this.terminal = terminal;
    this.documents = documents;
    this.reveal = reveal;
  }

  void error(Problem problem) {
    terminal.message(Visible.text(problem) + excerpt(problem));
  }

  /** Begins what is wrong in the sources that are not wrong by themselves. */
  void others() {
    terminal.message("in the other sources:");
  }

  void warning(Problem problem) {
    terminal.message("warning: " + Visible.text(problem) + excerpt(problem));
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
