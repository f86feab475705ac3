package dev.gimbal.format.hocon;

import dev.gimbal.ConfigException;
import dev.gimbal.ConfigPath;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.format.Escapes;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import java.util.regex.Pattern;

/** Writes one tree as HOCON: one line for each value, no commas. Used by one thread. */
final class HoconWriter {

  /** A key that every reader takes for one key without quotes. */
  private static final Pattern BARE = Pattern.compile("(?!include$)[A-Za-z_][A-Za-z0-9_-]*");

  private final StringBuilder out = new StringBuilder();
  private int depth;

  /**
   * The document.
   *
   * @throws ConfigException GIM-019 when the root is no object
   */
  String write(Node tree) {
    if (!(tree instanceof ObjectNode root)) {
      String message = "HOCON expresses an object only at the root";
      throw new ConfigException(
          List.of(new Problem(ErrorCode.NOT_EXPRESSIBLE, ConfigPath.ROOT, message, null, null)),
          null);
    }
    members(root);
    return out.toString();
  }

  private void members(ObjectNode object) {
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child != null) {
        indent();
        if (BARE.matcher(key).matches()) {
          out.append(key);
        } else {
          Escapes.quote(out, key);
        }
        out.append(child instanceof ObjectNode ? " " : " = ");
        node(child);
        out.append('\n');
      }
    }
  }

  private void node(Node node) {
    if (node instanceof ObjectNode object) {
      open('{', object.isEmpty());
      members(object);
      close('}', object.isEmpty());
    } else if (node instanceof ListNode list) {
      open('[', list.size() == 0);
      for (Node element : list.elements()) {
        indent();
        node(element);
        out.append('\n');
      }
      close(']', list.size() == 0);
    } else if (node instanceof Scalar scalar) {
      if (scalar.kind() == Scalar.Kind.STRING) {
        Escapes.quote(out, scalar.text());
      } else {
        out.append(scalar.text());
      }
    } else {
      out.append("null");
    }
  }

  private void open(char bracket, boolean empty) {
    out.append(bracket).append(empty ? "" : "\n");
    depth++;
  }

  private void close(char bracket, boolean empty) {
    depth--;
    if (!empty) {
      indent();
    }
    out.append(bracket);
  }

  private void indent() {
    out.append("  ".repeat(depth));
  }
}
