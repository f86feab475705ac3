package dev.gimbal.processor;

import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether a document fulfils a JSON Schema, for the keywords that are written here. */
final class SchemaChecker {

  private static final Set<String> SAY_NOTHING =
      Set.of("$schema", "title", "description", "default", "examples", "$defs");

  private final ObjectNode schema;

  SchemaChecker(ObjectNode schema) {
    this.schema = schema;
  }

  boolean accepts(Node document) {
    return accepts(schema, document);
  }

  private boolean accepts(Node rules, Node node) {
    ObjectNode all = (ObjectNode) rules;
    return all.keys().stream()
        .allMatch(keyword -> SAY_NOTHING.contains(keyword) || fulfils(keyword, all, node));
  }

  private boolean fulfils(String keyword, ObjectNode all, Node node) {
    Node rule = Objects.requireNonNull(all.get(keyword));
    return switch (keyword) {
      case "$ref" -> accepts(referred(text(rule)), node);
      case "type" ->
          rule instanceof ListNode types
              ? types.elements().stream().anyMatch(type -> isOf(text(type), node))
              : isOf(text(rule), node);
      case "anyOf" -> count(rule, node) > 0;
      case "oneOf" -> count(rule, node) == 1;
      case "allOf" -> count(rule, node) == ((ListNode) rule).size();
      case "not" -> !accepts(rule, node);
      case "const" -> rule.equals(node);
      case "enum" -> ((ListNode) rule).elements().contains(node);
      case "minimum" -> !isOf("number", node) || number(node).compareTo(number(rule)) >= 0;
      case "maximum" -> !isOf("number", node) || number(node).compareTo(number(rule)) <= 0;
      case "minLength" -> !isOf("string", node) || length(node) >= number(rule).intValue();
      case "maxLength" -> !isOf("string", node) || length(node) <= number(rule).intValue();
      case "pattern" ->
          !isOf("string", node) || Pattern.compile(text(rule)).matcher(text(node)).find();
      case "items" ->
          !(node instanceof ListNode list)
              || list.elements().stream().allMatch(element -> accepts(rule, element));
      case "required" ->
          eachKey(
              node,
              object ->
                  ((ListNode) rule).elements().stream().allMatch(k -> object.get(text(k)) != null));
      case "properties" ->
          eachKey(
              node,
              object ->
                  ((ObjectNode) rule)
                      .keys().stream()
                          .allMatch(
                              key ->
                                  object.get(key) == null
                                      || accepts(((ObjectNode) rule).get(key), object.get(key))));
      case "patternProperties" ->
          eachKey(
              node,
              object ->
                  ((ObjectNode) rule)
                      .keys().stream()
                          .allMatch(
                              pattern ->
                                  object.keys().stream()
                                      .filter(key -> Pattern.compile(pattern).matcher(key).find())
                                      .allMatch(
                                          key ->
                                              accepts(
                                                  ((ObjectNode) rule).get(pattern),
                                                  object.get(key)))));
      case "propertyNames" ->
          eachKey(
              node,
              object -> object.keys().stream().allMatch(key -> accepts(rule, Scalar.string(key))));
      case "additionalProperties" -> // never beside properties
          eachKey(
              node, object -> object.keys().stream().allMatch(k -> accepts(rule, object.get(k))));
      default -> throw new IllegalArgumentException("keyword: " + keyword);
    };
  }

  private static boolean eachKey(Node node, Predicate<ObjectNode> rule) {
    return !(node instanceof ObjectNode object) || rule.test(object);
  }

  private int count(Node rules, Node node) {
    return (int) ((ListNode) rules).elements().stream().filter(r -> accepts(r, node)).count();
  }

  private static boolean isOf(String type, Node node) {
    return switch (type) {
      case "object" -> node instanceof ObjectNode;
      case "array" -> node instanceof ListNode;
      case "null" -> node == NullNode.NULL;
      case "integer" -> isOf("number", node) && number(node).stripTrailingZeros().scale() <= 0;
      default -> node instanceof Scalar scalar && scalar.kind().name().equalsIgnoreCase(type);
    };
  }

  private static BigDecimal number(Node node) {
    return new BigDecimal(text(node));
  }

  private static int length(Node node) {
    return text(node).codePointCount(0, text(node).length());
  }

  private static String text(Node node) {
    return ((Scalar) node).text();
  }

  private Node referred(String reference) {
    Node at = schema;
    for (String segment : URI.create(reference).getFragment().substring(1).split("/", -1)) {
      at = ((ObjectNode) at).get(segment.replace("~1", "/").replace("~0", "~"));
    }
    return Objects.requireNonNull(at, reference);
  }
}
