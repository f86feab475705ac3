package dev.gimbal.bind;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bound type is made of, and how. Immutable. Holds its class; {@link Bindings} holds it
 * weakly.
 *
 * @param type the class
 * @param members what it reads, in the order in which it takes them
 * @param maker makes a value of the members' values
 */
record Blueprint(Class<?> type, List<Member> members, Maker maker) {

  /** Calls what the user wrote. */
  interface Maker {

    /**
     * @param values of the members, in order; null for one that is absent and may be, {@link
     *     #LEFT_OUT} for one that is left out
     */
    Object make(@Nullable Object[] values)
        throws InvocationTargetException, ReflectiveOperationException;
  }

  /** Stands for the value of a member that is left out. */
  static final Object LEFT_OUT = new Object();

  /** That of a type, by its binder. */
  static Blueprint of(Binder binder, Type type) {
    Type[] arguments =
        type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
    return new Blueprint(
        binder.type(),
        Member.told(binder.type(), binder.members(arguments)),
        values -> made(binder, values));
  }

  private static Object made(Binder binder, @Nullable Object[] values)
      throws InvocationTargetException {
    try {
      return binder.make(values);
    } catch (Throwable thrown) { // of the user's code, as reflection tells it
      throw new InvocationTargetException(thrown);
    }
  }

  /** What messages call a type. */
  static String name(Class<?> type) {
    String name = type.getTypeName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}
