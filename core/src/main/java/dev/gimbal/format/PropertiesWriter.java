package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import org.jspecify.annotations.Nullable;

/** Writes a tree as lines of {@code path=value}, in key order. Used by one thread, for one tree. */
final class PropertiesWriter {

  private final StringBuilder out = new StringBuilder();

  /**
   * The lines.
   *
   * @throws ConfigException GIM-019 with each path that properties cannot express
   */
  String write(Node tree) {
    FlatTree.visit("properties", tree, this::line);
    return out.toString();
  }

  /** A key as it stands in a line. */
  static String key(ConfigPath path) {
    PropertiesWriter writer = new PropertiesWriter();
    writer.escape(path.toString(), true);
    return writer.out.toString();
  }

  /** A value as it stands in a line behind a separator that is no blank. */
  static String value(String text) {
    PropertiesWriter writer = new PropertiesWriter();
    writer.escape(text, false);
    return writer.out.toString();
  }

  private @Nullable String line(ConfigPath path, Scalar scalar) {
    escape(path.toString(), true);
    out.append('=');
    escape(scalar.text(), false);
    out.append('\n');
    return null;
  }

  private void escape(String text, boolean key) {
    boolean leading = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case ' ' -> out.append(key || leading || i == text.length() - 1 ? "\\ " : " ");
        case '=', ':' -> out.append(key ? "\\" : "").append(c);
        case '#', '!' -> out.append(key && i == 0 ? "\\" : "").append(c);
        default -> character(text, i);
      }
      leading &= c == ' ';
    }
  }

  /** A character as it is; as an escape where UTF-8 or an editor would not keep it. */
  private void character(String text, int i) {
    char c = text.charAt(i);
    if (Character.isISOControl(c) || Escapes.isLoneSurrogate(text, i) || c == '\uFEFF') {
      Escapes.unicode(out, c);
    } else {
      out.append(c);
    }
  }
}
