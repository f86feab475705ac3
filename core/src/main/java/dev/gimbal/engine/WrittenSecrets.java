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
import org.jspecify.annotations.Nullable;

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
    return show(path, node, null);
  }

  /**
   * The same.
   *
   * @param won what the layers together have in its place: where that is secret by its value, what
   *     lost to it was the same secret or one before it
   */
  String show(ConfigPath path, Node node, @Nullable Node won) {
    return TreeText.of(mask(node, SecretKeys.isSecret(path), won));
  }

  /** A placeholder as written, without its default and without those of secrets in its name. */
  String show(Ref ref) {
    StringBuilder text = new StringBuilder("${").append(ref.kind().prefix);
    return template(text, ref.name()) ? text.append('}').toString() : ref.written();
  }

  private Node mask(Node node, boolean ofKey, @Nullable Node won) {
    boolean secret = ofKey || isSecret(won);
    if (node instanceof ObjectNode object) {
      Map<String, Node> children = new HashMap<>();
      object.forEach(
          (key, child) -> {
            boolean keyBelow = key.isEmpty() ? ofKey : SecretKeys.isSecret(key);
            Node below = won instanceof ObjectNode there ? there.get(key) : won;
            children.put(key, mask(child, keyBelow, below));
          });
      return ObjectNode.of(children);
    }
    if (node instanceof ListNode list) {
      if (secret && !Secrecy.holdsObject(list)) {
        return Secrecy.MASK;
      }
      List<Node> elements = new ArrayList<>(list.size());
      Node any = won instanceof ListNode there ? secretIn(there) : won;
      for (Node element : list.elements()) {
        Node below =
            any == null && won instanceof ListNode there && elements.size() < there.size()
                ? there.elements().get(elements.size())
                : any;
        elements.add(mask(element, ofKey, below));
      }
      return ListNode.of(elements);
    }
    return node instanceof Scalar scalar ? scalar(scalar, secret) : node;
  }

  private static boolean isSecret(@Nullable Node node) {
    return node instanceof Scalar scalar && scalar.isSecret();
  }

  /** An element that is secret, or null: elements that lost may have stood elsewhere. */
  private static @Nullable Node secretIn(ListNode list) {
    for (Node element : list.elements()) {
      if (isSecret(element)) {
        return element;
      }
    }
    return null;
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
