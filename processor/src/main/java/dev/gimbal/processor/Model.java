package dev.gimbal.processor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A root and all bound types that it is made of. Immutable.
 *
 * @param prefix the keys that lead to the root
 * @param root the name of the root
 * @param types by name, in the order in which they are met
 */
record Model(List<String> prefix, String root, Map<String, Bound> types) {

  Model {
    prefix = List.copyOf(prefix);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** What its files are called: the prefix, or the name of the type where that is empty. */
  String fileName() {
    return prefix.isEmpty() ? root : String.join(".", prefix);
  }

  Bound type(String name) {
    return Objects.requireNonNull(types.get(name));
  }

  /** Whether it is always an error that a key is absent. */
  boolean isRequired(Property property) {
    return isRequired(property, new HashSet<>());
  }

  private boolean isRequired(Property property, Set<String> above) {
    if (property.mayBeAbsent()
        || property.defaultText() != null
        || property.form() instanceof Form.OfOptional) {
      return false;
    }
    if (property.form() instanceof Form.OfBound bound
        && type(bound.name()) instanceof Bound.OfMembers members) {
      return above.add(bound.name())
          && members.properties().stream().anyMatch(member -> isRequired(member, above));
    }
    return true;
  }

  /**
   * The member that would need another of its kind, which needs another, and so on; null where all
   * can be made. Said in the words of run time.
   */
  @Nullable String endless() {
    return endless(type(root), new ArrayList<>());
  }

  private @Nullable String endless(Bound bound, List<String> above) {
    if (!(bound instanceof Bound.OfMembers members)) {
      return null;
    }
    above.add(bound.name());
    for (Property property : members.properties()) {
      if (isNeeded(property) && property.form() instanceof Form.OfBound of) {
        if (above.contains(of.name())) {
          return simpleName(bound)
              + '.'
              + property.name()
              + ": type: "
              + property.javaType()
              + " (expected: an Optional, a list or a map, so that there is an end)";
        }
        String found = endless(type(of.name()), above);
        if (found != null) {
          return found;
        }
      }
    }
    above.remove(bound.name());
    return null;
  }

  private static String simpleName(Bound bound) {
    String name = bound.binaryName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static boolean isNeeded(Property property) {
    return !property.mayBeAbsent() && property.defaultText() == null;
  }
}
