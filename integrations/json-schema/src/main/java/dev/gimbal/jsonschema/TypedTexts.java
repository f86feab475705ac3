package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Texts that stand where a schema wants a number or a boolean. */
final class TypedTexts {

  private TypedTexts() {}

  /**
   * Puts numbers and booleans in the place of the texts that say them, wherever that is what an
   * error asks for; whether there was one.
   *
   * @param tree is changed
   */
  static boolean retype(JsonNode tree, List<Error> errors) {
    boolean any = false;
    for (Error error : errors) {
      JsonNode found = error.getInstanceNode();
      if ("type".equals(error.getKeyword()) && found != null && found.isString()) {
        JsonNode typed = typed(found.stringValue(), error.getSchemaNode());
        any |= typed != null && replace(tree, error.getInstanceLocation(), typed);
      }
    }
    return any;
  }

  private static @Nullable JsonNode typed(String text, @Nullable JsonNode wanted) {
    if (wants(wanted, "boolean")
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    }
    if (wants(wanted, "integer") || wants(wanted, "number")) {
      JsonNode number = JsonNodes.number(text.strip());
      return number.isNumber() ? number : null;
    }
    return null;
  }

  private static boolean wants(@Nullable JsonNode wanted, String type) {
    if (wanted == null) {
      return false;
    }
    if (wanted.isArray()) {
      return wanted.valueStream().anyMatch(one -> wants(one, type));
    }
    return wanted.isString() && wanted.stringValue().equals(type);
  }

  private static boolean replace(JsonNode tree, NodePath location, JsonNode typed) {
    JsonNode parent = tree;
    int last = location.getNameCount() - 1;
    for (int i = 0; i < last; i++) {
      parent =
          location.getElement(i) instanceof Integer index
              ? parent.get(index)
              : parent.get(location.getElement(i).toString());
    }
    Object key = location.getElement(last);
    if (parent instanceof ArrayNode array && key instanceof Integer index) {
      boolean text = array.get(index).isString();
      array.set(index, typed);
      return text;
    }
    boolean text = parent.get(key.toString()).isString();
    ((ObjectNode) parent).set(key.toString(), typed);
    return text;
  }
}
