package dev.gimbal.bind;

import dev.gimbal.secret.Secret;
import dev.gimbal.tree.Node;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The shapes of types that are supported. Pure. */
final class Shapes {

  private static final Map<Class<?>, Class<?>> OPTIONALS =
      Map.of(
          OptionalInt.class, int.class,
          OptionalLong.class, long.class,
          OptionalDouble.class, double.class);

  private Shapes() {}

  static Shape of(Type type, Conversions conversions) {
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], conversions);
    }
    if (type instanceof GenericArrayType array) {
      return new Shape.OfList(array.getGenericComponentType());
    }
    Class<?> raw = Types.raw(type);
    if (conversions.isScalar(raw) || raw == Class.class) {
      return new Shape.OfScalar(type);
    }
    if (raw.isArray()) {
      return new Shape.OfList(raw.componentType());
    }
    if (OPTIONALS.containsKey(raw)) {
      return new Shape.OfScalar(OPTIONALS.get(raw));
    }
    if (raw == Object.class || raw == Node.class) {
      return new Shape.OfAnything();
    }
    return conversions.isBound(type)
        ? conversions.boundShape(raw, type)
        : ofArguments(type, raw, conversions);
  }

  private static Shape ofArguments(Type type, Class<?> raw, Conversions conversions) {
    Type[] arguments =
        type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
    if (raw == Optional.class || raw == Secret.class) {
      return of(arguments[0], conversions);
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return new Shape.OfList(arguments.length == 0 ? String.class : arguments[0]);
    }
    return arguments.length == 0
        ? new Shape.OfMap(String.class, Object.class)
        : new Shape.OfMap(arguments[0], arguments[1]);
  }

  /** What a conversion to a bound type reads. */
  static Shape ofBound(Class<?> raw, Conversion conversion, Conversions conversions) {
    return conversion instanceof SealedConversion choice
        ? new Shape.OfChoice(raw, SealedConversion.TYPE.name(), choice.cases())
        : new Shape.OfObject(
            raw,
            ((BoundConversion) conversion)
                .blueprint().members().stream().map(m -> property(m, conversions)).toList());
  }

  private static Shape.Property property(Member member, Conversions conversions) {
    boolean required =
        member.absence() == Member.Absence.ERROR
            && member.defaultText() == null
            && conversions.absent(member.type()) == null
            && !(conversions.isBound(member.type())
                && conversions.conversion(member.type()) instanceof BoundConversion);
    return new Shape.Property(
        member.name(),
        member.exact(),
        member.type(),
        required,
        member.defaultText(),
        member.secret());
  }
}
