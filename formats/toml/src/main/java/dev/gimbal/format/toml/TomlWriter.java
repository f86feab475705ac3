package dev.gimbal.format.toml;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes a tree: of each table its values first, then the tables in it under headers of their own.
 * Used by one thread, for one tree.
 */
final class TomlWriter {

  /** How wide a list may be that stands on one line. */
  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();
  private final List<Problem> problems = new ArrayList<>();
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

  /**
   * The document.
   *
   * @throws ConfigException GIM-019 with each path that TOML cannot express
   */
  String write(Node tree) {
    if (tree instanceof ObjectNode object) {
      table(object, ConfigPath.ROOT, "");
    } else {
      problem(ConfigPath.ROOT, "toml expresses an object only at the root");
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return out.toString();
  }

  /**
   * A value as it stands behind {@code =}.
   *
   * @param ofLines whether it may stand on several lines
   * @throws ConfigException GIM-019 with each path that TOML cannot express
   */
  static String value(Node node, boolean ofLines) {
    TomlWriter writer = new TomlWriter();
    writer.value(node, ConfigPath.ROOT, ofLines);
    if (!writer.problems.isEmpty()) {
      throw new ConfigException(writer.problems, null);
    }
    return writer.out.toString();
  }

  /** A key as it stands before {@code =}. */
  static String key(String key) {
    TomlWriter writer = new TomlWriter();
    writer.key(key, ConfigPath.ROOT);
    if (!writer.problems.isEmpty()) {
      throw new ConfigException(writer.problems, null);
    }
    return writer.out.toString();
  }

  /** A text in double quotes on one line. */
  static String inQuotes(String text) {
    TomlWriter writer = new TomlWriter();
    writer.escape(text, false);
    return '"' + writer.out.toString() + '"';
  }

  private void table(ObjectNode object, ConfigPath path, String header) {
    List<String> sections = new ArrayList<>();
    for (String key : object.keys()) {
      Node child = child(object, key);
      if (isSection(child)) {
        sections.add(key);
      } else {
        key(key, path.child(key));
        out.append(" = ");
        value(child, path.child(key), true);
        out.append('\n');
      }
    }
    for (String key : sections) {
      section(child(object, key), path.child(key), header, key);
    }
  }

  private static Node child(ObjectNode object, String key) {
    return Objects.requireNonNull(object.get(key));
  }

  /** Whether a value stands under headers: an object, or a list of objects only. */
  private static boolean isSection(Node node) {
    return node instanceof ObjectNode
        || node instanceof ListNode list
            && list.size() > 0
            && list.elements().stream().allMatch(ObjectNode.class::isInstance);
  }

  private void section(Node node, ConfigPath path, String outer, String key) {
    int begin = out.length();
    key(key, path);
    String name = outer.isEmpty() ? out.substring(begin) : outer + "." + out.substring(begin);
    out.setLength(begin);
    if (node instanceof ListNode list) {
      for (int i = 0; i < list.size(); i++) {
        header("[[" + name + "]]");
        table((ObjectNode) list.elements().get(i), path.child(i), name);
      }
    } else if (node instanceof ObjectNode object) {
      if (object.size() == 0
          || !object.keys().stream().allMatch(member -> isSection(child(object, member)))) {
        header("[" + name + "]");
      }
      table(object, path, name);
    }
  }

  private void header(String header) {
    if (out.length() > 0) {
      out.append('\n');
    }
    out.append(header).append('\n');
  }

  // ---- values

  /**
   * @param ofLines whether it may be written on several lines
   */
  private void value(Node node, ConfigPath path, boolean ofLines) {
    if (node instanceof Scalar scalar) {
      scalar(scalar, path, ofLines);
    } else if (node instanceof ListNode list) {
      list(list, path, ofLines);
    } else if (node instanceof ObjectNode object) {
      inline(object, path);
    } else {
      problem(path, "toml cannot express null");
    }
  }

  private void inline(ObjectNode object, ConfigPath path) {
    out.append('{');
    String separator = " ";
    for (String key : object.keys()) {
      out.append(separator);
      key(key, path.child(key));
      out.append(" = ");
      value(child(object, key), path.child(key), false);
      separator = ", ";
    }
    out.append(object.size() == 0 ? "}" : " }");
  }

  private void list(ListNode list, ConfigPath path, boolean ofLines) {
    int begin = out.length();
    out.append('[');
    int[] ends = new int[list.size()];
    for (int i = 0; i < ends.length; i++) {
      value(list.elements().get(i), path.child(i), false);
      ends[i] = out.length();
      out.append(i == ends.length - 1 ? "" : ", ");
    }
    out.append(']');
    if (ofLines && out.length() - begin > WIDTH) {
      breakLines(begin, ends);
    }
  }

  /** Puts each element of the list that was written last on a line of its own. */
  private void breakLines(int begin, int[] ends) {
    String line = out.substring(begin);
    out.setLength(begin);
    out.append("[\n");
    int from = 1;
    for (int end : ends) {
      out.append("  ").append(line, from, end - begin).append(",\n");
      from = end - begin + 2;
    }
    out.append(']');
  }

  private void scalar(Scalar scalar, ConfigPath path, boolean ofLines) {
    String text = scalar.text();
    if (scalar.kind() == Scalar.Kind.STRING) {
      string(text, path, ofLines);
      return;
    }
    if (scalar.kind() == Scalar.Kind.NUMBER && TomlWords.isTooLarge(text)) {
      problem(path, "toml cannot express an integer of more than 64 bits");
    }
    out.append(text);
  }

  private void key(String key, ConfigPath path) {
    if (!key.isEmpty() && key.chars().allMatch(c -> TomlReader.isBare((char) c))) {
      out.append(key);
    } else {
      string(key, path, false);
    }
  }

  private void string(String text, ConfigPath path, boolean ofLines) {
    if (!utf8.canEncode(text)) {
      problem(path, "toml cannot express half of a surrogate pair");
    }
    if (ofLines && text.indexOf('\n') >= 0) {
      out.append("\"\"\"\n");
      escape(text, true);
      out.append("\"\"\"");
    } else if (text.indexOf('\\') >= 0 && text.indexOf('\'') < 0 && !hasControls(text)) {
      out.append('\'').append(text).append('\'');
    } else {
      out.append('"');
      escape(text, false);
      out.append('"');
    }
  }

  static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7F);
  }

  private void escape(String text, boolean ofLines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append(ofLines && isLone(text, i) ? "\"" : "\\\"");
        case '\n' -> out.append(ofLines ? "\n" : "\\n");
        case '\t' -> out.append(ofLines ? "\t" : "\\t");
        case '\r' -> out.append("\\r");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c == 0x7F) {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  /** Whether a quote cannot become part of three, neither with its neighbours nor at the end. */
  private static boolean isLone(String text, int i) {
    return i + 1 < text.length() && (i == 0 || text.charAt(i - 1) != '"');
  }

  private void problem(ConfigPath path, String message) {
    problems.add(new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, null, null));
  }
}
