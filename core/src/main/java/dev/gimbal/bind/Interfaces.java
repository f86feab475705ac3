package dev.gimbal.bind;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Interfaces of getters, by proxies of the JDK. */
final class Interfaces {

  private Interfaces() {}

  static Blueprint blueprint(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    Map<TypeVariable<?>, Type> known = Types.inherited(type, arguments);
    List<Member> members = new ArrayList<>();
    List<Method> getters = List.copyOf(getters(type).values());
    for (Method getter : getters) {
      members.add(
          Member.of(
              type,
              Properties.ofGetter(getter),
              Types.resolve(getter.getGenericReturnType(), known),
              getter.isDefault() ? Member.Absence.LEFT_OUT : Member.Absence.ERROR,
              getter,
              getter.getAnnotatedReturnType()));
    }
    return new Blueprint(type, Member.told(type, members), values -> made(type, getters, values));
  }

  /** The getters by their names; of two that differ in what they give, the one that says more. */
  private static Map<String, Method> getters(Class<?> type) {
    Map<String, Method> getters = new TreeMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          || method.isBridge()
          || BoundValues.isOfObject(method)) {
        continue;
      }
      if (method.isDefault()) {
        requirePublic(type, method);
      }
      if (Properties.isGetter(method)) {
        getters.merge(
            method.getName(),
            method,
            (a, b) -> a.getReturnType().isAssignableFrom(b.getReturnType()) ? b : a);
      } else if (!method.isDefault()) {
        throw Types.unsupported(
            type,
            "an interface of getters, but for default methods; " + method.getName() + " is none");
      }
    }
    return getters;
  }

  /** The JDK calls a default method for somebody else only where anybody can. */
  private static void requirePublic(Class<?> type, Method method) {
    Class<?> owner = method.getDeclaringClass();
    if (!Modifier.isPublic(owner.getModifiers()) || !Access.isExported(owner)) {
      throw Types.unsupported(
          type,
          "a public interface in a package that is exported, because it has the default method "
              + method.getName());
    }
  }

  private static Object made(Class<?> type, List<Method> getters, @Nullable Object[] values)
      throws InvocationTargetException {
    Map<String, @Nullable Object> given = new TreeMap<>();
    List<Method> leftOut = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Blueprint.LEFT_OUT) {
        leftOut.add(getters.get(i));
      } else {
        given.put(getters.get(i).getName(), values[i]);
      }
    }
    if (leftOut.isEmpty()) {
      return proxy(type, given);
    }
    Object withoutDefaults = proxy(type, given);
    Map<String, @Nullable Object> all = new TreeMap<>(given);
    for (Method getter : leftOut) {
      all.put(getter.getName(), ofDefault(withoutDefaults, getter));
    }
    return proxy(type, all);
  }

  private static @Nullable Object ofDefault(Object proxy, Method getter)
      throws InvocationTargetException {
    try {
      return InvocationHandler.invokeDefault(proxy, getter);
    } catch (Throwable thrown) { // of the user's method, as it was thrown
      throw new InvocationTargetException(thrown);
    }
  }

  private static Object proxy(Class<?> type, Map<String, @Nullable Object> values) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new BoundValues(type, values));
  }
}
