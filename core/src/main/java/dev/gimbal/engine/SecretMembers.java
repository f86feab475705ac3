package dev.gimbal.engine;

import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.bind.Shape;
import dev.gimbal.secret.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is secret in values of a type: its members of type {@link Secret}, and those that are
 * {@link Sensitive}. Where a type that holds a secret stands in itself, all is secret. Used by one
 * thread, for one type.
 */
final class SecretMembers {

  private final Conversions conversions;
  private final List<String> at;
  private final Set<Type> outer = new HashSet<>();

  /** Whether a type, or one that it leads to, holds a secret. */
  private final Map<Type, Boolean> holding = new HashMap<>();

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
    return members.found;
  }

  private void look(Type type) {
    if (isSecret(type)) {
      found = SecretPaths.with(found, at);
      return;
    }
    if (!holding.computeIfAbsent(type, t -> holds(t, new HashSet<>()))) {
      return;
    }
    if (!outer.add(type)) {
      found = SecretPaths.with(found, at);
      return;
    }
    eachBelow(
        type,
        (key, below) -> {
          if (key.isEmpty()) {
            look(below);
            return;
          }
          at.add(key.get(0));
          look(below);
          at.remove(at.size() - 1);
        });
    outer.remove(type);
  }

  private boolean holds(Type type, Set<Type> seen) {
    if (isSecret(type)) {
      return true;
    }
    boolean[] any = new boolean[1];
    if (seen.add(type)) {
      eachBelow(type, (key, below) -> any[0] = any[0] || holds(below, seen));
    }
    return any[0];
  }

  /** The types that a type leads to, with the key below which each stands; none for the same. */
  private void eachBelow(Type type, BiConsumer<List<String>, Type> visitor) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      visitor.accept(List.of(), generic.getActualTypeArguments()[0]);
      return;
    }
    Shape shape = conversions.shape(type);
    if (shape instanceof Shape.OfList list) {
      visitor.accept(List.of(SecretPaths.ONE), list.element());
    } else if (shape instanceof Shape.OfMap map) {
      visitor.accept(List.of(SecretPaths.ONE), map.value());
    } else if (shape instanceof Shape.OfChoice choice) {
      choice.cases().values().forEach(of -> visitor.accept(List.of(), of));
    } else if (shape instanceof Shape.OfObject object) {
      for (Shape.Property property : object.properties()) {
        Type of = property.secret() ? Secret.class : property.type();
        visitor.accept(List.of(property.name()), of);
      }
    }
  }

  private static boolean isSecret(Type type) {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    return raw == Secret.class || raw instanceof Class<?> known && isSensitive(known);
  }

  private static boolean isSensitive(Class<?> type) {
    if (type.getAnnotation(Sensitive.class) != null) {
      return true;
    }
    for (Class<?> above : type.getInterfaces()) {
      if (isSensitive(above)) {
        return true;
      }
    }
    Class<?> superclass = type.getSuperclass();
    return superclass != null && isSensitive(superclass);
  }
}
