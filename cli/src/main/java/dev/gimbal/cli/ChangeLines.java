package dev.gimbal.cli;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Origin;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;

/** Prints a line of JSON for each value that changed. Called by one thread at a time. */
final class ChangeLines implements ChangeListener {

  private final Terminal terminal;
  private final boolean reveal;
  private final Runnable whenUnread;

  /**
   * @param whenUnread runs when nobody takes the lines any more
   */
  ChangeLines(Terminal terminal, boolean reveal, Runnable whenUnread) {
    this.terminal = terminal;
    this.reveal = reveal;
    this.whenUnread = whenUnread;
  }

  @Override
  public void onChange(Change change) {
    for (Change.Entry entry : change.changes()) {
      Value holder = entry.after().exists() ? entry.after() : entry.before();
      terminal.line(
          new JsonLine()
              .number("version", change.version())
              .text("path", entry.path().toString())
              .tree("old", shown(entry.before()))
              .tree("new", shown(entry.after()))
              .text("source", holder.origin().map(Origin::source).orElse(""))
              .toString());
    }
    if (!terminal.flush()) {
      whenUnread.run();
    }
  }

  private @Nullable Node shown(Value value) {
    return reveal ? value.node() : value.masked();
  }
}
