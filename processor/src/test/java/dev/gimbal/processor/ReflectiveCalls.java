package dev.gimbal.processor;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which calls of core are reflective, and what a native image has to know for each. */
final class ReflectiveCalls {

  /** Whose methods are looked at. */
  private static final String OWNERS =
      "java/lang/(Class|ClassLoader|ClassValue|Enum|Module|ModuleLayer|Package|reflect/.*|invoke/.*)"
          + "|java/util/(EnumMap|EnumSet|ResourceBundle.*|ServiceLoader.*)"
          + "|java/io/Object(Input|Output)Stream";

  /** What {@link ClosedWorld} answers, as metadata or constants say. */
  private static final Set<String> WOVEN =
      Set.of(
          "Array.newInstance",
          "Class.arrayType",
          "Class.forName",
          "Class.getDeclaredConstructor",
          "Class.getDeclaredConstructors",
          "Class.getDeclaredField",
          "Class.getMethod",
          "Class.getMethods",
          "Class.getPermittedSubclasses",
          "Class.getRecordComponents",
          "Class.isSealed",
          "ClassLoader.getResource",
          "Constructor.newInstance",
          "InvocationHandler.invokeDefault",
          "Method.invoke",
          "Proxy.newProxyInstance",
          "ServiceLoader.load");

  /** What needs no metadata, by the reason for it. */
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "each class of an image has it with it",
          names(
              "Class",
              "componentType desiredAssertionStatus getAnnotation getAnnotations getClassLoader"
                  + " getComponentType getDeclaringClass getGenericInterfaces getGenericSuperclass getInterfaces"
                  + " getModifiers getModule getName getPackageName getSimpleName getSuperclass"
                  + " getTypeName getTypeParameters isAnnotation isArray isAssignableFrom isEnum isInstance"
                  + " isInterface isPrimitive isRecord"),
          "each enum of an image has its constants with it",
          both(
              names("Class", "getEnumConstants"),
              names("Enum", "<init> getDeclaringClass name valueOf")),
          "asked of members that a woven call answered",
          Stream.of(
                  names("AnnotatedElement", "getAnnotation getAnnotations"),
                  names(
                      "Constructor",
                      "canAccess getDeclaringClass getGenericParameterTypes getModifiers"
                          + " getParameterCount getParameterTypes getParameters isSynthetic"
                          + " trySetAccessible"),
                  names(
                      "Method",
                      "getAnnotatedReturnType getAnnotation getDeclaringClass getGenericParameterTypes"
                          + " getGenericReturnType getModifiers getName getParameterCount"
                          + " getParameterTypes getReturnType getTypeParameters isBridge isDefault"
                          + " trySetAccessible"),
                  names("RecordComponent", "getAnnotatedType getGenericType getName getType"),
                  names("InvocationTargetException", "<init> getCause"))
              .flatMap(Set::stream)
              .collect(Collectors.toSet()),
          "types of signatures, which stand with their members",
          Stream.of(
                  names("GenericArrayType", "getGenericComponentType"),
                  names("ParameterizedType", "getActualTypeArguments getOwnerType getRawType"),
                  names("Type", "getTypeName"),
                  names("TypeVariable", "getBounds"),
                  names("WildcardType", "getUpperBounds"))
              .flatMap(Set::stream)
              .collect(Collectors.toSet()),
          "about values that are there",
          both(
              names("Array", "get getLength set"),
              names("Proxy", "getInvocationHandler isProxyClass")),
          "arithmetic",
          both(
              names("Modifier", "isAbstract isPrivate isPublic isStatic"),
              names("MethodType", "methodType returnType toMethodDescriptorString unwrap wrap")),
          "the loaders, modules and tables of the JDK work in an image",
          Stream.of(
                  names("ClassLoader", "getPlatformClassLoader"),
                  names("ClassValue", "<init> get"),
                  names("Module", "isExported"),
                  names("ServiceLoader", "forEach iterator"))
              .flatMap(Set::stream)
              .collect(Collectors.toSet()),
          "lambdas, which the builder of images makes itself",
          names("LambdaMetafactory", "metafactory"));

  private ReflectiveCalls() {}

  private static Set<String> names(String owner, String methods) {
    return Stream.of(methods.split(" "))
        .map(method -> owner + '.' + method)
        .collect(Collectors.toSet());
  }

  private static Set<String> both(Set<String> a, Set<String> b) {
    return Stream.of(a, b).flatMap(Set::stream).collect(Collectors.toSet());
  }

  static boolean isReflective(String owner) {
    return owner.matches(OWNERS);
  }

  static boolean isWoven(String owner, String name) {
    return isReflective(owner) && WOVEN.contains(shortName(owner, name));
  }

  static Set<String> woven() {
    return WOVEN;
  }

  static Set<String> harmless() {
    return HARMLESS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** {@code Class.forName}. */
  static String shortName(String owner, String name) {
    return owner.substring(owner.lastIndexOf('/') + 1) + '.' + name;
  }

  /** Whether a class file, by its path, is one of core. */
  static boolean isOfCore(String path) {
    return Stream.of("bind", "champ", "engine", "format", "secret", "source", "text", "tree")
            .anyMatch(home -> path.matches("dev/gimbal/" + home + "/[^/]+"))
        || path.matches("dev/gimbal/[^/]+");
  }
}
