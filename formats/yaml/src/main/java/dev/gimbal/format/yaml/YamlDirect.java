package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands a document without anchors and merge keys to a builder while it is parsed. Used by one
 * thread.
 */
final class YamlDirect implements YamlEvents.Target {

  private static final byte LIST = 0;
  private static final byte KEY = 1;
  private static final byte VALUE = 2;

  private final TreeBuilder out;

  /** What the open lists and maps expect next, the innermost last. */
  private byte[] open = new byte[16];

  private int depth;

  YamlDirect(TreeBuilder out) {
    this.out = out;
  }

  @Override
  public void scalar(
      String text,
      boolean plain,
      @Nullable String tag,
      @Nullable String anchor,
      int line,
      int column) {
    if (depth > 0 && open[depth - 1] == KEY) {
      out.key(text, line, column);
      open[depth - 1] = VALUE;
    } else {
      YamlScalars.emit(text, plain, tag, out, line, column);
      valueIsThere();
    }
  }

  @Override
  public void begin(YamlNode.Kind kind, @Nullable String anchor, int line, int column) {
    if (depth > 0 && open[depth - 1] == KEY) {
      throw YamlErrors.complexKey(kind, out, line, column);
    }
    if (kind == YamlNode.Kind.MAP) {
      out.beginObject(line, column);
    } else {
      out.beginList(line, column);
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = kind == YamlNode.Kind.MAP ? KEY : LIST;
  }

  @Override
  public void end() {
    out.end();
    depth--;
    valueIsThere();
  }

  private void valueIsThere() {
    if (depth > 0 && open[depth - 1] == VALUE) {
      open[depth - 1] = KEY;
    }
  }

  @Override
  public void alias(String anchor, int line, int column) {
    throw out.malformed(line, column, YamlErrors.NO_ANCHOR);
  }
}
