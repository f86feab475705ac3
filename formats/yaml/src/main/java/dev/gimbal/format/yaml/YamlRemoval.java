package dev.gimbal.format.yaml;

import org.jspecify.annotations.Nullable;

/** Takes an entry out of a text. Used by one thread. */
final class YamlRemoval {

  private final YamlPlace place;
  private final String source;
  private final YamlChanges changes;

  /**
   * @param place of the entry's value
   */
  YamlRemoval(YamlPlace place, YamlChanges changes) {
    this.place = place;
    this.source = place.source;
    this.changes = changes;
  }

  /** Where an entry begins: at its key or its dash. */
  private int beginOf(YamlSpan holder, int k) {
    if (holder.isMap()) {
      return holder.items.get(k).begin;
    }
    int at = holder.items.get(k).begin - 1;
    int column = YamlToken.column(source, holder.at);
    while (source.charAt(at) != '-' || YamlToken.column(source, at) != column) {
      at--;
    }
    return at;
  }

  /** Takes an entry out that stands on lines of its own, or behind another one. */
  void fromLines(YamlSpan holder, int k) {
    int begin = beginOf(holder, k);
    YamlSpan value = place.last();
    int end = YamlToken.endOfLine(source, value.end);
    int next = YamlToken.behindBreak(source, end);
    if (YamlToken.isFirst(source, begin)) {
      requireNoText(begin, next);
      changes.replace(lineOf(begin), next, "");
      return;
    }
    int step = holder.isMap() ? 2 : 1;
    if (k + step < holder.items.size() && lineOf(beginOf(holder, k + step)) == next) {
      changes.replace(begin, beginOf(holder, k + step), "");
    } else {
      changes.replace(begin, end, "");
    }
  }

  /** Refuses to let a blank line or a comment join the block of text before what is removed. */
  private void requireNoText(int begin, int next) {
    YamlSpan before = place.root == null ? null : lastBefore(place.root, begin);
    if (before == null || before.style != YamlLeaf.Style.BLOCK || next == source.length()) {
      return;
    }
    int line = next;
    while (line < source.length() && YamlToken.isLast(source, line)) {
      line = YamlToken.behindBreak(source, YamlToken.endOfLine(source, line));
    }
    boolean comment = YamlToken.hasComment(source, line) && !YamlToken.isComment(source, line);
    if (comment || line > next && YamlToken.keeps(source, before.at)) {
      throw place.refusal(before.at, "what follows could become part of the text before");
    }
  }

  /** The last scalar that begins before an offset, or null. */
  private static @Nullable YamlSpan lastBefore(YamlSpan span, int offset) {
    for (int i = span.items.size() - 1; i >= 0; i--) {
      YamlSpan item = span.items.get(i);
      if (item.begin < offset) {
        return item.items.isEmpty() ? item : lastBefore(item, offset);
      }
    }
    return null;
  }

  /** Takes an item out of braces or brackets, with its comma. */
  void fromBrackets(YamlSpan holder, int k) {
    int step = holder.isMap() ? 2 : 1;
    int begin = holder.items.get(k).begin;
    int end = place.last().end;
    int comma = YamlToken.skipGap(source, end);
    boolean trailing = source.charAt(comma) == ',';
    boolean last = k + step == holder.items.size();
    int behind = trailing ? comma + 1 : end;
    if (k > 0 && last && !trailing) {
      int before = holder.items.get(k - 1).end;
      int comma2 = YamlToken.skipGap(source, before);
      changes.replace(comma2, comma2 + 1, "");
      begin = Math.max(begin, comma2 + 1);
      if (source.substring(comma2 + 1, begin).isBlank() && lineOf(begin) == lineOf(comma2)) {
        begin = comma2 + 1;
      }
    }
    boolean comment = YamlToken.hasComment(source, behind);
    int rest = comment ? behind : YamlToken.skipBlanks(source, behind);
    boolean lastOfLine = YamlToken.isLast(source, behind) || comment;
    if (YamlToken.isFirst(source, begin) && lastOfLine && lineOf(begin) > 0) {
      int eol = YamlToken.endOfLine(source, behind);
      changes.replace(lineOf(begin), YamlToken.behindBreak(source, eol), "");
    } else {
      changes.replace(begin, last ? behind : rest, "");
    }
  }

  private int lineOf(int at) {
    return YamlToken.lineBegin(source, at);
  }
}
