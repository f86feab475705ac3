package dev.gimbal.format.toml;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/** Writes a value in place of one, or beside others. Used by one thread. */
final class TomlAddition {

  private final TomlPlace place;
  private final ConfigPath path;
  private final String source;

  TomlAddition(TomlPlace place) {
    this.place = place;
    this.path = place.path;
    this.source = place.source;
  }

  String replace(Node value) {
    return replace(place.last(), value);
  }

  private String replace(TomlNode old, Node value) {
    TomlSpans.Span span = place.span(old);
    boolean ofLines = place.spans.holders.containsKey(old);
    return spliced(span.begin(), span.end(), written(value, span.begin(), ofLines));
  }

  private String spliced(int from, int to, String text) {
    return source.substring(0, from) + text + source.substring(to);
  }

  /** A value in the quotes that stand there, if these can hold it. */
  private String written(Node value, int old, boolean ofLines) {
    String text = lines(value, ofLines); // refuses what has no form
    if (!(value instanceof Scalar scalar) || scalar.kind() != Scalar.Kind.STRING) {
      return text;
    }
    String string = scalar.text();
    boolean literal = string.indexOf('\'') < 0 && !TomlWriter.hasControls(string);
    if (source.startsWith("'''", old)) {
      boolean holds =
          string.indexOf('\n') >= 0
              && string.indexOf('\'') < 0
              && !TomlWriter.hasControls(string.replace("\n", ""));
      return holds ? "'''\n".concat(string).concat("'''").replace("\n", place.lineBreak()) : text;
    }
    if (source.startsWith("\"\"\"", old) || source.charAt(old) != '\'' && string.contains("\n")) {
      return text;
    }
    if (source.charAt(old) == '\'' && literal) {
      return "'" + string + "'";
    }
    return source.charAt(old) == '"' ? TomlWriter.inQuotes(string) : text;
  }

  private String lines(Node value, boolean ofLines) {
    return TomlWriter.value(value, ofLines).replace("\n", place.lineBreak());
  }

  // ---- beside others

  /** Adds what is missing of the path. */
  String add(Node value) {
    TomlNode last = place.last();
    if (last instanceof TomlList list && path.isIndex(place.depth)) {
      return append(list, value);
    }
    if (!(last instanceof TomlTable table) || path.isIndex(place.depth)) {
      if (!place.isWritten(last)) {
        throw place.refusal("no key leads into a list, and no index into a table");
      }
      return replace(last, nested(place.depth, value));
    }
    int keys = place.depth + 1;
    boolean dotted = table.made != TomlTable.Made.INLINE;
    while (dotted && keys < path.size() && !path.isIndex(keys)) {
      keys++;
    }
    String key = place.dots(place.depth, keys);
    Node node = nested(keys, value);
    if (table.made == TomlTable.Made.INLINE) {
      return into(table, key + " = " + lines(node, false));
    }
    return addLine(table, key, node);
  }

  /** The value with the lists and objects that are missing on the way to it. */
  private Node nested(int from, Node value) {
    for (int i = from; i < path.size(); i++) {
      if (path.isIndex(i) && path.index(i) > 0) {
        throw place.refusal("the index is beyond the end of the list");
      }
    }
    return Nodes.set(null, path.suffix(from), value);
  }

  private String append(TomlList list, Node value) {
    if (path.index(place.depth) > list.elements().size()) {
      throw place.refusal("the index is beyond the end of the list");
    }
    if (list.ofTables) {
      return new TomlTables(place).append(list, nested(place.depth + 1, value));
    }
    return into(list, lines(nested(place.depth + 1, value), false));
  }

  /** Puts an entry behind the last one in brackets or braces. */
  private String into(TomlNode holder, String entry) {
    TomlSpans.Span span = place.span(holder);
    int end = place.endOfLast(holder);
    if (end == 0) {
      boolean braces = holder instanceof TomlTable;
      boolean nothing = span.end() == span.begin() + 2;
      String text = (braces ? " " : "") + entry + (braces && nothing ? " " : "");
      return spliced(span.begin() + 1, span.begin() + 1, text);
    }
    int begin = beginOfLast(holder);
    if (!place.isFirst(begin)) {
      return spliced(end, end, ", " + entry);
    }
    String indent = place.lineBreak() + source.substring(place.lineBegin(begin), begin);
    int comma = place.skipGap(end);
    if (source.charAt(comma) != ',') {
      String behind = source.substring(end, place.endOfLine(end));
      return spliced(end, end + behind.length(), "," + behind + indent + entry);
    }
    int eol = place.endOfLine(comma + 1);
    boolean closes = place.span(holder).end() <= eol;
    int at = closes ? comma + 1 : eol;
    return spliced(at, at, indent + entry + ",");
  }

