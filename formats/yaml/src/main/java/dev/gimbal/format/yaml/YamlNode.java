package dev.gimbal.format.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node as the document wrote it. Aliases are references to the same node. Used by one thread. */
final class YamlNode {

  enum Kind {
    SCALAR,
    LIST,
    MAP
  }

  final Kind kind;
  final int line;
  final int column;

  /** A scalar's tag in its long form, or null. */
  final @Nullable String tag;

  /** A scalar's text; empty for others. */
  final String text;

  /** Whether a scalar is written without quotes and not as a block. */
  final boolean plain;

  /** A list's elements; a map's keys and values by turns, its merge keys resolved. */
  List<YamlNode> items;

  /** Whether the end of this list or map is still to come. */
  boolean open;

  private YamlNode(
      Kind kind, int line, int column, @Nullable String tag, String text, boolean plain) {
    this.kind = kind;
    this.line = line;
    this.column = column;
    this.tag = tag;
    this.text = text;
    this.plain = plain;
    this.items = kind == Kind.SCALAR ? List.of() : new ArrayList<>();
    this.open = kind != Kind.SCALAR;
  }

  static YamlNode scalar(int line, int column, @Nullable String tag, String text, boolean plain) {
    return new YamlNode(Kind.SCALAR, line, column, tag, text, plain);
  }

  static YamlNode collection(Kind kind, int line, int column) {
    return new YamlNode(kind, line, column, null, "", false);
  }

  /** Whether this is a scalar that stands for nothing. */
  boolean isNull() {
    return kind == Kind.SCALAR && YamlScalars.isNull(text, plain, tag);
  }

  /** Whether this key merges the maps that follow it. */
  boolean isMergeKey() {
    return plain && tag == null && text.equals("<<");
  }
}
