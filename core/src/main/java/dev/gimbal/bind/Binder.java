package dev.gimbal.bind;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of one bound type without reflection. The annotation processor of {@code
 * gimbal-processor} writes implementations, and what is static here is for their code; what a type
 * is bound to does not hang on whether there is one.
 *
 * <p>Implementations are immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Binder {

  /** The type, without its arguments. */
  Class<?> type();

  /**
   * What the type reads, in the order in which {@link #make} takes the values.
   *
   * @param arguments what the variables of the type stand for, in order; none where it is named
   *     without arguments
   */
  List<Member> members(Type... arguments);

  /**
   * A value of the type, by its constructor.
   *
   * @param values of the members, in order; null for one that is absent and may be
   * @throws Throwable what the code of the type throws, as it is
   */
  Object make(@Nullable Object[] values) throws Throwable;

  /** {@code List<String>} of {@code List} and {@code String}. */
  static Type generic(Class<?> raw, Type... arguments) {
    return Types.generic(raw, arguments);
  }

  /** {@code T[]} of {@code T}. */
  static Type arrayOf(Type component) {
    return Types.arrayOf(component);
  }

  /** {@code ? extends T} of {@code T}. */
  static Type upTo(Type bound) {
    return Types.upTo(bound);
  }

  /** Whether a value is left out, so that what is made has its own. */
  static boolean isLeftOut(@Nullable Object value) {
    return value == Blueprint.LEFT_OUT;
  }

  /** The same value; of an array, a copy. */
  static @Nullable Object unshared(@Nullable Object value) {
    return BoundValues.copyOfArray(value);
  }
}
