package dev.gimbal.processor;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
}
