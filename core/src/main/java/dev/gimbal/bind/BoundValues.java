package dev.gimbal.bind;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the getters of an interface give. Two of one interface are equal if they give the same;
 * {@code toString} has the names of the getters only, because a value may be secret. Immutable.
 */
final class BoundValues implements InvocationHandler {

  private final Class<?> type;

  /** By the name of the getter. */
  private final Map<String, @Nullable Object> values;

  BoundValues(Class<?> type, Map<String, @Nullable Object> values) {
    this.type = type;
    this.values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Whether a method is one that every object has. */
  static boolean isOfObject(Method method) {
    return switch (method.getName()) {
      case "equals" ->
          method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
      case "hashCode", "toString" -> method.getParameterCount() == 0;
      default -> false;
    };
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (isOfObject(method)) {
      return switch (method.getName()) {
        case "equals" -> args != null && isEqual(args[0]);
        case "hashCode" -> Arrays.deepHashCode(values.values().toArray());
        default -> Blueprint.name(type) + values.keySet();
      };
    }
    if (method.getParameterCount() == 0 && values.containsKey(method.getName())) {
      return copyOfArray(values.get(method.getName()));
    }
    return InvocationHandler.invokeDefault(proxy, method, args);
  }

  private boolean isEqual(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other) instanceof BoundValues that
        && type == that.type
        && Arrays.deepEquals(values.values().toArray(), that.values.values().toArray());
  }

  /** The same value; of an array, a copy. */
  static @Nullable Object copyOfArray(@Nullable Object value) {
    if (value == null || !value.getClass().isArray()) {
      return value;
    }
    int length = Array.getLength(value);
    Object copy = Array.newInstance(value.getClass().componentType(), length);
    System.arraycopy(value, 0, copy, 0, length);
    return copy;
  }
}
