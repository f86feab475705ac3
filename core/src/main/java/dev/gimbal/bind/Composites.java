package dev.gimbal.bind;

import dev.gimbal.secret.Secret;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.NullNode;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Conversions to types that are made of others: collections, maps, arrays, optionals. Immutable.
 */
final class Composites {

  private final Conversions conversions;
  private final Bindings bindings;

  Composites(Conversions conversions, Bindings bindings) {
    this.conversions = conversions;
    this.bindings = bindings;
  }

  /**
   * The conversion to a type.
   *
   * @throws IllegalArgumentException when there is none
   */
  Conversion conversion(Type type) {
    if (type instanceof Class<?> known) {
      return known.isEnum() ? ofEnum(known) : ofClass(known);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return ofGeneric(raw, generic);
    }
    if (type instanceof GenericArrayType array) {
      return array(Types.raw(array.getGenericComponentType()), array.getGenericComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return conversions.conversion(wildcard.getUpperBounds()[0]);
    }
    throw Types.unsupported(type, "a type that the conversions make");
  }

  /** What stands for an absent value, or null. */
  static @Nullable Object absent(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Optional.class ? Optional.empty() : null;
    }
    if (type == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (type == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return type == OptionalDouble.class ? OptionalDouble.empty() : null;
  }

  private static Conversion ofEnum(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return node -> Conversions.toEnum(node, constants);
  }

  private Conversion ofClass(Class<?> type) {
    if (type.isArray()) {
      return array(type.getComponentType(), type.getComponentType());
    }
    if (type == List.class || type == Collection.class) {
      return listOfTexts();
    }
    if (type == Set.class) {
      return set(Conversions::toText);
    }
    if (type == Map.class) {
      return Conversions::toMap;
    }
    if (type == OptionalInt.class) {
      return optional(node -> OptionalInt.of(Conversions.toInt(node)), OptionalInt.empty());
    }
    if (type == OptionalLong.class) {
      return optional(node -> OptionalLong.of(Conversions.toLong(node)), OptionalLong.empty());
    }
    if (type == OptionalDouble.class) {
      return optional(
          node -> OptionalDouble.of(Conversions.toDouble(node)), OptionalDouble.empty());
    }
    if (type == Object.class) {
      return Conversions::toPlain;
    }
    if (type == Node.class) {
      return node -> node;
    }
    if (type == Class.class) {
      throw Types.unsupported(type, "a converter for classes, as Converter.ofClasses makes it");
    }
    return bound(type, type);
  }

  private Conversion bound(Class<?> raw, Type type) {
    Conversion bound = bindings.conversion(raw, type);
    if (bound == null) {
      throw Types.unsupported(type, "a type that the conversions make");
    }
    return bound;
  }

  private Conversion ofGeneric(Class<?> raw, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    Type last = arguments[arguments.length - 1];
    if (raw == List.class || raw == Collection.class) {
      return list(conversions.conversion(last));
    }
    if (raw == Set.class) {
      return set(comparedByValue(type, last));
    }
    if (raw == SortedSet.class) {
      return sortedSet(ordered(type, last));
    }
    if (raw == Map.class) {
      return map(key(type, arguments[0]), conversions.conversion(last), false);
    }
    if (raw == SortedMap.class) {
      Conversion ordered = ordered(type, arguments[0]);
      assert ordered != null;
      return map(key(type, arguments[0]), conversions.conversion(last), true);
    }
    if (raw == Class.class) {
      return classOf(last);
    }
    if (raw == Optional.class) {
      Conversion present = conversions.conversion(last);
      return optional(node -> Optional.of(present.convert(node)), Optional.empty());
    }
    if (raw == Secret.class) {
      Conversion value = conversions.conversion(last);
      return node ->
          Secret.of(value.convert(Nodes.mapScalars(node, (path, scalar) -> scalar.asSecret())));
    }
    return bound(raw, type);
  }

  /** A class that is one, or one that its bound allows. */
  private Conversion classOf(Type argument) {
    Conversion any = conversions.conversion(Class.class);
    Class<?> bound = Types.raw(argument);
    return node -> {
      Class<?> found = (Class<?>) any.convert(node);
      boolean fits =
          argument instanceof WildcardType ? bound.isAssignableFrom(found) : bound == found;
      if (!fits) {
        throw Failures.wrong(node, "the full name of a class that is a " + bound.getName());
      }
      return found;
    };
  }

  // ---- what a set or a map asks of its elements or keys

  private Conversion comparedByValue(Type whole, Type element) {
    if (Types.anyClass(element, part -> part == URL.class)) {
      throw Types.unsupported(
          whole, "no URL in a set or as a key: comparing two asks for their hosts");
    }
    return conversions.conversion(element);
  }

  private Conversion ordered(Type whole, Type element) {
    Conversion conversion = comparedByValue(whole, element);
    if (!Comparable.class.isAssignableFrom(Types.raw(element))) {
      throw Types.unsupported(whole, "elements or keys that have an order");
    }
    return conversion;
  }

  private Conversion key(Type whole, Type key) {
    Conversion conversion = comparedByValue(whole, key);
    if (!conversions.isScalar(Types.raw(key))) {
      throw Types.unsupported(whole, "keys of a type that is read from a text");
    }
    return conversion;
  }

  // ---- the conversions

  static Conversion listOfTexts() {
    return list(Conversions::toText);
  }

  private static Conversion list(Conversion element) {
    return node -> List.copyOf(elements(node, element, new ArrayList<>()));
  }

  private static Conversion set(Conversion element) {
    return node -> Collections.unmodifiableSet(elements(node, element, new LinkedHashSet<>()));
  }

  private static Conversion sortedSet(Conversion element) {
    return node -> Collections.unmodifiableSortedSet(elements(node, element, new TreeSet<>()));
  }

  private Conversion array(Class<?> componentClass, Type component) {
    Conversion element = conversions.conversion(component);
    return node -> {
      List<Object> values = elements(node, element, new ArrayList<>());
      Object array = Array.newInstance(componentClass, values.size());
      for (int i = 0; i < values.size(); i++) {
        Array.set(array, i, values.get(i));
      }
      return array;
    };
  }

  private static <C extends Collection<Object>> C elements(Node node, Conversion element, C into)
      throws ConversionException {
    Failures.ofElements(elements(node), part -> into.add(element.convert(part)));
    return into;
  }

  /** The elements of a list, the parts of a string between commas, or a number or boolean alone. */
  private static List<Node> elements(Node node) throws ConversionException {
    if (node instanceof ListNode list) {
      return list.elements();
    }
    Scalar scalar = Conversions.scalar(node);
    if (scalar == null) {
      throw Failures.wrong(node, "a list, or a text with commas");
    }
    return scalar.kind() == Scalar.Kind.STRING ? parts(scalar) : List.of(scalar);
  }

  /** Of a secret text, each is a secret. */
  private static List<Node> parts(Scalar whole) {
    String text = whole.text();
    if (text.isBlank()) {
      return List.of();
    }
    List<Node> parts = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
      parts.add(part(whole, text.substring(start, comma)));
      start = comma + 1;
    }
    parts.add(part(whole, text.substring(start)));
    return parts;
  }

  private static Scalar part(Scalar whole, String text) {
    Scalar part = Scalar.string(text.strip());
    return whole.isSecret() ? part.asSecret() : part;
  }

  private static Conversion map(Conversion key, Conversion value, boolean sorted) {
    return node -> {
      if (!(node instanceof ObjectNode object)) {
        throw Failures.wrong(node, "an object");
      }
      Map<Object, Object> map = sorted ? new TreeMap<>() : new LinkedHashMap<>();
      Failures.ofMembers(
          object,
          (name, child) -> {
            Object convertedKey = key(name, key);
            if (map.putIfAbsent(convertedKey, value.convert(child)) != null) {
              throw Failures.wrong(
                  Scalar.string(name), "a key that does not say the same as one before it");
            }
          });
      return map instanceof SortedMap<Object, Object> inOrder
          ? Collections.unmodifiableSortedMap(inOrder)
          : Collections.unmodifiableMap(map);
    };
  }

  private static Object key(String name, Conversion key) throws ConversionException {
    Scalar text = Scalar.string(name);
    try {
      return key.convert(text);
    } catch (ConversionException e) {
      ConversionException.Failure wrong = e.failures().get(0);
      throw Failures.wrong(
          text, wrong.expected() + ", as the key", wrong.choices(), wrong.reason());
    }
  }

  private static Conversion optional(Conversion present, Object empty) {
    return node -> node == NullNode.NULL ? empty : present.convert(node);
  }
}
