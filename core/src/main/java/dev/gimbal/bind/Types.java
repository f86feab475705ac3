package dev.gimbal.bind;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types with arguments, and what stands for their variables. Pure. */
final class Types {

  private Types() {}

  /**
   * The class of a type without its arguments.
   *
   * @throws IllegalArgumentException for a type variable
   */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).arrayType();
    }
    throw unsupported(type, "a type without variables");
  }

  static IllegalArgumentException unsupported(Type type, String expected) {
    return new IllegalArgumentException(
        "type: " + type.getTypeName() + " (expected: " + expected + ")");
  }

  /** Whether a class that a type names fulfils a condition. */
  static boolean anyClass(Type type, Predicate<Class<?>> condition) {
    if (type instanceof Class<?> known) {
      return condition.test(known) || known.isArray() && anyClass(known.componentType(), condition);
    }
    if (type instanceof ParameterizedType generic) {
      return anyClass(generic.getRawType(), condition)
          || Arrays.stream(generic.getActualTypeArguments())
              .anyMatch(argument -> anyClass(argument, condition));
    }
    if (type instanceof GenericArrayType array) {
      return anyClass(array.getGenericComponentType(), condition);
    }
    return type instanceof WildcardType wildcard
        && anyClass(wildcard.getUpperBounds()[0], condition);
  }

  static boolean isMap(Type type) {
    Class<?> raw = raw(type);
    return raw == Map.class || raw == SortedMap.class;
  }

  /** What the variables of a type stand for; of a class alone, nothing. */
  static Map<TypeVariable<?>, Type> arguments(Type type) {
    Map<TypeVariable<?>, Type> known = new HashMap<>();
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw(generic).getTypeParameters();
      Type[] arguments = generic.getActualTypeArguments();
      for (int i = 0; i < variables.length; i++) {
        known.put(variables[i], arguments[i]);
      }
      if (generic.getOwnerType() != null) {
        known.putAll(arguments(generic.getOwnerType()));
      }
    }
    return known;
  }

  /** The same with what the variables of its supertypes stand for. */
  static Map<TypeVariable<?>, Type> inherited(Class<?> type, Map<TypeVariable<?>, Type> known) {
    Map<TypeVariable<?>, Type> all = new HashMap<>(known);
    List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      supertypes.add(type.getGenericSuperclass());
    }
    for (Type supertype : supertypes) {
      all.putAll(inherited(raw(supertype), arguments(resolve(supertype, all))));
    }
    return all;
  }

  /** A type with arguments. */
  static Type generic(Class<?> raw, Type... arguments) {
    return new Generic(raw, List.of(arguments), raw.getDeclaringClass());
  }

  /** An array of a type. */
  static Type arrayOf(Type component) {
    return component instanceof Class<?> known ? known.arrayType() : new ArrayOf(component);
  }

  /** A wildcard with an upper bound. */
  static Type upTo(Type bound) {
    return new UpTo(bound);
  }

  /** A type with its variables replaced; one that stands for nothing known, by its bound. */
  static Type resolve(Type type, Map<TypeVariable<?>, Type> known) {
    if (type instanceof TypeVariable<?> variable) {
      Type stands = known.get(variable);
      return stands == null ? bound(variable) : stands;
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(resolve(array.getGenericComponentType(), known));
    }
    if (type instanceof WildcardType wildcard) {
      return new UpTo(resolve(wildcard.getUpperBounds()[0], known));
    }
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments =
          Arrays.stream(generic.getActualTypeArguments()).map(a -> resolve(a, known)).toList();
      return new Generic(raw(generic), arguments, generic.getOwnerType());
    }
    return type;
  }

  private static Type bound(TypeVariable<?> variable) {
    Type bound = variable.getBounds()[0];
    return bound instanceof TypeVariable<?> other ? bound(other) : raw(bound);
  }

  /** How many types are named in a type, itself among them. */
  static int parts(Type type) {
    if (type instanceof Generic generic) {
      return generic.parts;
    }
    if (type instanceof GenericArrayType array) {
      return 1 + parts(array.getGenericComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return 1 + parts(wildcard.getUpperBounds()[0]);
    }
    return type instanceof ParameterizedType other
        ? 1 + parts(List.of(other.getActualTypeArguments()))
        : 1;
  }

  private static int parts(List<Type> types) {
    return types.stream().mapToInt(Types::parts).sum();
  }

  /** Counts its parts once: the same argument may stand in it many times. */
  private record Generic(Class<?> raw, List<Type> arguments, @Nullable Type owner, int parts)
      implements ParameterizedType {

    Generic(Class<?> raw, List<Type> arguments, @Nullable Type owner) {
      this(raw, arguments, owner, 1 + Types.parts(arguments));
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public String toString() {
      return raw.getTypeName()
          + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
  }

  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }

  private record UpTo(Type bound) implements WildcardType {

    @Override
    public Type[] getUpperBounds() {
      return new Type[] {bound};
    }

    @Override
    public Type[] getLowerBounds() {
      return new Type[0];
    }

    @Override
    public String toString() {
      return "? extends " + bound.getTypeName();
    }
  }
}
