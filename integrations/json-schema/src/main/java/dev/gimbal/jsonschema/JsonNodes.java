package dev.gimbal.jsonschema;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Trees as the validator takes them. */
final class JsonNodes {

  /** A number with more digits before or behind its point is taken for a text. */
  private static final int MAX_DIGITS = 1_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonNodes() {}

  /** The tree with its numbers as they are written: 1.10 has two digits behind the point. */
  static JsonNode of(Node node) {
    if (node instanceof ObjectNode object) {
      tools.jackson.databind.node.ObjectNode to = NODES.objectNode();
      object.forEach((key, child) -> to.set(key, of(child)));
      return to;
    }
    if (node instanceof ListNode list) {
      ArrayNode to = NODES.arrayNode(list.size());
      list.elements().forEach(element -> to.add(of(element)));
      return to;
    }
    return node instanceof Scalar scalar ? of(scalar) : NODES.nullNode();
  }

  private static JsonNode of(Scalar scalar) {
    return switch (scalar.kind()) {
      case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NUMBER -> number(scalar.text());
      default -> NODES.stringNode(scalar.text());
    };
  }

  /** The number that a text says; the text where it says none. */
  static JsonNode number(String text) {
    BigDecimal number;
    try {
      number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
    } catch (NumberFormatException infinite) {
      return NODES.stringNode(text); // .inf and .nan of YAML
    }
    if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS) {
      return NODES.stringNode(text);
    }
    return number.scale() <= 0
        ? NODES.numberNode(number.toBigIntegerExact())
        : NODES.numberNode(number);
  }
}
