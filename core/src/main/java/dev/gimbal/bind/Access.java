package dev.gimbal.bind;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Whether users' code can be called, by the rules of modules and without a way around them. */
final class Access {

  private Access() {}

  /**
   * The same constructor, ready to be called. A module lets Gimbal call what is public in a package
   * it exports, and anything in a package it opens; the class path opens all.
   *
   * @throws IllegalArgumentException when it must not be called, with what to do
   */
  static <T> Constructor<T> open(Constructor<T> constructor) {
    if (!constructor.canAccess(null) && !constructor.trySetAccessible()) {
      throw closed(constructor.getDeclaringClass(), "its constructor");
    }
    return constructor;
  }

  /** The same for a method of an object, where the class that names it says which. */
  static Method open(Class<?> type, Method method) {
    boolean open =
        Modifier.isPublic(method.getDeclaringClass().getModifiers())
            && Modifier.isPublic(method.getModifiers())
            && isExported(method.getDeclaringClass());
    if (!open && !method.trySetAccessible()) {
      throw closed(type, method.getName() + "()");
    }
    return method;
  }

  /** Whether a package is exported to Gimbal. */
  static boolean isExported(Class<?> type) {
    return type.getModule().isExported(type.getPackageName(), Access.class.getModule());
  }

  private static IllegalArgumentException closed(Class<?> type, String what) {
    return new IllegalArgumentException(
        "type: "
            + type.getTypeName()
            + " (expected: a type that Gimbal may make; make it and "
            + what
            + " public in an exported package, or say \"opens "
            + type.getPackageName()
            + " to "
            + "dev.gimbal.core\" in its module-info)");
  }
}
