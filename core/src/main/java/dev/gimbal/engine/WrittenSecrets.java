package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import dev.gimbal.secret.SecretKeys;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks a node as it is written in a layer, its placeholders unresolved: what is a secret or has a
 * secret key of its own, and the defaults of placeholders that name secrets. Used by one thread.
 */
final class WrittenSecrets {

  private final PlaceholderSecrets secrets;

  WrittenSecrets(PlaceholderSecrets secrets) {
    this.secrets = secrets;
  }

  /** The node of a path, in one line. */
  String show(ConfigPath path, Node node) {
    return TreeText.of(mask(node, SecretKeys.isSecret(path)));
  }

  /** A placeholder as written, without its default and without those of secrets in its name. */
  String show(Ref ref) {
    StringBuilder text = new StringBuilder("${").append(ref.kind().prefix);
    return template(text, ref.name()) ? text.append('}').toString() : ref.written();
  }

  private Node mask(Node node, boolean secret) {
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach(
          (key, child) ->
              children.put(key, mask(child, key.isEmpty() ? secret : SecretKeys.isSecret(key))));
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      if (secret && !Secrecy.holdsObject(list)) {
        return Secrecy.MASK;
      }
      List<Node> elements = new ArrayList<>(list.size());
      list.elements().forEach(element -> elements.add(mask(element, secret)));
      return ListNode.of(elements);
    }
    return node instanceof Scalar scalar ? scalar(scalar, secret) : node;
  }

  private Scalar scalar(Scalar scalar, boolean secret) {
    if (secret || scalar.isSecret()) {
      return Secrecy.MASK;
    }
    if (!scalar.hasTemplates()) {
      return scalar;
    }
    try {
      StringBuilder text = new StringBuilder();
      return template(text, PlaceholderParser.parse(scalar.text()))
          ? Scalar.string(text.toString())
          : scalar;
    } catch (PlaceholderParser.TooDeep e) {
      return Secrecy.MASK;
    }
  }

  /** Writes the parts; whether anything in them was masked. */
  private boolean template(StringBuilder text, List<Part> parts) {
    boolean masked = false;
    for (Part part : parts) {
      if (part instanceof Text plain) {
        text.append(plain.text().replace("${", "$${"));
      } else if (part instanceof Ref ref) {
        masked |= placeholder(text, ref);
      }
    }
    return masked;
  }

  private boolean placeholder(StringBuilder text, Ref ref) {
    String shown = show(ref);
    boolean inName = !shown.equals(ref.written());
    List<Part> fallback = ref.fallback();
    if (fallback == null) {
      text.append(shown);
      return inName;
    }
    boolean masked = secrets.ofDefault(ref);
    text.append(shown, 0, shown.length() - 1).append(':');
    if (masked) {
      text.append(SecretKeys.MASK);
    } else {
      masked = template(text, fallback);
    }
    text.append('}');
    return masked || inName;
  }
}
