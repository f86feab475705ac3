package dev.gimbal.processor;

import static dev.gimbal.processor.ScalarSchemas.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What editors offer while a configuration is written, in the shape of Spring's metadata, which
 * many of them read: keys in lower case with hyphens. Used by one thread.
 */
final class SpringMetadata {

  private final Map<String, Object> groups = new TreeMap<>();
  private final Map<String, Object> properties = new TreeMap<>();
  private final Map<String, Object> hints = new TreeMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  /** Adds all keys under a root. */
  void add(Model model) {
    String prefix = String.join(".", model.prefix());
    addBound(prefix, model.type(model.root()), model.type(model.root()), "", model);
  }

  /** The document. */
  String json() {
    return Json.write(
        map(
            "groups",
            List.copyOf(groups.values()),
            "properties",
            List.copyOf(properties.values()),
            "hints",
            List.copyOf(hints.values())));
  }

  private void addBound(String name, Bound type, Bound in, String description, Model model) {
    if (path.contains(type.name())) {
      return; // it holds itself, so that there is no end of keys
    }
    path.addLast(type.name());
    if (!name.isEmpty()) {
      String said = description.isEmpty() ? type.description() : description;
      groups.putIfAbsent(name, entry(name, type.binaryName(), in, said));
    }
    if (type instanceof Bound.OfMembers members) {
      members.properties().forEach(property -> addProperty(name, property, members, model));
    } else if (type instanceof Bound.OfCases cases) {
      String key = joined(name, "type");
      properties.putIfAbsent(key, entry(key, "java.lang.String", type, ""));
      addHint(key, cases.cases().keySet());
      for (String of : cases.cases().values()) {
        addBound(name, model.type(of), type, "", model);
      }
    }
    path.removeLast();
  }

  private void addProperty(String above, Property property, Bound in, Model model) {
    String name = joined(above, property.exact() ? property.name() : Names.kebab(property.name()));
    Form form = property.form();
    if (form instanceof Form.OfOptional optional) {
      form = optional.value();
    }
    if (form instanceof Form.OfBound bound) {
      addBound(name, model.type(bound.name()), in, property.description(), model);
      return;
    }
    Map<String, Object> entry =
        entry(name, typeOf(property.javaType(), form), in, property.description());
    if (property.defaultText() != null) {
      entry.put("defaultValue", Defaults.json(form, property.defaultText()));
    }
    properties.putIfAbsent(name, entry);
    addHints(name, form);
  }

  private static String typeOf(String javaType, Form form) {
    if (form instanceof Form.OfScalar scalar) {
      return scalar.type();
    }
    String optional = "java.util.Optional<";
    return javaType.startsWith(optional)
        ? javaType.substring(optional.length(), javaType.length() - 1)
        : javaType;
  }

  private void addHints(String name, Form form) {
    if (form instanceof Form.OfEnum constants) {
      addHint(name, constants.constants());
    } else if (form instanceof Form.OfList list) {
      addHints(name, list.element());
    } else if (form instanceof Form.OfMap map) {
      addHints(name + ".keys", map.key());
      addHints(name + ".values", map.value());
    }
  }

  private void addHint(String name, Iterable<String> values) {
    List<Object> all = new ArrayList<>();
    values.forEach(value -> all.add(map("value", value)));
    hints.putIfAbsent(name, map("name", name, "values", all));
  }

  private static Map<String, Object> entry(String name, String type, Bound in, String description) {
    Map<String, Object> entry = map("name", name, "type", type);
    if (!description.isEmpty()) {
      entry.put("description", description);
    }
    entry.put("sourceType", in.binaryName());
    return entry;
  }

  private static String joined(String above, String name) {
    return above.isEmpty() ? name : above + '.' + name;
  }
}
