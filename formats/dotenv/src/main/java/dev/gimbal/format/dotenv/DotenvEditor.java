package dev.gimbal.format.dotenv;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.format.DocumentEditor;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TextCursor;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes lines of a {@code .env} text.
 *
 * <p>Keeps no state between calls; used by many threads at once.
 */
final class DotenvEditor implements DocumentEditor {

  @Override
  public String set(String text, ConfigPath path, Node value) {
    List<DotenvEntry> entries = entries(text);
    List<DotenvEntry> exact = new ArrayList<>();
    for (DotenvEntry entry : entries) {
      if (entry.path().equals(path)) {
        exact.add(entry);
      } else if (entry.path().startsWith(path) || path.startsWith(entry.path())) {
        throw refusal(text, entry.begin(), path, "this key would stand beside the one that is set");
      }
    }
    if (exact.size() > 1) {
      throw refusal(text, exact.get(1).begin(), path, "the key stands twice");
    }
    if (exact.isEmpty()) {
      return added(text, path, value, entries);
    }
    if (!(value instanceof Scalar scalar)) {
      throw refusal(text, exact.get(0).begin(), path, "only a single value can stand here");
    }
    return replaced(text, exact.get(0), path, scalar);
  }

  private static String replaced(String text, DotenvEntry entry, ConfigPath path, Scalar scalar) {
    new DotenvWriter().lines(path, scalar, "", "\n"); // refuses what has no form
    int begin = entry.valueBegin();
    boolean empty = begin == entry.end();
    String value = quoted(scalar, empty ? ' ' : text.charAt(begin));
    boolean glued = empty && text.charAt(begin - 1) == ':';
    return text.substring(0, begin)
        + (glued ? " " : "")
        + value.replace("\n", lineBreak(text))
        + text.substring(entry.end());
  }

  /** A value, in the quotes that stand there if these can hold it. */
  private static String quoted(Scalar scalar, char quote) {
    String text = scalar.text();
    if (quote == '"') {
      return DotenvWriter.inDoubleQuotes(scalar);
    }
    boolean holds = text.indexOf(quote) < 0 && text.indexOf('\r') < 0 && text.indexOf('\\') < 0;
    boolean literal = quote == '\'' ? !scalar.hasTemplates() : !text.contains("${");
    return "'`".indexOf(quote) >= 0 && holds && literal
        ? quote + text + quote
        : DotenvWriter.value(scalar);
  }

  private static String added(String text, ConfigPath path, Node value, List<DotenvEntry> entries) {
    String lineBreak = lineBreak(text);
    boolean exports = !entries.isEmpty() && entries.stream().allMatch(DotenvEntry::exported);
    String lines = new DotenvWriter().lines(path, value, exports ? "export " : "", lineBreak);
    if (text.isEmpty() || isBreak(text.charAt(text.length() - 1))) {
      return text + lines;
    }
    return text + lineBreak + lines.substring(0, lines.length() - lineBreak.length());
  }

  @Override
  public String unset(String text, ConfigPath path) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    boolean left = path.size() == 1;
    DotenvEntry first = null;
    List<DotenvEntry> entries = entries(text);
    for (DotenvEntry entry : entries) {
      if (entry.path().startsWith(path)) {
        first = first == null ? entry : first;
        out.append(text, at, entry.line());
        at = entry.next();
      } else if (entry.path().startsWith(path.parent())) {
        requireBefore(text, entry, path);
        left = true;
      }
    }
    if (first != null && !left) {
      String message = "nothing would be left of what holds the value";
      throw refusal(text, first.begin(), path, message);
    }
    requireObject(text, entries, path);
    return out.append(text, at, text.length()).toString();
  }

  /** Refuses to leave a key alone that was read as a part of an object. */
  private static void requireObject(String text, List<DotenvEntry> entries, ConfigPath path) {
    for (DotenvEntry beside : entries) {
      ConfigPath object = beside.path().parent();
      if (beside.isBeside()
          && !beside.path().startsWith(path)
          && path.startsWith(object)
          && entries.stream()
              .map(DotenvEntry::path)
              .filter(each -> each.startsWith(object) && !each.startsWith(path))
              .allMatch(beside.path()::equals)) {
        String message = "this value would take the place of the object that holds it";
        throw refusal(text, beside.begin(), path, message);
      }
    }
  }

  /** Refuses to take an element before others, whose keys would have to change. */
  private static void requireBefore(String text, DotenvEntry entry, ConfigPath path) {
    int last = path.size() - 1;
    if (path.isIndex(last)
        && entry.path().size() > last
        && entry.path().isIndex(last)
        && entry.path().index(last) > path.index(last)) {
      String message = "only the last element of a list can be taken away";
      throw refusal(text, entry.begin(), path, message);
    }
  }

  static List<DotenvEntry> entries(String text) {
    ReadOptions options = ReadOptions.DEFAULT;
    List<DotenvEntry> entries = new ArrayList<>();
    TreeBuilder out = new TreeBuilder("document", "document", options);
    new DotenvReader(text, out) {
      @Override
      void entryEnds(String key, int begin, int valueBegin, int end) {
        entries.add(DotenvEntry.of(text, key, begin, valueBegin, end));
      }
    }.read();
    Set<ConfigPath> above = new HashSet<>();
    for (DotenvEntry entry : entries) {
      for (int size = entry.path().size() - 1; size > 0; size--) {
        above.add(entry.path().prefix(size));
      }
    }
    entries.replaceAll(entry -> above.contains(entry.path()) ? entry.beside() : entry);
    return entries;
  }

  private static String lineBreak(String text) {
    int at = 0;
    while (at < text.length() && !isBreak(text.charAt(at))) {
      at++;
    }
    return at == text.length() ? "\n" : text.substring(at, DotenvEntry.behindBreak(text, at));
  }

  static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static ConfigException refusal(String text, int offset, ConfigPath path, String message) {
    TextCursor cursor = new TextCursor(text).moveTo(offset);
    Origin origin = new Origin("document", "document", cursor.line(), cursor.column());
    return new ConfigException(new Problem(ErrorCode.NOT_EDITABLE, path, message, origin, null));
  }
}
