package dev.gimbal.format.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the nodes of a text begin and end, which reading does not ask. Used by one thread.
 */
final class YamlSpans extends YamlEvents {

  private static final class Nobody implements Target {
    @Override
    public void scalar(
        String text,
        boolean plain,
        @Nullable String tag,
        @Nullable String anchor,
        int line,
        int column) {}

    @Override
    public void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column) {}

    @Override
    public void end() {}

    @Override
    public void alias(String anchor, int line, int column) {}
  }

  private final YamlText text;
  private final String source;
  private final Deque<YamlSpan> open = new ArrayDeque<>();
  private final Map<String, YamlSpan> anchors = new HashMap<>();

  /** The root of each document, and, for an empty one, where what follows it begins. */
  final List<YamlSpan> roots = new ArrayList<>();

  final List<Integer> ends = new ArrayList<>();
  final List<YamlSpan> aliases = new ArrayList<>();

  YamlSpans(YamlText text) {
    super(text, new Nobody());
    this.text = text;
    this.source = text.source();
  }

  @Override
  void document(int at) {
    anchors.clear();
  }

  @Override
  void leaf(YamlLeaf leaf) {
    YamlSpan span =
        new YamlSpan(YamlNode.Kind.SCALAR, leaf.style(), leaf.text(), leaf.properties(), leaf.at());
    if (leaf.style() == YamlLeaf.Style.BLOCK) {
      span.end = blockEnd(leaf.at());
    } else if (span.isEmpty()) {
      placeEmpty(span);
    } else {
      span.end = behindText(text.at(), leaf.at());
    }
    if (span.isAlias()) {
      span.target = anchors.get(span.text);
      aliases.add(span);
    }
    add(span);
  }

  /** Behind the last character before an offset that is no blank. */
  private int behindText(int offset, int least) {
    int end = offset;
    while (end > least && YamlText.isBlank(source.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** An empty node stands behind its properties, the colon, the dash or its key. */
  private void placeEmpty(YamlSpan span) {
    int at = span.properties.isNone() ? span.at : YamlToken.propertiesEnd(source, span.begin);
    YamlSpan parent = open.peek();
    if (span.properties.isNone() && parent != null && parent.isMap() && isValue(parent)) {
      int key = parent.items.get(parent.items.size() - 1).end;
      int colon = YamlToken.skipGap(source, key);
      at = colon < source.length() && source.charAt(colon) == ':' ? colon + 1 : key;
    }
    span.at = at;
    span.end = at;
  }

  private static boolean isValue(YamlSpan map) {
    return map.items.size() % 2 == 1;
  }

  /** The end of the last line of text, or of the line breaks that are kept. */
  private int blockEnd(int at) {
    int header = YamlToken.endOfLine(source, at);
    int end = text.lineBegin();
    if (YamlToken.keeps(source, at)) {
      return Math.max(header, YamlToken.beforeBreak(source, end));
    }
    while (end > header) {
      int last = YamlToken.beforeBreak(source, end);
      int line = YamlToken.lineBegin(source, last);
      if (!source.substring(line, last).isBlank()) {
        return last;
      }
      end = line;
      if (last == line && line == 0) {
        break;
      }
    }
    return header;
  }

  @Override
  void begin(YamlNode.Kind kind, YamlProperties properties, int at) {
    YamlSpan span = new YamlSpan(kind, null, "", properties, at);
    char c = source.charAt(at);
    span.flow = c == '[' || c == '{';
    add(span);
    open.push(span);
  }

  @Override
  void end() {
    YamlSpan span = open.pop();
    if (span.flow) {
      span.end = text.at();
    } else if (!span.items.isEmpty()) {
      span.end = span.items.get(span.items.size() - 1).end;
    }
  }

  private void add(YamlSpan span) {
    if (span.properties.anchor() != null) {
      anchors.put(span.properties.anchor(), span);
    }
    YamlSpan parent = open.peek();
    if (parent == null) {
      roots.add(span);
      ends.add(text.isAtEnd() ? source.length() : text.lineBegin());
    } else {
      parent.items.add(span);
    }
  }
}
