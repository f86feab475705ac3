package dev.gimbal.format.xml;

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

/** Writes one tree as elements, without attributes. Used by one thread. */
final class XmlWriter {

  private static final String ROOT = "config";

  private final StringBuilder out = new StringBuilder();
  private final List<Problem> problems = new ArrayList<>();
  private int depth;

  /**
   * The document.
   *
   * @throws ConfigException GIM-019 with each path that XML cannot express
   */
  String write(Node tree) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (tree instanceof ObjectNode root) {
      object(ROOT, root, ConfigPath.ROOT);
    } else {
      problem(ConfigPath.ROOT, "a root that is no object");
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems, null);
    }
    return out.toString();
  }

  private void object(String name, ObjectNode object, ConfigPath path) {
    indent();
    out.append('<').append(name).append('>');
    Node beside = object.get("");
    if (beside != null) {
      beside(beside, path.child(""));
    }
    out.append('\n');
    depth++;
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child != null && !key.isEmpty()) {
        member(key, child, path.child(key));
      }
    }
    depth--;
    indent();
    close(name);
  }

  private void beside(Node node, ConfigPath path) {
    if (!(node instanceof Scalar scalar)) {
      problem(path, "an object, a list or null as the text beside elements");
    } else if (scalar.text().isEmpty()) {
      problem(path, "an empty text beside elements");
    } else if (hasBlankEnds(scalar.text())) {
      problem(path, "white space at the ends of the text beside elements");
    } else {
      text(scalar.text(), path);
    }
  }

  private void member(String key, Node node, ConfigPath path) {
    if (!isName(key)) {
      problem(path, "a key that is no name without a colon");
    }
    if (!(node instanceof ListNode list)) {
      element(key, node, path);
      return;
    }
    if (list.size() < 2) {
      problem(path, list.size() == 0 ? "an empty list" : "a list of one element");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      element(key, list.elements().get(i), path.child(i));
    }
  }

  private static boolean isName(String key) {
    return !key.isEmpty() && XmlCharacters.nameEnd(key, 0) == key.length() && key.indexOf(':') < 0;
  }

  private void element(String key, Node node, ConfigPath path) {
    if (node instanceof Scalar scalar) {
      scalar(key, scalar.text(), path);
    } else if (node instanceof ListNode) {
      problem(path, "a list in a list");
    } else if (!(node instanceof ObjectNode object)) {
      problem(path, "null");
    } else if (object.isEmpty()) {
      problem(path, "an empty object");
    } else if (object.size() == 1 && object.get("") != null) {
      problem(path, "an object with nothing but the empty key");
    } else {
      object(key, object, path);
    }
  }

  private void scalar(String name, String text, ConfigPath path) {
    indent();
    out.append('<').append(name).append(hasBlankEnds(text) ? " xml:space=\"preserve\"" : "");
    if (text.isEmpty()) {
      out.append("/>\n");
      return;
    }
    out.append('>');
    text(text, path);
    close(name);
  }

  private static boolean hasBlankEnds(String text) {
    return !text.isEmpty()
        && (XmlCharacters.isBlank(text.charAt(0))
            || XmlCharacters.isBlank(text.charAt(text.length() - 1)));
  }

  private void text(String text, ConfigPath path) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (!XmlCharacters.isAllowed(c)) {
        problem(path, "the character " + String.format("U+%04X", c));
        return;
      }
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\r' -> out.append("&#13;");
        default -> out.appendCodePoint(c);
      }
    }
  }

  private void close(String name) {
    out.append("</").append(name).append(">\n");
  }

  private void indent() {
    out.append("  ".repeat(depth));
  }

  private void problem(ConfigPath path, String what) {
    String message = "XML cannot express " + what;
    problems.add(new Problem(ErrorCode.NOT_EXPRESSIBLE, path, message, null, null));
  }
}
