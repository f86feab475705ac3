package dev.gimbal.processor;

import static dev.gimbal.processor.ScalarSchemas.any;
import static dev.gimbal.processor.ScalarSchemas.map;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema (2020-12) of a document that has a root under its prefix. It takes whatever the
 * binding takes; other spellings of a key are patterns that refer to the key. Used by one thread,
 * for one model.
 */
final class JsonSchema {

  private static final Map<String, Object> NULL = map("type", "null");
  private static final String TYPE_KEY = "type";

  private final Model model;
  private final Map<String, Object> definitions = new TreeMap<>();

  private JsonSchema(Model model) {
    this.model = model;
  }

  /** The document. */
  static String of(Model model) {
    return Json.write(new JsonSchema(model).schema());
  }

  private Map<String, Object> schema() {
    for (Bound type : model.types().values()) {
      definitions.put(type.name(), definition(type));
    }
    Map<String, Object> at = reference(model.root());
    List<String> prefix = model.prefix();
    for (int i = prefix.size() - 1; i >= 0; i--) {
      at = map("type", "object", "properties", map(prefix.get(i), at));
    }
    Map<String, Object> schema =
        map("$schema", "https://json-schema.org/draft/2020-12/schema", "title", model.fileName());
    schema.putAll(at);
    schema.put("$defs", definitions);
    return schema;
  }

  private Map<String, Object> definition(Bound type) {
    return type instanceof Bound.OfMembers members
        ? ofMembers(members)
        : ofCases((Bound.OfCases) type);
  }

  // ---- objects

  private Map<String, Object> ofMembers(Bound.OfMembers type) {
    Map<String, Object> properties = map();
    Map<String, Object> patterns = map();
    List<Object> conditions = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (Property property : type.properties()) {
      boolean isRequired = model.isRequired(property);
      properties.put(property.name(), ofProperty(property, isRequired));
      if (!property.exact()) {
        String pattern = Names.keyPattern(property.name());
        patterns.put(pattern, referenceTo(type.name(), "properties", property.name()));
        if (isRequired) {
          conditions.add(present(property.name(), pattern));
        }
      } else if (isRequired) {
        required.add(property.name());
      }
    }
    Map<String, Object> schema = map("type", "object");
    putText(schema, "description", type.description());
    schema.put("properties", properties);
    if (!patterns.isEmpty()) {
      schema.put("patternProperties", patterns);
    }
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!conditions.isEmpty()) {
      schema.put("allOf", conditions);
    }
    return schema;
  }

  /** That a key is there, in whichever spelling. */
  private static Map<String, Object> present(String name, String pattern) {
    Map<String, Object> other = map("propertyNames", map("not", map("pattern", pattern)));
    return map("anyOf", List.of(map("required", List.of(name)), map("not", other)));
  }

  private Map<String, Object> ofProperty(Property property, boolean isRequired) {
    Map<String, Object> value = of(property.form());
    Map<String, Object> schema =
        isRequired || property.form() instanceof Form.OfOptional
            ? map()
            : map("anyOf", List.of(value, NULL));
    if (schema.isEmpty()) {
      schema.putAll(value);
    }
    putText(schema, "description", property.description());
    if (property.secret()) {
      schema.put("writeOnly", true);
    }
    if (property.defaultText() != null) {
      schema.put("default", Defaults.json(property.form(), property.defaultText()));
    }
    return schema;
  }

  private static void putText(Map<String, Object> schema, String key, String text) {
    if (!text.isEmpty()) {
      schema.put(key, text);
    }
  }

  private Map<String, Object> ofCases(Bound.OfCases type) {
    List<String> names = List.copyOf(type.cases().keySet());
    List<Object> cases = new ArrayList<>();
    type.cases()
        .forEach(
            (name, of) -> {
              Map<String, Object> said = any(ScalarSchemas.ofConstants(List.of(name)));
              said = any(orUnderEmptyKey(List.of(said)));
              String pattern = Names.keyPattern(TYPE_KEY);
              cases.add(
                  map(
                      "title",
                      name,
                      "properties",
                      map(TYPE_KEY, said),
                      "patternProperties",
                      map(pattern, said),
                      "allOf",
                      List.of(present(TYPE_KEY, pattern), reference(of))));
            });
    Map<String, Object> schema = map("type", "object");
    putText(schema, "description", type.description());
    schema.put("properties", map(TYPE_KEY, map("examples", names)));
    schema.put("oneOf", cases);
    return schema;
  }

  // ---- values

  private Map<String, Object> of(Form form) {
    if (form instanceof Form.OfScalar scalar) {
      return scalar(scalar.type(), ScalarSchemas.of(scalar.type()));
    }
    if (form instanceof Form.OfEnum constants) {
      return scalar(constants.type(), ScalarSchemas.ofConstants(constants.constants()));
    }
    if (form instanceof Form.OfBound bound) {
      return reference(bound.name());
    }
    if (form instanceof Form.OfOptional optional) {
      return map("anyOf", List.of(of(optional.value()), NULL));
    }
    if (form instanceof Form.OfMap map) {
      return map(
          "type",
          "object",
          "propertyNames",
          of(map.key()),
          "additionalProperties",
          of(map.value()));
    }
    return form instanceof Form.OfList list ? ofList(list) : map();
  }

  private Map<String, Object> ofList(Form.OfList list) {
    Map<String, Object> element = of(list.element());
    Map<String, Object> text =
        isReadFromText(list.element())
            ? map("type", "string")
            : map("type", "string", "pattern", "^\\s*$");
    Map<String, Object> one = map("type", List.of("number", "boolean"));
    one.putAll(element);
    List<Object> scalars = isReadFromText(list.element()) ? List.of(text, one) : List.of(text);
    List<Object> alternatives = new ArrayList<>(List.of(map("type", "array", "items", element)));
    alternatives.addAll(orUnderEmptyKey(scalars));
    return map("anyOf", alternatives);
  }

  private static boolean isReadFromText(Form form) {
    return form instanceof Form.OfOptional optional
        ? isReadFromText(optional.value())
        : !(form instanceof Form.OfBound || form instanceof Form.OfMap);
  }

  private Map<String, Object> scalar(String type, List<Object> alternatives) {
    definitions.computeIfAbsent(type, t -> any(orUnderEmptyKey(alternatives)));
    return reference(type);
  }

  /** The same, also as the scalar that stands under the empty key of an object. */
  private static List<Object> orUnderEmptyKey(List<Object> alternatives) {
    List<Object> all = new ArrayList<>(alternatives);
    all.add(underEmptyKey(any(alternatives)));
    return all;
  }

  private static Map<String, Object> underEmptyKey(Map<String, Object> scalar) {
    return map("type", "object", "properties", map("", scalar), "required", List.of(""));
  }

  private static Map<String, Object> reference(String definition) {
    return referenceTo(definition);
  }

  /** A reference to a definition, or to what is in it. */
  private static Map<String, Object> referenceTo(String definition, String... inIt) {
    StringBuilder pointer = new StringBuilder("/$defs/").append(escaped(definition));
    for (String segment : inIt) {
      pointer.append('/').append(escaped(segment));
    }
    try {
      return map("$ref", new URI(null, null, pointer.toString()).toASCIIString());
    } catch (URISyntaxException impossible) { // all that is no URI is quoted
      throw new IllegalStateException(impossible);
    }
  }

  private static String escaped(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }
}
