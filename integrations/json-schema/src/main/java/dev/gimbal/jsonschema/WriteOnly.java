package dev.gimbal.jsonschema;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places that a schema calls {@code writeOnly} (JSON Schema Validation 2020-12, section
 * 9.4: what is never shown again, such as a password). Where a schema that holds such a place
 * stands in itself, all is secret; so it is where a reference leads to nothing that is found. Used
 * by one thread, for one schema.
 */
final class WriteOnly {

  /** The key of what stands at the same place. */
  private static final String HERE = "";

  private static final String ANY = "*";
  private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");
  private static final List<String> SAME_PLACE =
      List.of("allOf", "anyOf", "oneOf", "if", "then", "else");
  private static final List<String> SAME_PLACE_BY_KEY = List.of("dependentSchemas", "dependencies");
  private static final List<String> ANY_CHILD =
      List.of(
          "additionalProperties",
          "unevaluatedProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "unevaluatedItems",
          "contains");

  /** What stands for a schema that is not found. */
  private static final ObjectNode UNKNOWN = ObjectNode.of(Map.of("writeOnly", Scalar.bool(true)));

  private final ObjectNode root;
  private final List<String> at = new ArrayList<>();
  private final Set<String> patterns = new LinkedHashSet<>();
  private final Set<ObjectNode> outer = identitySet();

  private WriteOnly(ObjectNode root) {
    this.root = root;
  }

  /** Their patterns, as {@code Config.Builder.secret} takes them. */
  static List<String> of(ObjectNode schema) {
    WriteOnly found = new WriteOnly(schema);
    found.look(schema);
    return List.copyOf(found.patterns);
  }

  private void look(ObjectNode schema) {
    if (!holds(schema, identitySet())) {
      return;
    }
    if (isWriteOnly(schema) || !outer.add(schema)) {
      patterns.add(ConfigPath.of(at.toArray(new String[0])).toString());
      return;
    }
    eachBelow(
        schema,
        (key, below) -> {
          if (key.equals(HERE)) {
            look(below);
            return;
          }
          at.add(key);
          look(below);
          at.remove(at.size() - 1);
        });
    outer.remove(schema);
  }

  /** Schemas at two places may be equal, and are not the same. */
  private static Set<ObjectNode> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static boolean isWriteOnly(ObjectNode schema) {
    return schema.get("writeOnly") instanceof Scalar flag && flag.text().equals("true");
  }

  /** Whether a schema, or one that it leads to, holds such a place. */
  private boolean holds(ObjectNode schema, Set<ObjectNode> seen) {
    if (isWriteOnly(schema)) {
      return true;
    }
    boolean[] any = new boolean[1];
    if (seen.add(schema)) {
      eachBelow(schema, (key, below) -> any[0] = any[0] || holds(below, seen));
    }
    return any[0];
  }

  /** The schemas that a schema leads to, with the key below which each stands. */
  private void eachBelow(ObjectNode schema, BiConsumer<String, ObjectNode> visitor) {
    for (String keyword : REFERENCES) {
      if (schema.get(keyword) instanceof Scalar reference) {
        visitor.accept(HERE, target(reference.text()));
      }
    }
    for (String keyword : SAME_PLACE) {
      each(schema.get(keyword), below -> visitor.accept(HERE, below));
    }
    for (String keyword : SAME_PLACE_BY_KEY) {
      if (schema.get(keyword) instanceof ObjectNode byKey) {
        byKey.forEach((key, child) -> each(child, below -> visitor.accept(HERE, below)));
      }
    }
    for (String keyword : ANY_CHILD) {
      each(schema.get(keyword), below -> visitor.accept(ANY, below));
    }
    if (schema.get("properties") instanceof ObjectNode properties) {
      properties.forEach((key, child) -> each(child, below -> visitor.accept(key, below)));
    }
    if (schema.get("patternProperties") instanceof ObjectNode byPattern) {
      byPattern.forEach(
          (pattern, child) -> {
            if (!isSpelling(schema, pattern, child)) {
              each(child, below -> visitor.accept(ANY, below));
            }
          });
    }
  }

  /**
   * Whether a pattern stands for other spellings of a key beside it, by a reference to that key's
   * schema: patterns of secrets cover these anyway.
   */
  private boolean isSpelling(ObjectNode schema, String pattern, Node child) {
    if (!(child instanceof ObjectNode object
        && object.size() == 1
        && object.get("$ref") instanceof Scalar reference
        && schema.get("properties") instanceof ObjectNode properties)) {
      return false;
    }
    String text = reference.text();
    String key = text.substring(text.lastIndexOf('/') + 1);
    try {
      return properties.get(key) == target(text) && Pattern.compile(pattern).matcher(key).find();
    } catch (PatternSyntaxException otherDialect) {
      return false;
    }
  }

  /** A schema, or those of a list. */
  private static void each(@Nullable Node node, Consumer<ObjectNode> visitor) {
    if (node instanceof ListNode list) {
      list.elements().forEach(element -> each(element, visitor));
    } else if (node instanceof ObjectNode schema) {
      visitor.accept(schema);
    }
  }

  /** What a reference leads to; a secret where that is not found. */
  private ObjectNode target(String reference) {
    int hash = reference.indexOf('#');
    String document = hash < 0 ? reference : reference.substring(0, hash);
    String name = hash < 0 ? "" : reference.substring(hash + 1);
    String pointer = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    Node base = document.isEmpty() ? root : named(root, document);
    Node found =
        pointer.isEmpty() || pointer.startsWith("/")
            ? at(base, pointer)
            : Objects.requireNonNullElse(anchor(root, pointer), UNKNOWN);
    return found instanceof ObjectNode schema ? schema : UNKNOWN;
  }

  /** RFC 6901, section 4; null where nothing stands. */
  private static @Nullable Node at(@Nullable Node base, String pointer) {
    Node node = base;
    for (String token : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String key = token.replace("~1", "/").replace("~0", "~");
      if (node instanceof ListNode list) {
        boolean isIndex = key.matches("[0-9]{1,6}") && Integer.parseInt(key) < list.size();
        node = isIndex ? list.get(Integer.parseInt(key)) : null;
      } else {
        node = node instanceof ObjectNode object ? object.get(key) : null;
      }
    }
    return node;
  }

  /** The schema that calls itself so by {@code $id}, or null. */
  private static @Nullable Node named(Node node, String id) {
    return find(node, "$id", id);
  }

  private static @Nullable Node anchor(Node node, String name) {
    Node anchor = find(node, "$anchor", name);
    Node dynamic = anchor == null ? find(node, "$dynamicAnchor", name) : anchor;
    return dynamic == null ? find(node, "$id", "#" + name) : dynamic;
  }

  private static @Nullable Node find(Node node, String keyword, String text) {
    Node[] found = new Node[1];
    if (node instanceof ObjectNode object) {
      if (object.get(keyword) instanceof Scalar said && said.text().equals(text)) {
        return object;
      }
      object.forEach(
          (key, child) -> found[0] = found[0] == null ? find(child, keyword, text) : found[0]);
    } else if (node instanceof ListNode list) {
      list.elements()
          .forEach(child -> found[0] = found[0] == null ? find(child, keyword, text) : found[0]);
    }
    return found[0];
  }
}
