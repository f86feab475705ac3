package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one TOML document into a builder. Tables are written in pieces, so they are gathered first
 * and given to the builder at the end. Used by one thread, for one document.
 */
class TomlReader {

  private final TreeBuilder out;
  private final TomlText text;
  private final TomlStrings strings;
  private final TomlWords words;
  private final TomlTable root;

  /** Where the pairs of the lines that follow belong. */
  private TomlTable current;

  /** Tells the dotted keys of each section and inline table from those of others. */
  private int section;

  private int sections;
  private int nodes;

  TomlReader(String text, TreeBuilder out) {
    this.out = out;
    this.text = new TomlText(text, out);
    this.strings = new TomlStrings(this.text);
    this.words = new TomlWords(this.text);
    this.root = table(TomlTable.Made.BY_HEADER, 0, 1, 1);
    this.current = root;
  }

  /** The header of a table was read, from its first bracket; its lines follow. */
  void headerEnds(TomlTable table, int begin, int end) {}

  /** A key with its value was read, in a table or in braces. */
  void pairEnds(TomlTable base, boolean ownLine, TomlNode value, int begin) {}

  /** A value was read. */
  void valueEnds(TomlNode value, int begin, int end) {}

  TomlTable root() {
    return root;
  }

  void read() {
    gather();
    root.emit(out);
  }

  /** Reads the tables, and gives them to nobody. */
  void gather() {
    text.gap();
    while (!text.isEnd()) {
      if (text.next() == '[') {
        header();
        text.endOfLine("header of a table");
      } else {
        pair(current);
        text.endOfLine("value");
      }
      text.gap();
    }
  }

  // ---- headers

  private void header() {
    int begin = text.at;
    text.at++;
    boolean ofList = text.take("[");
    List<TomlKey> keys = keys();
    String closing = ofList ? "]]" : "]";
    if (!text.take(closing)) {
      throw text.unexpected(text.at, "'.' or '" + closing + "' of the header of a table");
    }
    section = ++sections;
    TomlKey key = keys.get(keys.size() - 1);
    TomlTable parent = onTheWay(keys);
    TomlNode there = parent.get(key);
    if (ofList) {
      current = element(parent, key, there, keys);
    } else if (there == null) {
      current = put(parent, key, TomlTable.Made.BY_HEADER);
    } else if (there instanceof TomlTable table && table.made == TomlTable.Made.ON_THE_WAY) {
      table.made = TomlTable.Made.BY_HEADER;
      table.line = key.line();
      table.column = key.column();
      current = table;
    } else {
      current = twice(keys, there);
    }
    headerEnds(current, begin, text.at);
  }

  /** The table that holds the last key of a header. */
  private TomlTable onTheWay(List<TomlKey> keys) {
    TomlTable table = root;
    for (TomlKey key : keys.subList(0, keys.size() - 1)) {
      TomlNode there = table.get(key);
      if (there == null) {
        table = put(table, key, TomlTable.Made.ON_THE_WAY);
      } else if (there instanceof TomlList list && list.ofTables) {
        table = (TomlTable) list.last();
      } else {
        table = open(there, key);
      }
    }
    return table;
  }

  /** The next table of a list of tables. */
  private TomlTable element(
      TomlTable parent, TomlKey key, @Nullable TomlNode there, List<TomlKey> keys) {
    TomlList list;
    if (there == null) {
      list = list(true, parent.depth, key.line(), key.column());
      parent.put(key, list);
    } else if (there instanceof TomlList present && present.ofTables) {
      list = present;
    } else {
      return twice(keys, there);
    }
    TomlTable table = table(TomlTable.Made.BY_HEADER, list.depth, key.line(), key.column());
    list.add(table);
    return table;
  }

  /** What a key finds, if it is a table to which something may be added. */
  private TomlTable open(TomlNode there, TomlKey key) {
    if (there instanceof TomlTable table && table.made != TomlTable.Made.INLINE) {
      return table;
    }
    String found =
        there instanceof TomlTable
            ? "an inline table"
            : there instanceof TomlList ? "a list" : "a value";
    throw closed(key, found, there, "a table");
  }

  private ConfigException closed(TomlKey key, String found, TomlNode there, String expected) {
    String place = there.line + ":" + there.column;
    return out.malformed(
        key.line(),
        key.column(),
        "the key stands for " + found + " at " + place + ", expected " + expected);
  }

  /** Tells a key that stands twice; what belongs to it goes to a table that nobody sees. */
  private TomlTable twice(List<TomlKey> keys, TomlNode there) {
    TomlKey key = keys.get(keys.size() - 1);
    String[] names = keys.stream().map(TomlKey::name).toArray(String[]::new);
    String path = names.length == 1 ? names[0] : ConfigPath.of(names).toString();
    out.twice(path, key.line(), key.column(), there.keyLine, there.keyColumn);
    return table(TomlTable.Made.BY_HEADER, 0, key.line(), key.column());
  }

