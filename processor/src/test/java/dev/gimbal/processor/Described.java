package dev.gimbal.processor;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What bound values hold, as a text, whatever class they have. */
final class Described {

  private Described() {}

  static String of(Object value) throws ReflectiveOperationException {
    if (value == null) {
      return "null";
    }
    Class<?> type = value.getClass();
    if (type.isArray()) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return type.componentType().getName() + elements;
    }
    if (value instanceof Collection<?> collection) {
      List<String> elements = new ArrayList<>();
      for (Object element : collection) {
        elements.add(of(element));
      }
      return elements.toString();
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() ? "empty" : "optional " + of(optional.get());
    }
    if (value instanceof Map || type.getClassLoader() == null || value instanceof Enum) {
      return type.getName() + " " + value;
    }
    return ofMembers(value);
  }

  /** Of an interface, that one: what is made for it is no type of the user. */
  private static String ofMembers(Object value) throws ReflectiveOperationException {
    Class<?> type = value.getClass();
    boolean isMade = !type.isRecord() && type.getInterfaces().length == 1;
    Class<?> known = isMade ? type.getInterfaces()[0] : type;
    StringBuilder text = new StringBuilder(known.getName()).append('{');
    for (Method getter : getters(known)) {
      getter.setAccessible(true);
      Object got = getter.invoke(value);
      boolean isShared =
          isMade && got != null && got.getClass().isArray() && got == getter.invoke(value);
      text.append(getter.getName()).append('=').append(of(got)).append(isShared ? "! " : " ");
    }
    if (known.isInterface()) {
      text.append(joined(known, value));
    }
    return text.append(isMade ? "}" + value + value.hashCode() : "}").toString();
  }

  /** What {@code join(String)} gives or throws, where there is one. */
  private static String joined(Class<?> known, Object value) throws ReflectiveOperationException {
    try {
      Method join = known.getMethod("join", String.class);
      join.setAccessible(true);
      return "join=" + join.invoke(value, "+");
    } catch (NoSuchMethodException none) {
      return "";
    } catch (InvocationTargetException e) {
      return "join=" + e.getCause();
    }
  }

  private static List<Method> getters(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getParameterCount() == 0 && !method.isBridge())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass().getClassLoader() != null)
        .filter(method -> !List.of("hashCode", "toString").contains(method.getName()))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }
}
