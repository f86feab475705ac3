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

  /** What default methods an interface has, also inherited ones. */
  enum DefaultMethods {
    NONE,
    /** All in public types. */
    PUBLIC,
    /** One stands in a type that is not public: reflection cannot call it, only a binder. */
    HIDDEN
  }

  /**
   * A type that setters of a bean stand in.
   *
   * @param isHidden whether they are called by bridges in a public class below it
   */
  record Owner(String binaryName, boolean isHidden) {}

  /** The full name with the type arguments. */
  String name();

  /** The name that a class loader knows it by. */
  String binaryName();

  /** What it is for, in one line; may be empty. */
  String description();

  /**
   * A type with members.
   *
   * @param owners the other types that setters of a bean stand in
   * @param above the binary names of the types above it whose methods may say what is secret
   * @param defaults what default methods an interface has
   */
  record OfMembers(
      String name,
      String binaryName,
      String description,
      Kind kind,
      List<Property> properties,
      List<Owner> owners,
      List<String> above,
      DefaultMethods defaults)
      implements Bound {

    public OfMembers {
      properties = List.copyOf(properties);
      owners = List.copyOf(owners);
      above = List.copyOf(above);
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
