package dev.gimbal.bind;

import dev.gimbal.tree.Node;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The kinds of types that are bound to objects. */
enum Kind {
  RECORD,
  /** An interface or abstract class that names its subtypes. */
  SEALED,
  /** An interface of getters. */
  INTERFACE,
  /** A data class of Kotlin. */
  KOTLIN,
  /** A class with setters. */
  BEAN;

  /** The kind of a class; null for one that is not bound, as those of the JDK are not. */
  static @Nullable Kind of(Class<?> type) {
    if (!mayBeBound(type)) {
      return null;
    }
    boolean isAbstract = Modifier.isAbstract(type.getModifiers());
    if (type.isRecord()) {
      return RECORD;
    }
    if (isAbstract && type.isSealed()) {
      return SEALED;
    }
    if (type.isInterface()) {
      return type.isAnnotation() ? null : INTERFACE;
    }
    if (KotlinClasses.isOne(type)) {
      return KOTLIN;
    }
    return !isAbstract && Beans.isOne(type) ? BEAN : null;
  }

  /** Whether a class could be bound, as far as that is known without its members. */
  static boolean mayBeBound(Class<?> type) {
    return !isOfJdk(type) && type != Node.class && !type.isEnum() && !type.isArray();
  }

  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }
}
