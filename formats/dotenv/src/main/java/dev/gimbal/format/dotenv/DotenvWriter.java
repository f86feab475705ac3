package dev.gimbal.format.dotenv;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.format.FlatTree;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a tree as lines of {@code path=value}, in key order. Used by one thread, for one tree. */
final class DotenvWriter {

  /** What no tool reads as anything but itself. */
  private static final Pattern BARE = Pattern.compile("[\\w./:@%+,-]+");

  private static final Pattern BARE_KEY = Pattern.compile("[\\w-]+");

  private final StringBuilder out = new StringBuilder();
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

  /**
   * The lines.
   *
   * @throws ConfigException GIM-019 with each path that dotenv cannot express
   */
  String write(Node tree) {
    FlatTree.visit("dotenv", tree, this::line);
    return out.toString();
  }

  /**
   * The lines of a value at a path.
   *
   * @param before what each begins with
   * @throws ConfigException GIM-019 with each path below that dotenv cannot express
   */
  String lines(ConfigPath path, Node value, String before, String lineBreak) {
    StringBuilder lines = new StringBuilder();
    ObjectNode holder = ObjectNode.of(Map.of("value", value));
    FlatTree.visit(
        "dotenv",
        holder,
        (at, scalar) -> {
          out.setLength(0);
          String reason = line(path.resolve(at.suffix(1)), scalar);
          lines.append(before).append(out.toString().replace("\n", lineBreak));
          return reason;
        });
    return lines.toString();
  }

  /** Writes a line, or says why it cannot. */
  private @Nullable String line(ConfigPath path, Scalar scalar) {
    String key = key(path);
    String value = value(scalar);
    if (!utf8.canEncode(key) || !utf8.canEncode(value)) {
      return "half of a surrogate pair";
    }
    if (key.indexOf('\n') >= 0 || key.indexOf('\r') >= 0) {
      return "a line break in a key";
    }
    out.append(key).append('=').append(value).append('\n');
    return null;
  }

  private static String key(ConfigPath path) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      if (path.isIndex(i)) {
        key.append('[').append(path.index(i)).append(']');
      } else {
        key.append(i == 0 ? "" : ".").append(part(path.key(i)));
      }
    }
    return key.toString();
  }

  private static String part(String key) {
    return BARE_KEY.matcher(key).matches()
        ? key
        : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String value(Scalar scalar) {
    String text = scalar.text();
    if (text.isEmpty() || BARE.matcher(text).matches()) {
      return text;
    }
    boolean isTemplate = scalar.hasTemplates();
    if (!isTemplate && text.indexOf('\'') < 0 && text.indexOf('\r') < 0 && !text.endsWith("\\")) {
      return '\'' + text + '\'';
    }
    return inDoubleQuotes(scalar);
  }

  static String inDoubleQuotes(Scalar scalar) {
    boolean isTemplate = scalar.hasTemplates();
    String text = scalar.text();
    return '"' + escaped(isTemplate ? ShellDefaults.written(text) : text, isTemplate) + '"';
  }

  private static String escaped(String text, boolean isTemplate) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return isTemplate ? escaped : escaped.replace("${", "\\${");
  }
}
