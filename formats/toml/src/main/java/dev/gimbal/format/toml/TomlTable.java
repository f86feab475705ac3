package dev.gimbal.format.toml;

import dev.gimbal.format.TreeBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table, and what has made it: that decides what may be added to it. */
final class TomlTable extends TomlNode {

  enum Made {
    /** By the header of a table below it; it may still get its own. */
    ON_THE_WAY,
    /** By its own header. */
    BY_HEADER,
    /** By dotted keys of one section, or of one inline table: others may not add to it. */
    BY_DOTTED_KEYS,
    /** By braces, which are closed. */
    INLINE
  }

  Made made;

  /** The section whose dotted keys have made it. */
  int section;

  /** How many tables and lists are open with this one. */
  final int depth;

  private final Map<String, TomlNode> members = new LinkedHashMap<>();

  TomlTable(Made made, int depth, int line, int column) {
    super(line, column);
    this.made = made;
    this.depth = depth;
  }

  @Nullable TomlNode get(TomlKey key) {
    return members.get(key.name());
  }

  Map<String, TomlNode> members() {
    return members;
  }

  void put(TomlKey key, TomlNode value) {
    value.keyLine = key.line();
    value.keyColumn = key.column();
    members.put(key.name(), value);
  }

  @Override
  void emit(TreeBuilder out) {
    out.beginObject(line, column);
    members.forEach(
        (key, value) -> {
          out.key(key, value.keyLine, value.keyColumn);
          value.emit(out);
        });
    out.end();
  }
}
