package dev.gimbal.cli;

import dev.gimbal.Change;

/** How {@code watch} writes a change. */
interface ChangeForm {

  /** Lines, each with a line feed, that a terminal does not take for something else. */
  String text(Change change);
}