  // ---- keys and values

  private void pair(TomlTable base) {
    int begin = text.at;
    List<TomlKey> keys = keys();
    if (!text.take("=")) {
      throw text.unexpected(text.at, "'.' or '=' after a key");
    }
    text.blanks();
    TomlTable table = base;
    for (TomlKey key : keys.subList(0, keys.size() - 1)) {
      table = byDots(table, key);
    }
    TomlKey key = keys.get(keys.size() - 1);
    TomlNode there = table.get(key);
    if (there != null) {
      table = twice(keys, there);
    }
    TomlNode value = value(table.depth);
    table.put(key, value);
    pairEnds(base, base == current, value, begin);
  }

  /** The table that a part of a dotted key leads to. */
  private TomlTable byDots(TomlTable table, TomlKey key) {
    TomlNode there = table.get(key);
    if (there == null) {
      return put(table, key, TomlTable.Made.BY_DOTTED_KEYS);
    }
    TomlTable found = open(there, key);
    if (found.made == TomlTable.Made.ON_THE_WAY) {
      found.made = TomlTable.Made.BY_DOTTED_KEYS;
      found.section = section;
    }
    if (found.made != TomlTable.Made.BY_DOTTED_KEYS || found.section != section) {
      throw closed(key, "a table of another section", found, "one that is not defined yet");
    }
    return found;
  }

  /** A key and what its dots join to it, with the blanks after it. */
  private List<TomlKey> keys() {
    List<TomlKey> keys = new ArrayList<>(2);
    do {
      text.blanks();
      TextCursor place = text.place(text.at);
      int line = place.line();
      int column = place.column();
      keys.add(new TomlKey(key(), line, column));
      text.blanks();
    } while (text.take("."));
    return keys;
  }

  private String key() {
    if (text.next() == '"' || text.next() == '\'') {
      return strings.oneLine();
    }
    int begin = text.at;
    while (isBare(text.next())) {
      text.at++;
    }
    if (text.at == begin) {
      throw text.unexpected(begin, "a key");
    }
    return text.since(begin);
  }

  static boolean isBare(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private TomlNode value(int depth) {
    int begin = text.at;
    TomlNode value = valueAt(depth);
    valueEnds(value, begin, text.at);
    return value;
  }

  private TomlNode valueAt(int depth) {
    TextCursor place = text.place(text.at);
    int line = place.line();
    int column = place.column();
    return switch (text.next()) {
      case '[' -> array(list(false, depth, line, column));
      case '{' -> inline(table(TomlTable.Made.BY_HEADER, depth, line, column));
      case '"', '\'' -> {
        count(line, column);
        yield new TomlScalar(TomlScalar.Kind.STRING, strings.value(), line, column);
      }
      default -> {
        count(line, column);
        yield words.read(line, column);
      }
    };
  }

  private TomlList array(TomlList list) {
    text.at++;
    text.gap();
    while (!text.take("]")) {
      requireMore("a value or ']' of the list", list);
      list.add(value(list.depth));
      text.gap();
      if (!text.take(",") && text.next() != ']') {
        throw notClosed("',' or ']' of the list", list);
      }
      text.gap();
    }
    return list;
  }

  private TomlTable inline(TomlTable table) {
    int outer = section;
    section = ++sections;
    text.at++;
    text.gap();
    while (!text.take("}")) {
      requireMore("a key or '}' of the table", table);
      pair(table);
      text.gap();
      if (!text.take(",") && text.next() != '}') {
        throw notClosed("',' or '}' of the table", table);
      }
      text.gap();
    }
    section = outer;
    table.made = TomlTable.Made.INLINE;
    return table;
  }

  private void requireMore(String expected, TomlNode open) {
    if (text.isEnd()) {
      throw notClosed(expected, open);
    }
  }

  private ConfigException notClosed(String expected, TomlNode open) {
    return text.notClosed(expected, open.line, open.column);
  }

  // ---- the tree

  private TomlTable put(TomlTable parent, TomlKey key, TomlTable.Made made) {
    TomlTable table = table(made, parent.depth, key.line(), key.column());
    parent.put(key, table);
    return table;
  }

  private TomlTable table(TomlTable.Made made, int outer, int line, int column) {
    TomlTable table = new TomlTable(made, deeper(outer, line, column), line, column);
    table.section = section;
    return table;
  }

  private TomlList list(boolean ofTables, int outer, int line, int column) {
    return new TomlList(ofTables, deeper(outer, line, column), line, column);
  }

  /** The depth of a table or list in one of a given depth. */
  private int deeper(int outer, int line, int column) {
    count(line, column);
    if (outer == out.options().limits().maxDepth()) {
      throw out.tooDeep(line, column);
    }
    return outer + 1;
  }

  private void count(int line, int column) {
    if (++nodes > out.options().limits().maxNodes()) {
      throw out.tooMany(line, column);
    }
  }
}
