package dev.gimbal.bind;

import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Data classes of Kotlin, by their primary constructor and the defaults it has. */
final class KotlinClasses {

  /** The last parameter of the constructor that fills in defaults. */
  private static final String MARKER = "kotlin.jvm.internal.DefaultConstructorMarker";

  private KotlinClasses() {}

  /** Whether a class says that it is a data class. */
  static boolean isOne(Class<?> type) {
    return KotlinMetadata.of(type) != null;
  }

  static Blueprint blueprint(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    KotlinMetadata said = Objects.requireNonNull(KotlinMetadata.of(type));
    List<KotlinMetadata.Parameter> parameters = said.parameters();
    Constructor<?> primary = Access.open(primary(type, said));
    Type[] types = primary.getGenericParameterTypes();
    List<Member> members = new ArrayList<>();
    boolean hasDefaults = false;
    for (int i = 0; i < parameters.size(); i++) {
      KotlinMetadata.Parameter parameter = parameters.get(i);
      hasDefaults |= parameter.hasDefault();
      members.add(
          Member.of(
              type,
              parameter.name(),
              Types.resolve(types[i], arguments),
              absence(parameter),
              annotated(type, parameter.name(), primary.getParameters()[i])));
    }
    List<Member> told = Member.told(type, members);
    if (!hasDefaults) {
      return new Blueprint(type, told, primary::newInstance);
    }
    Constructor<?> filling = Access.open(filling(type, primary));
    return new Blueprint(type, told, values -> made(primary, filling, values));
  }

  private static Member.Absence absence(KotlinMetadata.Parameter parameter) {
    if (parameter.hasDefault()) {
      return Member.Absence.LEFT_OUT;
    }
    return parameter.nullable() ? Member.Absence.NULL : Member.Absence.ERROR;
  }

  /** The parameter and its property's field, for their annotations. */
  private static AnnotatedElement[] annotated(
      Class<?> type, String name, AnnotatedElement parameter) {
    try {
      return new AnnotatedElement[] {parameter, type.getDeclaredField(name)};
    } catch (NoSuchFieldException none) {
      return new AnnotatedElement[] {parameter};
    }
  }

  private static Constructor<?> primary(Class<?> type, KotlinMetadata said) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())
          && !constructor.isSynthetic()
          && constructor.getParameterCount() == said.parameters().size()
          && (said.descriptor() == null || said.descriptor().equals(descriptor(constructor)))) {
        return constructor;
      }
    }
    throw Types.unsupported(
        type, "a data class with a public constructor that takes no value classes");
  }

  private static String descriptor(Constructor<?> constructor) {
    return MethodType.methodType(void.class, constructor.getParameterTypes())
        .toMethodDescriptorString();
  }

  /** The constructor that takes, behind the values, a bit for each that is to be filled in. */
  private static Constructor<?> filling(Class<?> type, Constructor<?> primary) {
    Class<?>[] values = primary.getParameterTypes();
    int masks = masks(values.length);
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] all = constructor.getParameterTypes();
      if (all.length == values.length + masks + 1
          && all[all.length - 1].getName().equals(MARKER)
          && Arrays.equals(values, 0, values.length, all, 0, values.length)) {
        return constructor;
      }
    }
    throw Types.unsupported(type, "a data class whose constructor for defaults is there");
  }

  private static int masks(int values) {
    return (values + Integer.SIZE - 1) / Integer.SIZE;
  }

  private static Object made(
      Constructor<?> primary, Constructor<?> filling, @Nullable Object[] values)
      throws ReflectiveOperationException {
    if (Arrays.stream(values).noneMatch(value -> value == Blueprint.LEFT_OUT)) {
      return primary.newInstance(values);
    }
    int[] masks = new int[masks(values.length)];
    @Nullable Object[] all = Arrays.copyOf(values, filling.getParameterCount());
    for (int i = 0; i < values.length; i++) {
      if (values[i] == Blueprint.LEFT_OUT) {
        masks[i / Integer.SIZE] |= 1 << (i % Integer.SIZE);
        all[i] = Array.get(Array.newInstance(primary.getParameterTypes()[i], 1), 0);
      }
    }
    for (int i = 0; i < masks.length; i++) {
      all[values.length + i] = masks[i];
    }
    return filling.newInstance(all);
  }
}
