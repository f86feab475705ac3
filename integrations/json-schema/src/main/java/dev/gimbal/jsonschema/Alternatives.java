package dev.gimbal.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is told where no alternative of an {@code anyOf} or {@code oneOf} matches: the errors of the
 * one that is most likely meant. Alternatives for values of another kind are passed over, then
 * those that want another constant, as the {@code type} that tells cases apart; of the rest, what
 * all say, else those with the fewest errors, else the deepest, else the first. Where all are for
 * other kinds, or all want other constants of one place, one error names them all.
 *
 * @param place of the value
 * @param at the keyword's place in the evaluation
 */
record Alternatives(JsonNode value, NodePath place, NodePath at) {

  /**
   * @param found the errors of all alternatives; what is about no single one of them stands for all
   * @param count of alternatives
   */
  List<Error> told(List<Error> found, int count) {
    Map<Object, List<Error>> byAlternative = new LinkedHashMap<>();
    for (Error error : found) {
      if (error.getEvaluationPath().getNameCount() > at.getNameCount()) {
        Object index = error.getEvaluationPath().getElement(at.getNameCount());
        List<Error> its = byAlternative.computeIfAbsent(index, i -> new ArrayList<>());
        if (its.stream().noneMatch(other -> isSame(error, other))) {
          its.add(error);
        }
      }
    }
    if (byAlternative.size() < count) {
      return List.of(found.get(0)); // more than one matches
    }
    return told(byAlternative.values());
  }

  private List<Error> told(Collection<List<Error>> alternatives) {
    List<List<Error>> ofKind = alternatives.stream().filter(this::isForKind).toList();
    if (ofKind.isEmpty()) {
      return List.of(noneOfKind(alternatives));
    }
    List<List<Error>> ofCase =
        ofKind.stream().filter(its -> its.stream().noneMatch(this::isAboutCase)).toList();
    List<List<Error>> meant = ofCase.isEmpty() ? ofKind : ofCase;
    Error noConstant = noConstant(meant);
    return noConstant == null ? best(meant) : List.of(noConstant);
  }

  private static List<Error> best(List<List<Error>> alternatives) {
    List<Error> inAll =
        alternatives.get(0).stream()
            .filter(error -> alternatives.stream().allMatch(its -> hasSame(its, error)))
            .toList();
    if (!inAll.isEmpty()) {
      return inAll;
    }
    return alternatives.stream()
        .min(
            Comparator.<List<Error>>comparingInt(List::size)
                .thenComparing(Alternatives::depth, Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static int depth(List<Error> errors) {
    return errors.stream().mapToInt(e -> e.getInstanceLocation().getNameCount()).max().orElse(0);
  }

  private static boolean hasSame(List<Error> errors, Error error) {
    return errors.stream().anyMatch(other -> isSame(error, other));
  }

  private static boolean isSame(Error one, Error other) {
    return one.getInstanceLocation().equals(other.getInstanceLocation())
        && one.getMessage().equals(other.getMessage());
  }

  // ---- kinds of values

  private boolean isForKind(List<Error> alternative) {
    return alternative.stream().noneMatch(this::isAboutKind);
  }

  private boolean isAboutKind(Error error) {
    if (!error.getInstanceLocation().equals(place)) {
      return false;
    }
    JsonNode typed = TextReading.typed(value);
    Set<String> wanted = kinds(error);
    return error.getKeyword().equals("type")
        || isScalarOfObject(error)
        || !wanted.isEmpty()
            && !wanted.contains(kind(value))
            && (typed == null || !wanted.contains(kind(typed)));
  }

  /** An object that stands for the scalar under its empty key is meant for scalars. */
  private static boolean isScalarOfObject(Error error) {
    return error.getKeyword().equals("required") && "".equals(error.getProperty());
  }

  private Error noneOfKind(Collection<List<Error>> alternatives) {
    Set<String> kinds = new LinkedHashSet<>();
    alternatives.stream()
        .flatMap(List::stream)
        .filter(this::isAboutKind)
        .forEach(error -> kinds.addAll(kinds(error)));
    ArrayNode said = JsonNodeFactory.instance.arrayNode();
    kinds.forEach(said::add);
    String expected = kinds.size() == 1 ? kinds.iterator().next() : kinds.toString();
    return error("type", place, value, said, kind(value) + " found, " + expected + " expected");
  }

  /** Of the values that an error asks for; none where it says no values. */
  private static Set<String> kinds(Error error) {
    JsonNode said = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "type" ->
          said.isArray()
              ? said.valueStream()
                  .filter(JsonNode::isString)
                  .map(JsonNode::stringValue)
                  .collect(Collectors.toCollection(LinkedHashSet::new))
              : said.isString() ? Set.of(said.stringValue()) : Set.of();
      case "const", "enum" ->
          constants(error).stream()
              .map(Alternatives::kind)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      default -> Set.of();
    };
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "string";
    };
  }

  // ---- constants

  /** That a key of the value has another constant. */
  private boolean isAboutCase(Error error) {
    return isConstant(error)
        && error.getInstanceLocation().getNameCount() == place.getNameCount() + 1;
  }

  private static boolean isConstant(Error error) {
    return error.getKeyword().equals("enum") || error.getKeyword().equals("const");
  }

  private static List<JsonNode> constants(Error error) {
    JsonNode said = error.getSchemaNode();
    return error.getKeyword().equals("const") ? List.of(said) : said.valueStream().toList();
  }

  /** That a place has none of the constants that the alternatives want; null if they differ. */
  private @Nullable Error noConstant(List<List<Error>> alternatives) {
    for (Error first : alternatives.get(0)) {
      List<Error> there =
          alternatives.stream()
              .flatMap(its -> its.stream().filter(error -> isConstantAt(first, error)).limit(1))
              .toList();
      if (isConstant(first) && there.size() == alternatives.size()) {
        ArrayNode said = JsonNodeFactory.instance.arrayNode();
        there.stream().flatMap(error -> constants(error).stream()).distinct().forEach(said::add);
        String values =
            said.valueStream().map(JsonNode::toString).collect(Collectors.joining(", ", "[", "]"));
        String message = "does not have a value in the enumeration " + values;
        return error("enum", first.getInstanceLocation(), first.getInstanceNode(), said, message);
      }
    }
    return null;
  }

  private static boolean isConstantAt(Error first, Error error) {
    return isConstant(error) && error.getInstanceLocation().equals(first.getInstanceLocation());
  }

  private Error error(String by, NodePath where, JsonNode node, JsonNode said, String message) {
    return Error.builder()
        .keyword(by)
        .instanceLocation(where)
        .instanceNode(node)
        .schemaNode(said)
        .evaluationPath(at)
        .messageSupplier(() -> message)
        .build();
  }
}
