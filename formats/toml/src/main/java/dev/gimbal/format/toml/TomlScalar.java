package dev.gimbal.format.toml;

import dev.gimbal.format.TreeBuilder;

/** A string, a number in JSON's spelling, or a boolean. */
final class TomlScalar extends TomlNode {

  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN
  }

  private final Kind kind;
  private final String text;

  TomlScalar(Kind kind, String text, int line, int column) {
    super(line, column);
    this.kind = kind;
    this.text = text;
  }

  @Override
  void emit(TreeBuilder out) {
    switch (kind) {
      case STRING -> out.string(text, line, column);
      case NUMBER -> out.number(text, line, column);
      case BOOLEAN -> out.bool(text.equals("true"), line, column);
    }
  }
}
