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

  /**
   * A type with members.
   *
   * @param owners the binary names of the other types that setters of a bean stand in
   * @param hasDefaults whether an interface has default methods
   */
  record OfMembers(
      String name,
      String binaryName,
      String description,
      Kind kind,
      List<Property> properties,
      List<String> owners,
      boolean hasDefaults)
      implements Bound {

    public OfMembers {
      properties = List.copyOf(properties);
      owners = List.copyOf(owners);
    }
  }

  /**
   * A sealed type.
   *
   * @param cases the names of bound types by what the key {@code type} says
   * @param between the binary names of the sealed types that stand between it and the cases
   */
  record OfCases(
      String name,
      String binaryName,
      String description,
      Map<String, String> cases,
      List<String> between)
      implements Bound {

    public OfCases {
      cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
      between = List.copyOf(between);
    }
  }
}
