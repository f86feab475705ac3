package dev.gimbal.processor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bound type. */
sealed interface Bound {

  /** The kinds whose values are made from members. */
  enum Kind {
    RECORD,
    INTERFACE,
    BEAN
  }

  /** The full name with the type arguments. */
  String name();

  /** The name that a class loader knows it by. */
  String binaryName();

  /** What it is for, in one line; may be empty. */
  String description();

  /** A type with members. */
  record OfMembers(
      String name, String binaryName, String description, Kind kind, List<Property> properties)
      implements Bound {

    public OfMembers {
      properties = List.copyOf(properties);
    }
  }

  /** A sealed type. The cases are names of bound types by what the key {@code type} says. */
  record OfCases(String name, String binaryName, String description, Map<String, String> cases)
      implements Bound {

    public OfCases {
      cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
    }
  }
}
