package dev.gimbal.bind;

import dev.gimbal.tree.Node;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Looks through a type and all that it is made of, before a value is. Used by one thread. */
final class TypeCheck {

  /** Types are deeper only where each is made of a larger one, without an end. */
  private static final int MOST_LEVELS = 50;

  /** And they name more only where each names the one before more than once. */
  private static final int MOST_PARTS = 1_000;

  private static final int MOST_CHARS = 2_000;

  private final Conversions conversions;
  private final Bindings bindings;
  private final Set<Type> seen = new LinkedHashSet<>();
  private final Set<Type> finite = new HashSet<>();
  private final Deque<Type> path = new ArrayDeque<>();

  TypeCheck(Conversions conversions, Bindings bindings) {
    this.conversions = conversions;
    this.bindings = bindings;
  }

  /**
   * Does nothing for a type that can be made.
   *
   * @throws IllegalArgumentException with the members that lead to what cannot: {@code App.pool:
   *     Pool.owner: type: java.lang.Thread (expected: ...)}
   */
  void check(Type type) {
    forEachBound(type, this::look);
    for (Type bound : seen) {
      requireFinite(bound);
    }
    for (Type bound : seen) {
      bindings.setChecked(Types.raw(bound), bound);
    }
  }

  /** The bound types that a type names; what these are made of is theirs. */
  private void forEachBound(Type type, Consumer<Type> visitor) {
    if (conversions.isBound(type)) {
      visitor.accept(type);
    } else if (type instanceof Class<?> known && known.isArray()) {
      forEachBound(known.componentType(), visitor);
    } else if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        forEachBound(argument, visitor);
      }
    } else if (type instanceof GenericArrayType array) {
      forEachBound(array.getGenericComponentType(), visitor);
    } else if (type instanceof WildcardType wildcard) {
      forEachBound(wildcard.getUpperBounds()[0], visitor);
    }
  }

  private void look(Type bound) {
    if (Types.parts(bound) > MOST_PARTS) {
      throw growing(bound);
    }
    if (bindings.isChecked(Types.raw(bound), bound) || !seen.add(bound)) {
      return;
    }
    if (path.size() == MOST_LEVELS) {
      throw growing(bound);
    }
    path.addLast(bound);
    Conversion of = conversions.conversion(bound);
    if (of instanceof SealedConversion choice) {
      choice.cases().values().forEach(permitted -> look(Types.raw(bound), permitted));
    }
    if (of instanceof BoundConversion conversion) {
      for (Member member : conversion.blueprint().members()) {
        String name = Blueprint.name(Types.raw(bound)) + '.' + member.name();
        try {
          look(member);
        } catch (IllegalArgumentException e) {
          String reason = String.valueOf(e.getMessage());
          throw new IllegalArgumentException(
              reason.length() > MOST_CHARS ? reason : name + ": " + reason, e.getCause());
        }
      }
    }
    path.removeLast();
  }

  private static IllegalArgumentException growing(Type bound) {
    return Types.unsupported(
        bound, "a type that is made of others at most " + MOST_LEVELS + " levels deep");
  }

  private void look(Class<?> sealed, Class<?> permitted) {
    Conversion conversion;
    try {
      conversion = conversions.conversion(permitted);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Blueprint.name(sealed) + ": " + e.getMessage(), e);
    }
    assert conversion != null;
    forEachBound(permitted, this::look);
  }

  private void look(Member member) {
    Conversion conversion = conversions.conversion(member.type());
    forEachBound(member.type(), this::look);
    Node defaultNode = member.defaultNode();
    if (defaultNode != null && !conversions.callsUserCode(member.type())) {
      try {
        Object value = conversion.convert(defaultNode);
        assert value != null;
      } catch (ConversionException e) {
        throw new IllegalArgumentException(e.failures().get(0).describeDefault(), e);
      }
    }
  }

  /** Refuses a type that needs another of its kind, which needs another, and so on. */
  private void requireFinite(Type bound) {
    if (finite.contains(bound)
        || !(conversions.conversion(bound) instanceof BoundConversion conversion)) {
      return;
    }
    path.addLast(bound);
    for (Member member : conversion.blueprint().members()) {
      if (isNeeded(member)) {
        if (path.contains(member.type())) {
          throw new IllegalArgumentException(
              Blueprint.name(Types.raw(bound))
                  + '.'
                  + member.name()
                  + ": "
                  + Types.unsupported(
                          member.type(), "an Optional, a list or a map, so that there is an end")
                      .getMessage());
        }
        requireFinite(member.type());
      }
    }
    path.removeLast();
    finite.add(bound);
  }

  private boolean isNeeded(Member member) {
    return member.absence() == Member.Absence.ERROR
        && member.defaultText() == null
        && conversions.isBound(member.type());
  }
}
