package dev.gimbal.format.hcl;

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
import java.util.Set;

/** Writes one tree as attributes. Used by one thread. */
final class HclWriter {

  /** Names that mean something else than themselves as the key of an object. */
  private static final Set<String> WORDS = Set.of("for", "true", "false", "null");

  private final StringBuilder out = new StringBuilder();
  private final List<Problem> problems = new ArrayList<>();
  private int depth;

  /**
   * The document.
   *
   * @throws ConfigException GIM-019 with each path that HCL cannot express
   */
  String write(Node tree) {
    if (tree instanceof ObjectNode object) {
      members(object, ConfigPath.ROOT);
    } else {
      problem(ConfigPath.ROOT, "a root that is no object");
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
        indent();
        key(key, path.child(key));
        out.append(" = ");
        node(child, path.child(key));
        out.append('\n');
      }
    }
  }

  private void key(String key, ConfigPath path) {
    if (isName(key) && (depth == 0 || !WORDS.contains(key))) {
      out.append(key);
    } else {
      string(key, path);
    }
  }

  private static boolean isName(String key) {
    return !key.isEmpty()
        && HclScanner.isNameStart(key.codePointAt(0))
        && key.codePoints().allMatch(HclScanner::isNamePart);
  }

  private void node(Node node, ConfigPath path) {
    if (node instanceof Scalar scalar) {
      scalar(scalar, path);
    } else if (node instanceof ObjectNode object) {
      open('{', object.size());
      members(object, path);
      close('}', object.size());
    } else if (node instanceof ListNode list) {
      open('[', list.size());
      for (int i = 0; i < list.size(); i++) {
        indent();
        node(list.elements().get(i), path.child(i));
        out.append(",\n");
      }
      close(']', list.size());
    } else {
      out.append("null");
    }
  }

  private void open(char bracket, int size) {
    out.append(bracket).append(size > 0 ? "\n" : "");
    depth++;
  }

  private void close(char bracket, int size) {
    depth--;
    if (size > 0) {
      indent();
    }
    out.append(bracket);
  }

  private void indent() {
    out.append("  ".repeat(depth));
  }

  private void scalar(Scalar scalar, ConfigPath path) {
    if (scalar.hasTemplates()) {
      problem(path, "placeholders: their text reads back as plain text");
    } else if (scalar.kind() == Scalar.Kind.STRING) {
      string(scalar.text(), path);
    } else {
      out.append(scalar.text());
    }
  }

  private void problem(ConfigPath path, String what) {
    String message = "hcl cannot express " + what;
    problems.add(new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, null, null));
  }

  private void string(String text, ConfigPath path) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '$', '%' -> out.append(text.startsWith("{", i + 1) ? String.valueOf(c) : "").append(c);
        default -> character(c);
      }
    }
    out.append('"');
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      problem(path, "half of a surrogate pair");
    }
  }

  /** A character as it is; as an escape where it is a control character. */
  private void character(char c) {
    if (!Character.isISOControl(c)) {
      out.append(c);
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 15, 16));
    }
  }
}
