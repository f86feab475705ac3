package dev.gimbal.format.toml;

import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the values of a text begin and end, which reading does not ask. Used by one thread.
 */
final class TomlSpans extends TomlReader {

  /** Where a value stands. */
  record Span(int begin, int end) {}

  /** The lines of a table: its header, and the pairs that follow it. */
  static final class Section {
    final TomlTable table;

    /** Where its header begins; -1 for the lines before the first header. */
    final int begin;

    /** Behind its last value, or its header. */
    int end;

    Section(TomlTable table, int begin, int end) {
      this.table = table;
      this.begin = begin;
      this.end = end;
    }
  }

  final IdentityHashMap<TomlNode, Span> spans = new IdentityHashMap<>();

  /** Where the key of each value begins that has one. */
  final IdentityHashMap<TomlNode, Integer> keys = new IdentityHashMap<>();

  /** The section of each value that has a line of its own. */
  final IdentityHashMap<TomlNode, Section> holders = new IdentityHashMap<>();

  final List<Section> sections = new ArrayList<>();

  TomlSpans(String text) {
    super(text, new TreeBuilder("document", "document", ReadOptions.DEFAULT));
    sections.add(new Section(root(), -1, -1));
  }

  @Override
  void headerEnds(TomlTable table, int begin, int end) {
    sections.add(new Section(table, begin, end));
  }

  @Override
  void pairEnds(TomlTable base, boolean ownLine, TomlNode value, int begin) {
    keys.put(value, begin);
    Span span = spans.get(value);
    if (ownLine && span != null) {
      Section last = sections.get(sections.size() - 1);
      last.end = span.end;
      holders.put(value, last);
    }
  }

  @Override
  void valueEnds(TomlNode value, int begin, int end) {
    spans.put(value, new Span(begin, end));
  }

  /** The lines of a table, or null. */
  @Nullable Section section(TomlNode table) {
    for (Section section : sections) {
      if (section.table == table) {
        return section;
      }
    }
    return null;
  }
}
