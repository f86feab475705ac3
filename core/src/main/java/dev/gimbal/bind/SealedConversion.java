package dev.gimbal.bind;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of one of the types that a sealed one permits: the one that the {@code type} key
 * names. Immutable.
 *
 * @param cases by name, in the order in which they are permitted
 */
record SealedConversion(Map<String, Class<?>> cases, Conversions conversions)
    implements Conversion {

  /** The key that says which. */
  static final Member TYPE =
      new Member("type", false, String.class, Member.Absence.ERROR, null, false);

  static SealedConversion of(Class<?> type, Conversions conversions) {
    if (type.getTypeParameters().length > 0) {
      throw Types.unsupported(type, "a sealed type without type variables");
    }
    Map<String, Class<?>> cases = new LinkedHashMap<>();
    addCases(type, cases);
    return new SealedConversion(cases, conversions);
  }

  /** The permitted types; of one that is sealed itself, those that it permits. */
  private static void addCases(Class<?> type, Map<String, Class<?>> cases) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed() && Modifier.isAbstract(permitted.getModifiers())) {
        addCases(permitted, cases);
        continue;
      }
      Key key = permitted.getAnnotation(Key.class);
      String name = key == null ? permitted.getSimpleName() : key.value();
      for (Map.Entry<String, Class<?>> other : cases.entrySet()) {
        if (other.getValue() != permitted
            && ObjectNode.bareName(other.getKey()).equals(ObjectNode.bareName(name))) {
          throw new IllegalArgumentException(
              "types: "
                  + other.getValue().getTypeName()
                  + " and "
                  + permitted.getTypeName()
                  + " (expected: names that differ in more than case and separators)");
        }
      }
      cases.put(name, permitted);
    }
  }

  @Override
  public Object convert(Node node) throws ConversionException {
    if (!(node instanceof ObjectNode object)) {
      throw Failures.wrong(node, "an object");
    }
    Failures failures = new Failures();
    Class<?> type = type(object, failures);
    failures.throwIfAny();
    return conversions.conversion(Objects.requireNonNull(type)).convert(object);
  }

  private @Nullable Class<?> type(ObjectNode object, Failures failures) {
    List<String> keys = TYPE.keys(object);
    Object[] names = cases.keySet().toArray();
    if (keys.isEmpty()) {
      failures.addAll(
          ConfigPath.ROOT.child(TYPE.name()),
          Failures.absent(Enums.expected(names), object.keys(), null));
      return null;
    }
    if (keys.size() > 1) {
      failures.addTooMany(object, keys);
      return null;
    }
    Node said = Objects.requireNonNull(object.get(keys.get(0)));
    Scalar scalar = Conversions.scalar(said);
    Object name = scalar == null ? null : Enums.find(names, scalar.text());
    if (name == null) {
      failures.addAll(
          ConfigPath.ROOT.child(keys.get(0)),
          Failures.wrong(said, Enums.expected(names), Enums.names(names), null));
      return null;
    }
    return cases.get(name);
  }
}
