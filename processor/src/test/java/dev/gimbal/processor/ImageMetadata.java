package dev.gimbal.processor;

import dev.gimbal.format.json.JsonFormat;
import dev.gimbal.testing.FormatTester;
import dev.gimbal.tree.Nodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all files for native images say. Immutable.
 *
 * @param types what is said of types and arrays, by their names
 * @param old the interfaces of each proxy in {@code proxy-config.json}
 * @param lookups those in {@code reachability-metadata.json}, whose classes have their look-up
 */
record ImageMetadata(
    Map<String, Set<String>> types, Set<List<String>> old, Set<List<String>> lookups) {

  /** The attributes that are known here; all but the name are booleans. */
  static final List<String> ATTRIBUTES =
      List.of(
          "allDeclaredConstructors",
          "allDeclaredFields",
          "allPermittedSubclasses",
          "allPublicMethods",
          "allRecordComponents",
          "queryAllDeclaredMethods");

  /** What can be taken away: what is said of types; arrays; proxies, and what is said of these. */
  static final List<String> KINDS =
      Stream.concat(ATTRIBUTES.stream(), Stream.of("array", "proxy", "lookup")).toList();

  private static final Map<String, Object> LOOKUP =
      Map.of(
          "name",
          "proxyClassLookup",
          "parameterTypes",
          List.of("java.lang.invoke.MethodHandles$Lookup"));

  static ImageMetadata of(Compilation compilation) throws IOException {
    Map<String, Set<String>> types = new LinkedHashMap<>();
    Set<List<String>> old = new LinkedHashSet<>();
    Set<List<String>> lookups = new LinkedHashSet<>();
    for (String file : compilation.files()) {
      if (!file.startsWith("META-INF/native-image/")) {
        continue;
      }
      String text = compilation.text(file);
      switch (file.substring(file.lastIndexOf('/') + 1)) {
        case "reflect-config.json" ->
            objects("{\"all\": " + text + "}", "all").forEach(entry -> addType(entry, types));
        case "proxy-config.json" ->
            objects("{\"all\": " + text + "}", "all")
                .forEach(entry -> old.add(only(entry, "interfaces")));
        case "reachability-metadata.json" ->
            objects(text, "reflection").forEach(entry -> lookups.add(lookup(entry)));
        default -> throw new IllegalStateException(file);
      }
    }
    return new ImageMetadata(types, old, lookups);
  }

  @SuppressWarnings("unchecked") // as JSON has it
  private static List<Map<String, Object>> objects(String text, String key) {
    Object all = Nodes.toJava(new FormatTester(new JsonFormat()).read(text).tree().get(key));
    return new ArrayList<>((List<Map<String, Object>>) Objects.requireNonNull(all));
  }

  private static void addType(Map<String, Object> entry, Map<String, Set<String>> types) {
    Set<String> said = types.computeIfAbsent((String) entry.get("name"), n -> new TreeSet<>());
    for (String attribute : entry.keySet()) {
      if (!attribute.equals("name")) {
        if (!ATTRIBUTES.contains(attribute) || !Boolean.TRUE.equals(entry.get(attribute))) {
          throw new IllegalStateException(entry.toString());
        }
        said.add(attribute);
      }
    }
  }

  @SuppressWarnings("unchecked") // as JSON has it
  private static List<String> only(Map<String, Object> entry, String key) {
    if (!entry.keySet().equals(Set.of(key))) {
      throw new IllegalStateException(entry.toString());
    }
    return (List<String>) entry.get(key);
  }

  @SuppressWarnings("unchecked") // as JSON has it
  private static List<String> lookup(Map<String, Object> entry) {
    if (!entry.keySet().equals(Set.of("type", "methods"))
        || !entry.get("methods").equals(List.of(LOOKUP))) {
      throw new IllegalStateException(entry.toString());
    }
    return only((Map<String, Object>) entry.get("type"), "proxy");
  }

  Set<String> names() {
    return types.keySet();
  }

  boolean says(String type, String attribute) {
    return types.getOrDefault(type, Set.of()).contains(attribute);
  }

  /** The types of which something is said. */
  List<String> with(String attribute) {
    return names().stream().filter(name -> says(name, attribute)).toList();
  }

  Set<List<String>> proxies(boolean all) {
    return all ? Stream.concat(old.stream(), lookups.stream()).collect(Collectors.toSet()) : old;
  }

  // ---- less of it

  /** Each thing that is said: {@code app.Server allRecordComponents}. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    types.forEach(
        (name, said) -> {
          if (name.endsWith("]")) {
            facts.add(name + " array");
          }
          said.forEach(attribute -> facts.add(name + ' ' + attribute));
        });
    old.forEach(proxy -> facts.add(proxy + " proxy"));
    lookups.forEach(proxy -> facts.add(proxy + " lookup"));
    return facts;
  }

  /** The same but for what has this name or this kind. */
  ImageMetadata without(String nameOrKind) {
    Map<String, Set<String>> fewer = new LinkedHashMap<>();
    types.forEach(
        (name, said) -> {
          if (!name.endsWith("]") || !isGone(name + " array", nameOrKind)) {
            fewer.put(
                name,
                said.stream()
                    .filter(attribute -> !isGone(name + ' ' + attribute, nameOrKind))
                    .collect(Collectors.toSet()));
          }
        });
    return new ImageMetadata(
        fewer, without(old, "proxy", nameOrKind), without(lookups, "lookup", nameOrKind));
  }

  private static Set<List<String>> without(
      Set<List<String>> proxies, String kind, String nameOrKind) {
    return proxies.stream()
        .filter(proxy -> !isGone(proxy + " " + kind, nameOrKind))
        .collect(Collectors.toSet());
  }

  private static boolean isGone(String fact, String nameOrKind) {
    return fact.equals(nameOrKind) || fact.endsWith(' ' + nameOrKind);
  }
}
