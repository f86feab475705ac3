package dev.gimbal.cli;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;
import dev.gimbal.Origin;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.tree.Node;
import org.jspecify.annotations.Nullable;

/** Prints a line of JSON for each value that changed. Called by one thread at a time. */
final class ChangeLines implements ChangeListener {

  private final Terminal terminal;
  private final boolean reveal;
  private final Runnable whenUnread;

  /** What the old values are from. Written by the thread that prints, read by the next one. */
  private volatile Snapshot before;

  /**
   * @param before what is there when the watch begins
   * @param whenUnread runs when nobody takes the lines any more
   */
  ChangeLines(Terminal terminal, boolean reveal, Snapshot before, Runnable whenUnread) {
    this.terminal = terminal;
    this.reveal = reveal;
    this.before = before;
    this.whenUnread = whenUnread;
  }

  @Override
  public void onChange(Change change) {
    Masking masksOld = new Masking(before);
    Masking masksNew = new Masking(change.snapshot());
    before = change.snapshot();
    for (Change.Entry entry : change.changes()) {
      Value holder = entry.after().exists() ? entry.after() : entry.before();
      terminal.line(
          new JsonLine()
              .number("version", change.version())
              .text("path", entry.path().toString())
              .tree("old", shown(entry.before(), masksOld))
              .tree("new", shown(entry.after(), masksNew))
              .text("source", holder.origin().map(Origin::source).orElse(""))
              .toString());
    }
    if (!terminal.flush()) {
      whenUnread.run();
    }
  }

  private @Nullable Node shown(Value value, Masking masking) {
    Node node = value.node();
    return node == null || reveal ? node : masking.mask(node, value.path());
  }
}
