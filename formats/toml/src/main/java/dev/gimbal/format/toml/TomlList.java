package dev.gimbal.format.toml;

import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.List;

/** A list: an array, which is complete where it ends, or the tables of {@code [[name]]}. */
final class TomlList extends TomlNode {

  final boolean ofTables;

  /** How many tables and lists are open with this one. */
  final int depth;

  private final List<TomlNode> elements = new ArrayList<>();

  TomlList(boolean ofTables, int depth, int line, int column) {
    super(line, column);
    this.ofTables = ofTables;
    this.depth = depth;
  }

  List<TomlNode> elements() {
    return elements;
  }

  void add(TomlNode element) {
    elements.add(element);
  }

  TomlNode last() {
    return elements.get(elements.size() - 1);
  }

  @Override
  void emit(TreeBuilder out) {
    out.beginList(line, column);
    for (TomlNode element : elements) {
      element.emit(out);
    }
    out.end();
  }
}
