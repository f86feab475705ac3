package dev.gimbal.format;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes lines of properties. A key is a path, so that an object is all lines below it. Keeps no
 * state; used by many threads.
 */
final class PropertiesEditor implements DocumentEditor {

  @Override
  public String set(String text, ConfigPath path, Node value) {
    return new Lines(text, path).set(value);
  }

  @Override
  public String unset(String text, ConfigPath path) {
    Lines lines = new Lines(text, path);
    lines.requireRemovable();
    return lines.replace(Map.of());
  }

  /**
   * A line with its offsets in the text.
   *
   * @param path what the key says
   * @param begin of the line, with its blanks
   * @param separator {@code =}, {@code :}, a blank, or 0 where there is none
   */
  private record Entry(
      ConfigPath path,
      int begin,
      int key,
      int keyEnd,
      int value,
      int valueEnd,
      int lineEnd,
      char separator) {

    Entry at(ConfigPath other) {
      return new Entry(other, begin, key, keyEnd, value, valueEnd, lineEnd, separator);
    }
  }

  /** The lines of one document, for one change at a path. Used by one thread. */
  private static final class Lines {

    private final String text;
    private final ConfigPath path;
    private final List<Entry> entries = new ArrayList<>();

    /** The entries at the path and below it. */
    private final List<Entry> touched = new ArrayList<>();

    /** The entries that are read as a sibling of keys below theirs. */
    private final List<Entry> beside = new ArrayList<>();

    Lines(String text, ConfigPath path) {
      this.text = text;
      this.path = path;
      PropertiesReader reader =
          new PropertiesReader(text, new TreeBuilder("", "", ReadOptions.DEFAULT));
      while (reader.next()) {
        entries.add(entry(reader));
      }
      beside();
      Map<ConfigPath, Entry> seen = new HashMap<>();
      for (Entry entry : entries) {
        if (entry.path.startsWith(path) && seen.putIfAbsent(entry.path, entry) != null) {
          throw NotEditable.at(text, entry.key, "the key stands twice, here for the second time");
        }
      }
      touched.addAll(entries.stream().filter(entry -> entry.path.startsWith(path)).toList());
    }

    /** A value with keys below its own is their sibling with the empty key, as it is read. */
    private void beside() {
      Set<ConfigPath> above = new HashSet<>();
      for (Entry entry : entries) {
        for (int size = entry.path.size() - 1; size > 0; size--) {
          above.add(entry.path.prefix(size));
        }
      }
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        if (above.contains(entry.path)) {
          Entry sibling = entry.at(entry.path.child(""));
          entries.set(i, sibling);
          beside.add(sibling);
        }
      }
    }

    /** Refuses what would change the path of other values. */
    void requireRemovable() {
      int last = path.size() - 1;
      ConfigPath holder = path.parent();
      for (Entry entry : entries) {
        if (path.isIndex(last)
            && entry.path.startsWith(holder)
            && entry.path.size() > last
            && entry.path.isIndex(last)
            && entry.path.index(last) > path.index(last)) {
          String message = "only the last element of a list can be taken away";
          throw NotEditable.at(text, entry.key, message);
        }
      }
      for (Entry sibling : beside) {
        ConfigPath object = sibling.path.parent();
        if (!touched.contains(sibling)
            && path.startsWith(object)
            && entries.stream()
                .allMatch(e -> e == sibling || !e.path.startsWith(object) || touched.contains(e))) {
          String message = "this value would take the place of the object that holds it";
          throw NotEditable.at(text, sibling.key, message);
        }
      }
    }

    private Entry entry(PropertiesReader reader) {
      int begin = reader.keyOffset();
      while (begin > 0 && isBlank(text.charAt(begin - 1))) {
        begin--;
      }
      return new Entry(
          KeyPlace.path(reader.key()),
          begin,
          reader.keyOffset(),
          reader.keyEndOffset(),
          reader.valueOffset(),
          reader.valueEndOffset(),
          reader.lineEndOffset(),
          reader.separator());
    }

    String set(Node value) {
      Map<ConfigPath, String> wanted = new LinkedHashMap<>();
      Node wrapped = Nodes.set(ObjectNode.EMPTY, ConfigPath.of("value"), value);
      FlatTree.visit(
          "properties",
          wrapped,
          (below, scalar) -> {
            wanted.put(path.resolve(below.suffix(1)), scalar.text());
            return null;
          });
      return replace(wanted);
    }

