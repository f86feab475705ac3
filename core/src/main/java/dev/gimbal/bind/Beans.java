package dev.gimbal.bind;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Classes with a constructor without parameters, and setters. */
final class Beans {

  private Beans() {}

  /** Whether a class can be made without anything, and has a setter. */
  static boolean isOne(Class<?> type) {
    return constructor(type) != null && !setters(type).isEmpty();
  }

  private static @Nullable Constructor<?> constructor(Class<?> type) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers())) {
        return constructor;
      }
    }
    return null;
  }

  /** The public setters, inherited ones too, by the names of the properties. */
  private static Map<String, List<Method>> setters(Class<?> type) {
    Map<String, List<Method>> setters = new TreeMap<>();
    Method[] methods = type.getMethods();
    for (Method method : methods) {
      if (method.getParameterCount() == 1
          && Properties.hasPrefix(method.getName(), "set")
          && !Modifier.isStatic(method.getModifiers())
          && !isSecond(method, methods)
          && !Kind.isOfJdk(method.getDeclaringClass())) {
        setters.computeIfAbsent(Properties.ofSetter(method), n -> new ArrayList<>()).add(method);
      }
    }
    return setters;
  }

  /**
   * Whether a method is a bridge to another of these. One to a method of a superclass that is not
   * public is the only one by which that can be called.
   */
  private static boolean isSecond(Method method, Method[] all) {
    return method.isBridge()
        && Arrays.stream(all)
            .filter(other -> !other.isBridge() && other.getName().equals(method.getName()))
            .anyMatch(other -> other.getParameterCount() == method.getParameterCount());
  }

  /** The method as it was written, with its type arguments: of a bridge, what it calls. */
  private static Method written(Method method) {
    Class<?> above = method.getDeclaringClass().getSuperclass();
    if (!method.isBridge() || above == null) {
      return method;
    }
    return Arrays.stream(above.getMethods())
        .filter(other -> !other.isBridge() && other.getName().equals(method.getName()))
        .filter(other -> Arrays.equals(other.getParameterTypes(), method.getParameterTypes()))
        .findFirst()
        .orElse(method);
  }

  static Blueprint blueprint(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    Map<TypeVariable<?>, Type> known = Types.inherited(type, arguments);
    Constructor<?> constructor = Access.open(Objects.requireNonNull(constructor(type)));
    List<Member> members = new ArrayList<>();
    List<Method> setters = new ArrayList<>();
    setters(type)
        .forEach(
            (name, overloads) -> {
              Method called = only(type, name, overloads);
              Method setter = written(called);
              setters.add(Access.open(type, called));
              members.add(
                  Member.of(
                      type,
                      name,
                      Types.resolve(setter.getGenericParameterTypes()[0], known),
                      Member.Absence.LEFT_OUT,
                      annotated(type, name, setter)));
            });
    return new Blueprint(
        type, Member.told(type, members), values -> made(constructor, setters, values));
  }

  private static Object made(
      Constructor<?> constructor, List<Method> setters, @Nullable Object[] values)
      throws ReflectiveOperationException {
    Object bean = constructor.newInstance();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != Blueprint.LEFT_OUT) {
        setters.get(i).invoke(bean, values[i]);
      }
    }
    return bean;
  }

  /** Of several setters, the one that takes what the getter gives. */
  private static Method only(Class<?> type, String name, List<Method> overloads) {
    if (overloads.size() == 1) {
      return overloads.get(0);
    }
    List<Method> getters = getters(type, name);
    for (Method setter : overloads) {
      if (getters.stream().anyMatch(g -> g.getReturnType() == setter.getParameterTypes()[0])) {
        return setter;
      }
    }
    throw new IllegalArgumentException(
        type.getTypeName() + ": two setters of " + name + ", and no getter says which");
  }

  /** The public getters of a property, {@code get...} before {@code is...}. */
  private static List<Method> getters(Class<?> type, String name) {
    Method[] methods = type.getMethods();
    return Arrays.stream(methods)
        .filter(method -> Properties.isGetter(method) && Properties.ofGetter(method).equals(name))
        .filter(method -> !method.getName().equals(name))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !isSecond(method, methods))
        .filter(method -> !Kind.isOfJdk(method.getDeclaringClass()))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** The setter, the getters and the field, for their annotations; the last says what counts. */
  private static AnnotatedElement[] annotated(Class<?> type, String name, Method setter) {
    List<AnnotatedElement> annotated = new ArrayList<>(List.of(setter));
    annotated.addAll(getters(type, name));
    try {
      annotated.add(setter.getDeclaringClass().getDeclaredField(name));
    } catch (NoSuchFieldException none) {
      return annotated.toArray(new AnnotatedElement[0]);
    }
    return annotated.toArray(new AnnotatedElement[0]);
  }
}
