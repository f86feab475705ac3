package dev.gimbal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type with its arguments, which a class alone does not say: {@code new TypeRef<List<Duration>>()
 * {}}. What it captures has no type variables.
 *
 * <p>Immutable and safe for use by many threads. Only its type is kept by what it is given to.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public abstract class TypeRef<T> {

  private final Type type;

  /**
   * Captures the type that the subclass names.
   *
   * @throws IllegalArgumentException when the subclass, made in one step, names none
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
        || named.getRawType() != TypeRef.class) {
      throw new IllegalArgumentException(
          "type: none (expected: a TypeRef with its type, as in new TypeRef<List<Integer>>() {})");
    }
    type = named.getActualTypeArguments()[0];
  }

  /** The type that was captured. */
  public final Type type() {
    return type;
  }

  /** Whether it stands for the same type. */
  @Override
  public final boolean equals(@Nullable Object o) {
    return o instanceof TypeRef<?> other && type.equals(other.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  /** The type as Java writes it, such as {@code java.util.List<java.lang.Integer>}. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
