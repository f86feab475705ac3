package dev.gimbal.format.toml;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Takes a value away. Used by one thread. */
final class TomlRemoval {

  private final TomlPlace place;
  private final String source;

  TomlRemoval(TomlPlace place) {
    this.place = place;
    this.source = place.source;
  }

  String remove() {
    TomlNode value = place.last();
    TomlNode holder = place.holder();
    boolean alone = TomlPlace.children(holder).size() == 1;
    boolean onlyByIt =
        holder instanceof TomlList list
            ? list.ofTables
            : !place.isWritten(holder) && place.spans.section(holder) == null;
    if (alone && onlyByIt && place.way.size() > 2) {
      TomlSpans.Section section = place.spans.holders.get(value);
      int base = section == null ? braces() : place.way.indexOf(section.table);
      if (place.isWritten(value) && base >= 0) {
        return emptied(value, base);
      }
      TomlPlace without = new TomlPlace(withoutIt(), place.path.parent());
      Node empty = holder instanceof TomlList ? ListNode.EMPTY : ObjectNode.EMPTY;
      return new TomlAddition(without).add(empty);
    }
    return withoutIt();
  }

  /** The place of the table in braces on the way, or -1. */
  private int braces() {
    int last = place.way.size() - 2;
    while (last >= 0 && !place.isWritten(place.way.get(last))) {
      last--;
    }
    return last;
  }

  /** The text without the value, and without what holds it if that has nothing else. */
  String withoutIt() {
    TomlNode value = place.last();
    if (place.spans.holders.containsKey(value)) {
      int line = place.lineBegin(key(value));
      return source.substring(0, line) + source.substring(place.nextLine(place.span(value).end()));
    }
    return place.isWritten(value) ? inBrackets(value) : lines(value);
  }

  /** An empty table in place of the only value of a table that dotted keys make. */
  private String emptied(TomlNode value, int base) {
    String key = place.dots(base, place.depth - 1);
    return source.substring(0, key(value))
        + key
        + " = {}"
        + source.substring(place.span(value).end());
  }

  private int key(TomlNode value) {
    Integer key = place.spans.keys.get(value);
    return key == null ? place.span(value).begin() : key;
  }

  private String inBrackets(TomlNode value) {
    int begin = key(value);
    int end = place.span(value).end();
    int comma = place.skipGap(end);
    boolean trailing = source.charAt(comma) == ',';
    int behind = trailing ? comma + 1 : end;
    int before = begin - 1;
    while (before >= 0 && " \t\r\n".indexOf(source.charAt(before)) >= 0) {
      before--;
    }
    int eol = place.endOfLine(behind);
    String rest = source.substring(behind, eol).strip();
    boolean ownLine = place.isFirst(begin) && (rest.isEmpty() || rest.startsWith("#"));
    if (ownLine && place.lineBegin(begin) > 0) {
      return source.substring(0, place.lineBegin(begin)) + source.substring(place.nextLine(behind));
    }
    boolean last = !trailing || "]}".indexOf(source.charAt(place.skipGap(behind))) >= 0;
    if (last && source.charAt(before) == ',') {
      return source.substring(0, before) + source.substring(end);
    }
    int from = behind;
    while (trailing && !last && " \t".indexOf(source.charAt(from)) >= 0) {
      from++;
    }
    return source.substring(0, begin) + source.substring(last ? behind : from);
  }

  /** Takes all lines of a table away, with those of the tables in it. */
  private String lines(TomlNode value) {
    List<TomlSpans.Span> gone = linesOf(value);
    if (gone.isEmpty() && value instanceof TomlTable table) {
      return inBraces(table);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (TomlSpans.Span span : gone) {
      out.append(source, at, span.begin());
      at = span.end();
    }
    return out.append(source, at, source.length()).toString();
  }

  /** Takes all entries of a table away that dotted keys in braces make. */
  private String inBraces(TomlTable table) {
    String text = source;
    for (String key : table.members().keySet()) {
      TomlPlace member = new TomlPlace(text, place.path.child(key));
      text = new TomlRemoval(member).withoutIt();
    }
    return text;
  }

  /** The lines of a table and of the tables in it, in order. */
  List<TomlSpans.Span> linesOf(TomlNode value) {
    Set<TomlNode> below = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(value, below);
    List<TomlSpans.Span> lines = new ArrayList<>();
    for (TomlSpans.Section section : place.spans.sections) {
      if (section.begin >= 0 && below.contains(section.table)) {
        lines.add(new TomlSpans.Span(place.lineBegin(section.begin), place.nextLine(section.end)));
      }
    }
    place.spans.holders.forEach(
        (node, section) -> {
          if (below.contains(node) && !below.contains(section.table)) {
            int begin = place.lineBegin(key(node));
            lines.add(new TomlSpans.Span(begin, place.nextLine(place.span(node).end())));
          }
        });
    lines.sort((a, b) -> Integer.compare(a.begin(), b.begin()));
    return lines;
  }

  static void collect(TomlNode node, Set<TomlNode> below) {
    below.add(node);
    TomlPlace.children(node).forEach(child -> collect(child, below));
  }
}
