package dev.gimbal.bind;

import java.lang.reflect.Method;

/** The names of properties, as their getters and setters say them. Pure. */
final class Properties {

  private Properties() {}

  /** Whether a method takes nothing and gives something. */
  static boolean isGetter(Method method) {
    return method.getParameterCount() == 0
        && method.getReturnType() != void.class
        && method.getTypeParameters().length == 0;
  }

  /** {@code maxSize} of {@code getMaxSize}, {@code isMaxSize} and {@code maxSize}. */
  static String ofGetter(Method getter) {
    String name = getter.getName();
    Class<?> type = getter.getReturnType();
    boolean isBoolean = type == boolean.class || type == Boolean.class;
    if (isBoolean && hasPrefix(name, "is")) {
      return decapitalized(name, 2);
    }
    return hasPrefix(name, "get") ? decapitalized(name, 3) : name;
  }

  /** Whether a method gets or sets what a type reads by a name. */
  static boolean isOf(Method method, String name) {
    return isGetter(method)
        ? method.getName().equals(name) || ofGetter(method).equals(name)
        : method.getParameterCount() == 1
            && hasPrefix(method.getName(), "set")
            && ofSetter(method).equals(name);
  }

  /** {@code maxSize} of {@code setMaxSize}. */
  static String ofSetter(Method setter) {
    return decapitalized(setter.getName(), 3);
  }

  static boolean hasPrefix(String name, String prefix) {
    return name.startsWith(prefix)
        && name.length() > prefix.length()
        && !Character.isLowerCase(name.charAt(prefix.length()));
  }

  private static String decapitalized(String name, int from) {
    return Character.toLowerCase(name.charAt(from)) + name.substring(from + 1);
  }
}