  private int beginOfLast(TomlNode holder) {
    int begin = 0;
    for (TomlNode child : TomlPlace.children(holder)) {
      Integer key = place.spans.keys.get(child);
      if (place.isWritten(child)) {
        begin = Math.max(begin, key == null ? place.span(child).begin() : key);
      } else {
        begin = Math.max(begin, beginOfLast(child));
      }
    }
    return begin;
  }

  /** Puts a line at the end of those of a table. */
  private String addLine(TomlTable table, String key, Node value) {
    TomlSpans.Section section = place.spans.section(table);
    if (section == null && table.made == TomlTable.Made.BY_DOTTED_KEYS) {
      return addDotted(table, key, value);
    }
    String line = key + " = " + lines(value, true);
    if (section != null) {
      return addTo(section, line);
    }
    for (int i = place.depth - 1; i >= 0; i--) {
      if (path.isIndex(i)) {
        return new TomlTables(place).withHeader(place.way.get(i + 1), line);
      }
    }
    String header = "[" + place.dots(0, place.depth) + "]" + place.lineBreak();
    boolean closed = source.endsWith("\n");
    String end = place.lineBreak();
    return source + (closed ? "" : end) + end + header + line + (closed ? end : "");
  }

  private String addDotted(TomlTable table, String key, Node value) {
    TomlNode first = firstLine(table);
    TomlSpans.Section section = first == null ? null : place.spans.holders.get(first);
    if (section == null) {
      return addInBraces(key + " = " + lines(value, false));
    }
    int base = place.way.indexOf(section.table);
    return addTo(section, place.dots(base, place.depth) + "." + key + " = " + lines(value, true));
  }

  /** A table of dotted keys in braces, which are the nearest ones on the way. */
  private String addInBraces(String entry) {
    int i = place.depth - 1;
    while (!(place.way.get(i) instanceof TomlTable) || !place.isWritten(place.way.get(i))) {
      i--;
    }
    return into(place.way.get(i), place.dots(i, place.depth) + "." + entry);
  }

  /** The first value in a node with a line below a header that is on the way. */
  private @Nullable TomlNode firstLine(TomlNode node) {
    for (TomlNode child : TomlPlace.children(node)) {
      TomlSpans.Section section = place.spans.holders.get(child);
      TomlNode first =
          section == null || !place.way.contains(section.table)
              ? place.isWritten(child) ? null : firstLine(child)
              : child;
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  private String addTo(TomlSpans.Section section, String line) {
    String lineBreak = place.lineBreak();
    if (section.end >= 0) {
      int end = place.endOfLine(section.end);
      int begin = section.begin;
      int last = lastKey(section);
      int from = last < 0 ? begin : last;
      return spliced(end, end, lineBreak + indent(from) + line);
    }
    if (place.spans.sections.size() == 1) {
      boolean closed = source.isEmpty() || source.endsWith("\n");
      return source + (closed ? "" : lineBreak) + line + (closed ? lineBreak : "");
    }
    int at = place.lineBegin(place.spans.sections.get(1).begin);
    while (at > 0 && source.substring(place.lineBegin(at - 1), at).strip().startsWith("#")) {
      at = place.lineBegin(at - 1);
    }
    return spliced(at, at, line + lineBreak + lineBreak);
  }

  private String indent(int at) {
    return source.substring(place.lineBegin(at), at);
  }

  private int lastKey(TomlSpans.Section section) {
    int last = -1;
    for (var holder : place.spans.holders.entrySet()) {
      if (holder.getValue() == section) {
        Integer key = place.spans.keys.get(holder.getKey());
        last = Math.max(last, key == null ? -1 : key);
      }
    }
    return last;
  }
}
