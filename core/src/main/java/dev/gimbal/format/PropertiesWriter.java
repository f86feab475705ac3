package dev.gimbal.format;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Writes a tree as lines of {@code path=value}, in key order. Used by one thread, for one tree. */
final class PropertiesWriter {

  private final StringBuilder out = new StringBuilder();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * The lines.
   *
   * @throws ConfigException GIM-019 with each path that properties cannot express
   */
  String write(Node tree) {
    if (tree instanceof ObjectNode object) {
      members(object, ConfigPath.ROOT);
    } else {
      problem(ConfigPath.ROOT, "properties express an object only at the root");
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return out.toString();
  }

  private void members(ObjectNode object, ConfigPath path) {
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child != null) {
        node(child, path.child(key));
      }
    }
  }

  private void node(Node node, ConfigPath path) {
    if (node instanceof Scalar scalar) {
      escape(path.toString(), true);
      out.append('=');
      escape(scalar.text(), false);
      out.append('\n');
    } else if (node instanceof ObjectNode object && object.size() > 0) {
      members(object, path);
    } else if (node instanceof ListNode list && list.size() > 0) {
      for (int i = 0; i < list.size(); i++) {
        node(list.elements().get(i), path.child(i));
      }
    } else {
      String found =
          node instanceof ObjectNode
              ? "an empty object"
              : node instanceof ListNode ? "an empty list" : "null";
      problem(path, "properties cannot express " + found);
    }
  }

  private void problem(ConfigPath path, String message) {
    problems.add(new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, null, null));
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
    if (Character.isISOControl(c) || isLoneSurrogate(text, i) || c == '\uFEFF') {
      out.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.append(Character.forDigit(c >> shift & 15, 16));
      }
    } else {
      out.append(c);
    }
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
