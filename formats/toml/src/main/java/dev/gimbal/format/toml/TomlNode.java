package dev.gimbal.format.toml;

import dev.gimbal.format.TreeBuilder;

/** A value of a document that is being read, and where it stands. Used by one thread. */
abstract class TomlNode {

  int line;
  int column;

  /** Where its key stands; nothing for an element of a list. */
  int keyLine;

  int keyColumn;

  TomlNode(int line, int column) {
    this.line = line;
    this.column = column;
  }

  /** Gives it and what is in it to a builder. */
  abstract void emit(TreeBuilder out);
}
