package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The value at a path, or the last one on the way to it that is there. Used by one thread. */
final class TomlPlace {

  final String source;
  final ConfigPath path;
  final TomlSpans spans;

  /** The values on the way, the root first. */
  final List<TomlNode> way = new ArrayList<>();

  /** How many segments of the path are there. */
  int depth;

  TomlPlace(String source, ConfigPath path) {
    this.source = source;
    this.path = path;
    this.spans = new TomlSpans(source);
    spans.gather();
    TomlNode node = spans.root();
    way.add(node);
    while (depth < path.size()) {
      node = child(node, path, depth);
      if (node == null) {
        return;
      }
      way.add(node);
      depth++;
    }
  }

  private static @Nullable TomlNode child(TomlNode node, ConfigPath path, int i) {
    if (node instanceof TomlTable table) {
      return path.isIndex(i) ? null : table.members().get(path.key(i));
    }
    if (node instanceof TomlList list && path.isIndex(i)) {
      return path.index(i) < list.elements().size() ? list.elements().get(path.index(i)) : null;
    }
    return null;
  }

  TomlNode last() {
    return way.get(way.size() - 1);
  }

  TomlNode holder() {
    return way.get(way.size() - 2);
  }

  static Collection<TomlNode> children(TomlNode node) {
    if (node instanceof TomlTable table) {
      return table.members().values();
    }
    return node instanceof TomlList list ? list.elements() : List.of();
  }

  /** Whether a value stands in one piece, and not in the lines of tables. */
  boolean isWritten(TomlNode node) {
    return spans.spans.containsKey(node);
  }

  /** Where a value stands that {@link #isWritten}. */
  TomlSpans.Span span(TomlNode node) {
    return Objects.requireNonNull(spans.spans.get(node));
  }

  /** Behind the last value in a node that stands in brackets or braces. */
  int endOfLast(TomlNode node) {
    int end = 0;
    for (TomlNode child : children(node)) {
      end = Math.max(end, isWritten(child) ? span(child).end() : endOfLast(child));
    }
    return end;
  }

  int endOfLine(int at) {
    int end = at;
    while (end < source.length() && source.charAt(end) != '\n' && !source.startsWith("\r\n", end)) {
      end++;
    }
    return end;
  }

  int nextLine(int at) {
    int end = endOfLine(at);
    return source.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, source.length());
  }

  int lineBegin(int at) {
    return source.lastIndexOf('\n', at - 1) + 1;
  }

  /** Whether nothing but blanks stands before an offset in its line. */
  boolean isFirst(int at) {
    return source.substring(lineBegin(at), at).isBlank();
  }

  /** Behind blanks, line breaks and comments. */
  int skipGap(int at) {
    int end = at;
    while (end < source.length()) {
      char c = source.charAt(end);
      if (c == '#') {
        end = endOfLine(end);
      } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        return end;
      } else {
        end++;
      }
    }
    return end;
  }

  /** A part of the path as a dotted key. */
  String dots(int from, int to) {
    StringBuilder key = new StringBuilder();
    for (int i = from; i < to; i++) {
      key.append(i == from ? "" : ".").append(TomlWriter.key(path.key(i)));
    }
    return key.toString();
  }

  String lineBreak() {
    int end = endOfLine(0);
    return end == source.length() ? "\n" : source.substring(end, nextLine(0));
  }

  ConfigException refusal(String message) {
    TomlNode last = last();
    Origin origin = new Origin("document", "document", last.line, last.column);
    return new ConfigException(new Problem(ErrorCode.NOT_EDITABLE, path, message, origin, null));
  }
}
