package dev.gimbal.jsonschema;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places that a schema calls {@code writeOnly} (JSON Schema Validation 2020-12, section
 * 9.4: what is never shown again, such as a password). A schema that refers to itself is looked
 * into once: below, all is secret if anything in it is. Used by one thread, for one schema.
 */
final class WriteOnly {

  private static final String ANY = "*";
  private static final List<String> SAME_PLACE =
      List.of("allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas");
  private static final List<String> ANY_CHILD =
      List.of(
          "additionalProperties",
          "unevaluatedProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "unevaluatedItems",
          "contains");

  private final ObjectNode root;
  private final List<String> at = new ArrayList<>();
  private final Set<String> patterns = new LinkedHashSet<>();

  /** Where references stand in what they lead to, by place. */
  private final Map<String, String> repeated = new LinkedHashMap<>();

  private final Set<String> outer = new HashSet<>();
  private final Set<String> clean = new HashSet<>();

  /** References to what has secrets in it. */
  private final Set<String> holding = new HashSet<>();

  private WriteOnly(ObjectNode root) {
    this.root = root;
  }

  /** Their patterns, as {@code Config.Builder.secret} takes them. */
  static List<String> of(ObjectNode schema) {
    WriteOnly found = new WriteOnly(schema);
    found.look(schema);
    found.repeated.forEach(
        (place, reference) -> {
          if (found.holding.contains(reference)) {
            found.patterns.add(place);
          }
        });
    return List.copyOf(found.patterns);
  }

  private void look(@Nullable Node node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.get("writeOnly") instanceof Scalar flag && flag.text().equals("true")) {
      patterns.add(here());
      return;
    }
    if (schema.get("$ref") instanceof Scalar reference) {
      follow(reference.text());
    }
    for (String keyword : SAME_PLACE) {
      each(schema.get(keyword), this::look);
    }
    for (String keyword : ANY_CHILD) {
      each(schema.get(keyword), child -> below(ANY, child));
    }
    if (schema.get("properties") instanceof ObjectNode properties) {
      properties.forEach(this::below);
    }
    if (schema.get("patternProperties") instanceof ObjectNode byPattern) {
      byPattern.forEach((pattern, child) -> spelling(child));
    }
  }

  /** What refers to a property is another spelling of its key, which patterns cover anyway. */
  private void spelling(Node child) {
    boolean refers =
        child instanceof ObjectNode schema
            && schema.get("$ref") instanceof Scalar reference
            && reference.text().contains("/properties/");
    if (!refers) {
      below(ANY, child);
    }
  }

  /** A schema, or those of a list or of an object that is no schema itself. */
  private static void each(@Nullable Node node, java.util.function.Consumer<Node> visitor) {
    if (node instanceof ListNode list) {
      list.elements().forEach(visitor);
    } else if (node != null) {
      visitor.accept(node);
    }
  }

  private void below(String key, Node child) {
    at.add(key);
    look(child);
    at.remove(at.size() - 1);
  }

  private String here() {
    return ConfigPath.of(at.toArray(new String[0])).toString();
  }

  private void follow(String reference) {
    if (!reference.startsWith("#") || clean.contains(reference)) {
      return;
    }
    if (!outer.add(reference)) {
      repeated.put(here(), reference);
      return;
    }
    int found = patterns.size();
    int times = repeated.size();
    look(target(reference));
    outer.remove(reference);
    if (found < patterns.size()) {
      holding.add(reference);
    } else if (times == repeated.size()) {
      clean.add(reference);
    }
  }

  /** RFC 6901, section 6; null where nothing stands, and for a name of an anchor. */
  private @Nullable Node target(String reference) {
    String pointer = URLDecoder.decode(reference.substring(1), StandardCharsets.UTF_8);
    Node node = root;
    if (pointer.isEmpty()) {
      return node;
    }
    for (String token : pointer.substring(1).split("/", -1)) {
      String key = token.replace("~1", "/").replace("~0", "~");
      if (node instanceof ListNode list) {
        node = key.matches("[0-9]{1,6}") ? element(list, Integer.parseInt(key)) : null;
      } else {
        node = node == null ? null : Nodes.at(node, ConfigPath.of(key));
      }
    }
    return node;
  }

  private static @Nullable Node element(ListNode list, int index) {
    return index < list.size() ? list.get(index) : null;
  }
}
