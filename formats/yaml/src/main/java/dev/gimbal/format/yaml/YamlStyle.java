package dev.gimbal.format.yaml;

import org.jspecify.annotations.Nullable;

/** Finds out how a document is laid out. Keeps no state. */
final class YamlStyle {

  private static final int STEP = 2;

  private YamlStyle() {}

  static YamlPiece of(String source, @Nullable YamlSpan root) {
    int map = root == null ? -1 : step(source, root, YamlNode.Kind.MAP);
    int list = root == null ? -1 : step(source, root, YamlNode.Kind.LIST);
    int mapStep = map < 1 ? STEP : map;
    return new YamlPiece(lineBreak(source), mapStep, list < 0 ? mapStep : list);
  }

  private static String lineBreak(String source) {
    int end = YamlToken.endOfLine(source, 0);
    return end == source.length()
        ? "\n"
        : source.substring(end, YamlToken.behindBreak(source, end));
  }

  /** How much deeper than its key the first block of a kind stands, or -1. */
  private static int step(String source, YamlSpan span, YamlNode.Kind kind) {
    for (int i = 0; i < span.items.size(); i++) {
      YamlSpan item = span.items.get(i);
      boolean value = span.isMap() && i % 2 == 1;
      if (value && !span.flow && item.kind == kind && item.isBlockCollection()) {
        return YamlToken.column(source, item.at) - YamlToken.column(source, span.at);
      }
      int below = step(source, item, kind);
      if (below >= 0) {
        return below;
      }
    }
    return -1;
  }
}
