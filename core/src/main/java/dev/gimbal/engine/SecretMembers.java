package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.bind.Shape;
import dev.gimbal.secret.Secret;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is secret in values of a type: its members of type {@link Secret}, and those that are
 * {@link Sensitive}. A type that holds itself is looked into once: below, all is secret if anything
 * in it is. Used by one thread, for one type.
 */
final class SecretMembers {

  private final Conversions conversions;
  private final List<String> at;
  private final Set<Type> outer = new HashSet<>();

  /** Those that hold no secret, which are not looked into again. */
  private final Set<Type> clean = new HashSet<>();

  /** Types that hold secrets. */
  private final Set<Type> holding = new HashSet<>();

  /** Where types stand in themselves. */
  private final List<Again> repeated = new ArrayList<>();

  private record Again(Type type, List<String> at) {}

  private @Nullable SecretPaths found;

  private SecretMembers(Conversions conversions, @Nullable SecretPaths before, List<String> at) {
    this.conversions = conversions;
    this.found = before;
    this.at = new ArrayList<>(at);
  }

  /**
   * These places, and those of a type that is declared.
   *
   * @param before null for none
   */
  static @Nullable SecretPaths with(
      @Nullable SecretPaths before, Declaration.Key key, Conversions conversions) {
    SecretMembers members = new SecretMembers(conversions, before, SecretPaths.keys(key.path()));
    members.look(key.type());
    SecretPaths found = members.found;
    for (Again again : members.repeated) {
      found = members.holding.contains(again.type) ? SecretPaths.with(found, again.at) : found;
    }
    return found;
  }

  private void look(Type type) {
    if (isSecret(type)) {
      found = SecretPaths.with(found, at);
      return;
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      look(generic.getActualTypeArguments()[0]);
      return;
    }
    Shape shape = conversions.shape(type);
    if (shape instanceof Shape.OfList list) {
      below(SecretPaths.ONE, list.element());
    } else if (shape instanceof Shape.OfMap map) {
      below(SecretPaths.ONE, map.value());
    } else if (shape instanceof Shape.OfObject || shape instanceof Shape.OfChoice) {
      members(type, shape);
    }
  }

  private void members(Type type, Shape shape) {
    if (clean.contains(type)) {
      return;
    }
    if (!outer.add(type)) {
      repeated.add(new Again(type, List.copyOf(at)));
      return;
    }
    SecretPaths before = found;
    int times = repeated.size();
    if (shape instanceof Shape.OfChoice choice) {
      choice.cases().values().forEach(this::look);
    }
    if (shape instanceof Shape.OfObject object) {
      for (Shape.Property property : object.properties()) {
        below(property.name(), property.secret() ? Secret.class : property.type());
      }
    }
    outer.remove(type);
    if (found != before) {
      holding.add(type);
    } else if (repeated.size() == times) {
      clean.add(type);
    }
  }

  private void below(String key, Type type) {
    at.add(key);
    look(type);
    at.remove(at.size() - 1);
  }

  private static boolean isSecret(Type type) {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    return raw == Secret.class
        || raw instanceof Class<?> known && known.getAnnotation(Sensitive.class) != null
        || type instanceof GenericArrayType array && isSecret(array.getGenericComponentType());
  }
}
