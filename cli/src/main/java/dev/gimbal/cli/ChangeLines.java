package dev.gimbal.cli;

import dev.gimbal.Change;
import dev.gimbal.ChangeListener;

/** Prints each change. Called by one thread at a time. */
final class ChangeLines implements ChangeListener {

  private final Terminal terminal;
  private final ChangeForm form;
  private final Runnable whenUnread;

  /**
   * @param whenUnread runs when nobody takes the lines any more
   */
  ChangeLines(Terminal terminal, ChangeForm form, Runnable whenUnread) {
    this.terminal = terminal;
    this.form = form;
    this.whenUnread = whenUnread;
  }

  @Override
  public void onChange(Change change) {
    terminal.print(form.text(change));
    if (!terminal.flush()) {
      whenUnread.run();
    }
  }
}
