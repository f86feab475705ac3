package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a node in one line: a scalar as its text, objects and lists like compact JSON. */
final class TreeText {

  private final StringBuilder out = new StringBuilder();
  private final boolean masking;

  /** Knows what placeholders put where; null where the node is shown as written. */
  private final @Nullable Secrecy secrecy;

  private final @Nullable ConfigPath root;

  /** For a node as it is written. */
  TreeText(boolean masking) {
    this.masking = masking;
    this.secrecy = null;
    this.root = null;
  }

  /** For what readers see at a path. */
  TreeText(Secrecy secrecy, ConfigPath path) {
    this.masking = true;
    this.secrecy = secrecy;
    this.root = path;
  }

  String of(Node node) {
    if (node instanceof Scalar scalar) {
      return text(scalar);
    }
    write(node, root);
    return out.toString();
  }

  private void write(Node node, @Nullable ConfigPath path) {
    if (node instanceof ObjectNode object) {
      writeObject(object, path);
    } else if (node instanceof ListNode list) {
      writeList(list, path);
    } else if (!(node instanceof Scalar scalar)) {
      out.append("null");
    } else if (path != null && secrecy != null && secrecy.isSecret(path)) {
      quote(SecretKeys.MASK);
    } else if (scalar.kind() == Scalar.Kind.STRING) {
      quote(text(scalar));
    } else {
      out.append(scalar.text());
    }
  }

  /** The text; as written, the defaults of placeholders for secrets are masked. */
  private String text(Scalar scalar) {
    if (!masking || secrecy != null || !scalar.hasTemplates()) {
      return scalar.text();
    }
    try {
      StringBuilder text = new StringBuilder();
      return template(text, PlaceholderParser.parse(scalar.text()))
          ? text.toString()
          : scalar.text();
    } catch (PlaceholderParser.TooDeep e) {
      return SecretKeys.MASK;
    }
  }

  /** Writes the parts; whether anything in them was masked. */
  private static boolean template(StringBuilder text, List<PlaceholderParser.Part> parts) {
    boolean masked = false;
    for (PlaceholderParser.Part part : parts) {
      if (part instanceof PlaceholderParser.Text plain) {
        text.append(plain.text().replace("${", "$${"));
      } else if (part instanceof PlaceholderParser.Ref ref) {
        masked |= placeholder(text, ref);
      }
    }
    return masked;
  }

  private static boolean placeholder(StringBuilder text, PlaceholderParser.Ref ref) {
    String written = ref.written();
    List<PlaceholderParser.Part> fallback = ref.fallback();
    if (fallback == null) {
      text.append(written);
      return false;
    }
    boolean masked = SecretKeys.isSecret(written);
    text.append(written, 0, written.length() - 1).append(':');
    if (masked) {
      text.append(SecretKeys.MASK);
    } else {
      masked = template(text, fallback);
    }
    text.append('}');
    return masked;
  }

  private void writeObject(ObjectNode object, @Nullable ConfigPath path) {
    char before = '{';
    for (String key : object.keys()) {
      Node child = object.get(key);
      if (child == null) {
        continue;
      }
      out.append(before);
      before = ',';
      quote(key);
      out.append(':');
      if (masking && SecretKeys.isSecret(key)) {
        quote(SecretKeys.MASK);
      } else {
        write(child, path == null ? null : path.child(key));
      }
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private void writeList(ListNode list, @Nullable ConfigPath path) {
    char before = '[';
    for (int i = 0; i < list.size(); i++) {
      out.append(before);
      before = ',';
      write(list.elements().get(i), path == null ? null : path.child(i));
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00")
                .append(c < 16 ? "0" : "1")
                .append("0123456789abcdef".charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
