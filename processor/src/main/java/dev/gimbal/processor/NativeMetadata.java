package dev.gimbal.processor;

import static dev.gimbal.processor.ScalarSchemas.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a native image must know of bound types, as binding reads and makes them by reflection. A
 * type that has a binder needs nothing: binders are services, which native images know. Pure.
 */
final class NativeMetadata {

  private static final String CONSTRUCTORS = "allDeclaredConstructors";

  private NativeMetadata() {}

  /**
   * The {@code reflect-config.json} of all types of a model; empty where nothing is to be known.
   *
   * @param made the binary names of types that binders make
   */
  static String reflection(Model model, Set<String> made) {
    List<Object> entries = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    Set<String> arrays = new TreeSet<>();
    for (Bound type : model.types().values()) {
      if (!made.contains(type.binaryName())
          && seen.add(type.binaryName())) { // a generic type is there for each of its arguments
        entries.add(entry(type));
      }
      if (type instanceof Bound.OfMembers members) {
        members.properties().forEach(property -> addArrays(property.form(), model, arrays));
      }
    }
    arrays.forEach(name -> entries.add(map("name", name)));
    return entries.isEmpty() ? "" : Json.write(entries);
  }

  private static Map<String, Object> entry(Bound type) {
    Map<String, Object> entry = map("name", type.binaryName());
    if (!(type instanceof Bound.OfMembers members)) {
      entry.put("allPermittedSubclasses", true);
      return entry;
    }
    switch (members.kind()) {
      case RECORD -> {
        entry.put(CONSTRUCTORS, true);
        entry.put("allRecordComponents", true);
        entry.put("queryAllDeclaredMethods", true);
      }
      case INTERFACE -> entry.put("allPublicMethods", true);
      case BEAN -> {
        entry.put(CONSTRUCTORS, true);
        entry.put("allPublicMethods", true);
        entry.put("allDeclaredFields", true);
      }
    }
    return entry;
  }

  /** The arrays of bound types that are made. */
  private static void addArrays(Form form, Model model, Set<String> arrays) {
    if (form instanceof Form.OfOptional optional) {
      addArrays(optional.value(), model, arrays);
    } else if (form instanceof Form.OfMap map) {
      addArrays(map.value(), model, arrays);
    } else if (form instanceof Form.OfList list) {
      addArrays(list.element(), model, arrays);
      if (list.isArray() && list.element() instanceof Form.OfBound bound) {
        arrays.add(model.type(bound.name()).binaryName() + "[]");
      }
    }
  }

  /** The {@code proxy-config.json} of the interfaces of a model, in the same way. */
  static String proxies(Model model, Set<String> made) {
    List<Object> entries = new ArrayList<>();
    for (Bound type : model.types().values()) {
      if (type instanceof Bound.OfMembers members
          && members.kind() == Bound.Kind.INTERFACE
          && !made.contains(type.binaryName())) {
        Map<String, Object> entry = map("interfaces", List.of(type.binaryName()));
        if (!entries.contains(entry)) {
          entries.add(entry);
        }
      }
    }
    return entries.isEmpty() ? "" : Json.write(entries);
  }
}
