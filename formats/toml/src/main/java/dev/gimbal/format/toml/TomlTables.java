package dev.gimbal.format.toml;

import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/** Writes tables with headers: in place of one, or behind others. Used by one thread. */
final class TomlTables {

  private final TomlPlace place;
  private final String source;

  TomlTables(TomlPlace place) {
    this.place = place;
    this.source = place.source;
  }

  /**
   * Puts other lines below the header of the table that stands there, and takes its tables away.
   */
  String replace(TomlSpans.Section section, Node value) {
    ObjectNode object = table(value);
    int header = place.endOfLine(section.begin);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (TomlSpans.Span span : new TomlRemoval(place).linesOf(section.table)) {
      if (span.begin() == place.lineBegin(section.begin)) {
        out.append(source, at, header).append(lines(object, indent(section)));
        at = place.endOfLine(section.end);
      } else {
        out.append(source, at, span.begin());
        at = span.end();
      }
    }
    return out.append(source, at, source.length()).toString();
  }

  /** Puts a table behind the last one of a list of tables, and behind the tables in that. */
  String append(TomlList list, Node value) {
    ObjectNode object = table(value);
    TomlSpans.Section last = Objects.requireNonNull(place.spans.section(list.last()));
    String header = indent(last) + "[[" + name() + "]]";
    return insert(list.last(), header + lines(object, indent(last)));
  }

  /** Gives the table that stands there a header of its own, and a line below it. */
  String withHeader(TomlNode element, String line) {
    return insert(element, "[" + name() + "]" + place.lineBreak() + line);
  }

  private ObjectNode table(Node value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw place.refusal("only a table can stand in a list of tables");
  }

  private String insert(TomlNode behind, String text) {
    Set<TomlNode> below = Collections.newSetFromMap(new IdentityHashMap<>());
    TomlRemoval.collect(behind, below);
    int end = 0;
    for (TomlSpans.Section section : place.spans.sections) {
      if (below.contains(section.table)) {
        end = Math.max(end, place.endOfLine(section.end));
      }
    }
    String gap = place.lineBreak().repeat(2);
    return source.substring(0, end) + gap + text + source.substring(end);
  }

  private String lines(ObjectNode object, String indent) {
    StringBuilder out = new StringBuilder();
    for (String key : object.keys()) {
      String value = TomlWriter.value(Objects.requireNonNull(object.get(key)), true);
      out.append('\n').append(indent).append(TomlWriter.key(key)).append(" = ").append(value);
    }
    return out.toString().replace("\n", place.lineBreak());
  }

  private String indent(TomlSpans.Section section) {
    return source.substring(place.lineBegin(section.begin), section.begin);
  }

  /** As headers name what is on the way: elements of lists have no name. */
  private String name() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < place.depth; i++) {
      if (!place.path.isIndex(i)) {
        name.append(name.length() == 0 ? "" : ".").append(TomlWriter.key(place.path.key(i)));
      }
    }
    return name.toString();
  }
}
