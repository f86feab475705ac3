package dev.gimbal.processor;

import static dev.gimbal.processor.ScalarSchemas.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a native image must know of bound types, as binding reads and makes them by reflection. A
 * type that has a binder needs nothing for itself: binders are services, which native images know.
 * Pure.
 */
final class NativeMetadata {

  private static final String CONSTRUCTORS = "allDeclaredConstructors";
  private static final String PERMITTED = "allPermittedSubclasses";
  private static final String METHODS = "allPublicMethods";
  private static final String FIELDS = "allDeclaredFields";

  private NativeMetadata() {}

  /**
   * The {@code reflect-config.json} of all types of a model; empty where nothing is to be known.
   *
   * @param made the binary names of types that binders make
   */
  static String reflection(Model model, Set<String> made) {
    Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
    Set<String> arrays = new TreeSet<>();
    for (Bound type : model.types().values()) {
      if (type instanceof Bound.OfCases sealed) {
        say(entries, sealed.binaryName(), PERMITTED);
        sealed.between().forEach(name -> say(entries, name, PERMITTED));
      }
      if (type instanceof Bound.OfMembers members && !isUnbound(members, made)) {
        if (!made.contains(type.binaryName())) {
          addMembers(members, entries);
        }
        members.properties().forEach(property -> addArrays(property.form(), arrays));
      }
    }
    arrays.forEach(name -> say(entries, name));
    return entries.isEmpty() ? "" : Json.write(new ArrayList<>(entries.values()));
  }

  /** The full names of the interfaces that cannot be bound, as nothing makes them. */
  static Set<String> unbound(Model model, Set<String> made) {
    Set<String> names = new LinkedHashSet<>();
    for (Bound type : model.types().values()) {
      if (type instanceof Bound.OfMembers members && isUnbound(members, made)) {
        names.add(type.name().replaceFirst("<.*", ""));
      }
    }
    return names;
  }

  private static boolean isUnbound(Bound.OfMembers type, Set<String> made) {
    return type.defaults() == Bound.DefaultMethods.HIDDEN && !made.contains(type.binaryName());
  }

  private static void addMembers(
      Bound.OfMembers members, Map<String, Map<String, Object>> entries) {
    String name = members.binaryName();
    members.above().forEach(above -> say(entries, above, METHODS)); // they may say what is secret
    switch (members.kind()) {
      case RECORD ->
          say(entries, name, CONSTRUCTORS, "allRecordComponents", "queryAllDeclaredMethods");
      case INTERFACE -> say(entries, name, METHODS);
      case BEAN -> {
        say(entries, name, CONSTRUCTORS, METHODS, FIELDS);
        for (Bound.Owner owner : members.owners()) {
          say(entries, owner.binaryName(), FIELDS);
          if (owner.isHidden()) {
            say(entries, owner.binaryName(), METHODS);
          }
        }
      }
    }
  }

  /** A type may be named by several others. */
  private static void say(
      Map<String, Map<String, Object>> entries, String name, String... attributes) {
    Map<String, Object> entry = entries.computeIfAbsent(name, n -> map("name", n));
    Stream.of(attributes).forEach(attribute -> entry.put(attribute, true));
  }

  /** The arrays that are made, also by the conversions for types that binders make. */
  private static void addArrays(Form form, Set<String> arrays) {
    if (form instanceof Form.OfOptional optional) {
      addArrays(optional.value(), arrays);
    } else if (form instanceof Form.OfMap map) {
      addArrays(map.value(), arrays);
    } else if (form instanceof Form.OfList list) {
      addArrays(list.element(), arrays);
      if (list.array() != null) {
        arrays.add(list.array());
      }
    }
  }

  /** The {@code proxy-config.json} of the interfaces of a model, in the same way. */
  static String proxies(Model model, Set<String> made) {
    List<Object> entries = new ArrayList<>();
    interfaces(model, made, false).forEach(name -> entries.add(map("interfaces", List.of(name))));
    return entries.isEmpty() ? "" : Json.write(entries);
  }

  /**
   * The {@code reachability-metadata.json} of the interfaces that have default methods: the JDK
   * reaches these by a method of the proxy's class, which no other file can name.
   */
  static String reachability(Model model, Set<String> made) {
    List<Object> entries = new ArrayList<>();
    for (String name : interfaces(model, made, true)) {
      Map<String, Object> lookUp =
          map(
              "name",
              "proxyClassLookup",
              "parameterTypes",
              List.of("java.lang.invoke.MethodHandles$Lookup"));
      entries.add(map("type", map("proxy", List.of(name)), "methods", List.of(lookUp)));
    }
    return entries.isEmpty() ? "" : Json.write(map("reflection", entries));
  }

  private static Set<String> interfaces(Model model, Set<String> made, boolean withDefaults) {
    Set<String> names = new LinkedHashSet<>(); // a generic one is there for each of its arguments
    for (Bound type : model.types().values()) {
      if (type instanceof Bound.OfMembers members
          && members.kind() == Bound.Kind.INTERFACE
          && (members.defaults() != Bound.DefaultMethods.NONE || !withDefaults)
          && !isUnbound(members, made)
          && !made.contains(type.binaryName())) {
        names.add(type.binaryName());
      }
    }
    return names;
  }
}