    /** The text with these values at the path and below it, and no others. */
    String replace(Map<ConfigPath, String> wanted) {
      Map<ConfigPath, String> added = new LinkedHashMap<>(wanted);
      touched.forEach(entry -> added.remove(entry.path));
      StringBuilder out = new StringBuilder(text);
      Entry neighbour = touched.isEmpty() ? neighbour() : touched.get(touched.size() - 1);
      for (int i = entries.size() - 1; i >= 0; i--) {
        Entry entry = entries.get(i);
        String value = wanted.get(entry.path);
        boolean kept = value != null || !entry.path.startsWith(path);
        if (entry == neighbour && !added.isEmpty()) {
          insert(out, entry, kept, added);
        } else if (!kept) {
          out.delete(entry.begin, entry.lineEnd);
        }
        if (value != null) {
          out.replace(entry.value, entry.valueEnd, value(entry, value));
        }
      }
      if (neighbour == null && !added.isEmpty()) {
        append(out, added);
      }
      return out.toString();
    }

    /** Lines behind an entry, or in its place. */
    private void insert(StringBuilder out, Entry entry, boolean kept, Map<ConfigPath, String> of) {
      String lineBreak = lineBreak();
      List<String> lines = lines(entry, of);
      String joined = String.join(lineBreak, lines);
      if (!kept) {
        out.replace(entry.begin, entry.valueEnd, joined);
      } else {
        out.insert(entry.valueEnd, lineBreak + joined);
      }
    }

    /** Lines at the end of a text in which no line is a neighbour. */
    private void append(StringBuilder out, Map<ConfigPath, String> of) {
      String lineBreak = lineBreak();
      boolean open = !text.isEmpty() && !isBreak(text.charAt(text.length() - 1));
      if (open) {
        out.append(lineBreak);
      }
      Entry like = entries.isEmpty() ? null : entries.get(entries.size() - 1);
      out.append(String.join(lineBreak, lines(like, of)));
      if (!open) {
        out.append(lineBreak);
      }
    }

    /** New lines in the way another one is written. */
    private List<String> lines(@Nullable Entry like, Map<ConfigPath, String> of) {
      String indent = like == null ? "" : text.substring(like.begin, like.key);
      String separator = like == null ? "=" : separator(like);
      List<String> lines = new ArrayList<>();
      of.forEach(
          (at, value) ->
              lines.add(
                  indent + asHere(PropertiesWriter.key(at)) + separator + value(separator, value)));
      return lines;
    }

    private String separator(Entry like) {
      String written = text.substring(like.keyEnd, like.value);
      boolean inLine = written.chars().noneMatch(c -> c == '\\' || c == '\n' || c == '\r');
      if (!inLine || like.separator == 0) {
        return "=";
      }
      boolean padded = !isBlank(written.charAt(0)) || written.length() <= 3;
      return padded && !written.isBlank() ? written : like.separator == ' ' ? " " : " = ";
    }

    private String value(Entry entry, String value) {
      return entry.separator == 0
          ? '=' + asHere(PropertiesWriter.value(value))
          : value(Character.toString(entry.separator), value);
    }

    /** Behind a blank a value that begins as a separator does needs an escape. */
    private String value(String separator, String value) {
      String escaped = asHere(PropertiesWriter.value(value));
      boolean looksLikeOne = escaped.startsWith("=") || escaped.startsWith(":");
      return separator.isBlank() && looksLikeOne ? '\\' + escaped : escaped;
    }

    /**
     * In a text without other characters than those of ASCII nothing else is written, as its other
     * readers may take it for ISO 8859-1: {@link java.util.Properties#load(java.io.InputStream)}.
     */
    private String asHere(String written) {
      if (!isAscii(text) || isAscii(written)) {
        return written;
      }
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < written.length(); i++) {
        char c = written.charAt(i);
        if (c < 0x80) {
          escaped.append(c);
        } else {
          Escapes.unicode(escaped, c);
        }
      }
      return escaped.toString();
    }

    private static boolean isAscii(String text) {
      return text.chars().allMatch(c -> c < 0x80);
    }

    /** The last entry of those that share most of the path with it, or null. */
    private @Nullable Entry neighbour() {
      Entry nearest = null;
      int most = 1;
      for (Entry entry : entries) {
        int shared = 0;
        int size = Math.min(path.size(), entry.path.size());
        while (shared < size
            && Objects.equals(path.prefix(shared + 1), entry.path.prefix(shared + 1))) {
          shared++;
        }
        if (shared >= most) {
          nearest = entry;
          most = shared;
        }
      }
      return nearest;
    }

    /** As the text has it. */
    private String lineBreak() {
      for (int i = 0; i < text.length(); i++) {
        if (isBreak(text.charAt(i))) {
          return text.startsWith("\r\n", i) ? "\r\n" : text.substring(i, i + 1);
        }
      }
      return "\n";
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean isBreak(char c) {
      return c == '\n' || c == '\r';
    }
  }
}
