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
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 1
          && Properties.hasPrefix(method.getName(), "set")
          && !Modifier.isStatic(method.getModifiers())
          && !method.isBridge()
          && !Kind.isOfJdk(method.getDeclaringClass())) {
        setters.computeIfAbsent(Properties.ofSetter(method), n -> new ArrayList<>()).add(method);
      }
    }
    return setters;
  }

  static Blueprint blueprint(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    Map<TypeVariable<?>, Type> known = Types.inherited(type, arguments);
    Constructor<?> constructor = Access.open(Objects.requireNonNull(constructor(type)));
    List<Member> members = new ArrayList<>();
    List<Method> setters = new ArrayList<>();
    setters(type)
        .forEach(
            (name, overloads) -> {
              Method setter = Access.open(type, only(type, name, overloads));
              setters.add(setter);
              members.add(
                  Member.of(
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
    return Arrays.stream(type.getMethods())
        .filter(method -> Properties.isGetter(method) && Properties.ofGetter(method).equals(name))
        .filter(method -> !method.getName().equals(name))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
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
