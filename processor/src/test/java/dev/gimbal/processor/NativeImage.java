package dev.gimbal.processor;

import dev.gimbal.processor.ClosedWorld.NotInImageError;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a native image answers that knows what {@link ImageMetadata} says, and what was asked of it.
 *
 * <p>The rules are those of <a
 * href="https://www.graalvm.org/jdk21/reference-manual/native-image/metadata/">Reachability
 * Metadata</a> and <a
 * href="https://www.graalvm.org/jdk21/reference-manual/native-image/dynamic-features/Reflection/">Reflection
 * in Native Image</a>, with <a
 * href="https://github.com/oracle/graal/blob/master/docs/reference-manual/native-image/assets/reflect-config-schema-v1.0.0.json">the
 * schema of reflect-config.json</a>, which all versions up to GraalVM 25 read; where these pages
 * leave open what is done, by {@code DynamicHub}, {@code ReflectionDataBuilder} and {@code
 * DynamicProxySupport} in <a href="https://github.com/oracle/graal">the sources</a>:
 *
 * <ul>
 *   <li>What is asked for all members gives those that are registered, or fails with exact
 *       metadata. A single one that is not registered is none, or fails with exact metadata.
 *   <li>Members that are registered for queries can be asked about, not called.
 *   <li>Components of a record are there all or not at all: by {@code allRecordComponents}, or
 *       where all accessors are registered. GraalVM 22 does not know the first, and exact metadata
 *       does not count the second.
 *   <li>A proxy needs its list of interfaces, which registers their methods; an array that only
 *       reflection makes, its own entry. Default methods of a proxy are reached by a private method
 *       of its class, {@code proxyClassLookup}, which only {@code reachability-metadata.json} can
 *       name (<a href="https://github.com/spring-projects/spring-framework/issues/37166">a report
 *       of it</a>).
 * </ul>
 */
final class NativeImage {

  /** Which builder made the image, and how. */
  enum Rules {
    /** GraalVM 22, the first for JDK 17. */
    GRAALVM_22,
    /** GraalVM for JDK 17 and 21: does not read {@code reachability-metadata.json}. */
    JDK_21,
    /** GraalVM from JDK 23 on, up to 25. */
    JDK_25,
    /** The same with {@code --exact-reachability-metadata}. */
    EXACT
  }

  private final ImageMetadata metadata;
  private final Rules rules;
  private final ClassLoader loader;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** The public methods that are registered, those of proxies among them. */
  private final Set<Method> methods;

  /**
   * @param loader of the application
   */
  NativeImage(ImageMetadata metadata, Rules rules, ClassLoader loader) {
    this.metadata = metadata;
    this.rules = rules;
    this.loader = loader;
    this.methods =
        Stream.concat(
                metadata.with("allPublicMethods").stream(),
                metadata.proxies(readsAll()).stream().flatMap(List::stream))
            .flatMap(name -> Arrays.stream(type(name).getMethods()))
            .collect(Collectors.toSet());
  }

  private Class<?> type(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was asked, and of which types: {@code getMethods app.Server}. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  void add(String call) {
    asked.add(call);
  }

  private void add(String call, Class<?> type) {
    add(call + ' ' + type.getTypeName());
  }

  private boolean readsAll() {
    return rules.compareTo(Rules.JDK_25) >= 0;
  }

  private boolean says(Class<?> type, String attribute) {
    return metadata.says(type.getTypeName(), attribute);
  }

  /** With exact metadata, nothing is asked that no entry says. */
  private void require(boolean isSaid, String what, Class<?> type) {
    if (rules == Rules.EXACT && !isSaid) {
      throw new NotInImageError(what + " of " + type.getTypeName());
    }
  }

  // ---- what is asked of a class

  void requireRecordComponents(Class<?> type) {
    add("getRecordComponents", type);
    boolean isSaid = says(type, "allRecordComponents");
    boolean haveAccessors =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getAccessor)
            .allMatch(this::isKnown);
    boolean areThere =
        switch (rules) {
          case GRAALVM_22 -> haveAccessors;
          case JDK_21, JDK_25 -> isSaid || haveAccessors;
          case EXACT -> isSaid;
        };
    if (!areThere) {
      throw new NotInImageError(
          "Record components not available for record class " + type.getTypeName());
    }
  }

  /** Of a type that is sealed; GraalVM 22 knows it by what it permits. */
  boolean isSealed(Class<?> type) {
    return rules != Rules.GRAALVM_22 || says(type, "allPermittedSubclasses");
  }

  Class<?>[] permittedSubclasses(Class<?> type) {
    add("getPermittedSubclasses", type);
    boolean isSaid = says(type, "allPermittedSubclasses");
    require(isSaid, "getPermittedSubclasses", type);
    return isSaid ? type.getPermittedSubclasses() : new Class<?>[0];
  }

  Constructor<?> declaredConstructor(Class<?> type, Class<?>[] parameters)
      throws NoSuchMethodException {
    add("getDeclaredConstructor", type);
    Constructor<?> constructor = type.getDeclaredConstructor(parameters);
    require(isKnown(constructor), "getDeclaredConstructor", type);
    if (!isKnown(constructor)) {
      throw new NoSuchMethodException(constructor.toString());
    }
    return constructor;
  }

  Constructor<?>[] declaredConstructors(Class<?> type) {
    add("getDeclaredConstructors", type);
    require(says(type, "allDeclaredConstructors"), "getDeclaredConstructors", type);
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(this::isKnown)
        .toArray(Constructor<?>[]::new);
  }

  Method[] methods(Class<?> type) {
    add("getMethods", type);
    boolean isSaid =
        metadata.with("allPublicMethods").stream()
            .map(this::type)
            .anyMatch(of -> of == type || !type.isInterface() && type.isAssignableFrom(of));
    require(isSaid, "getMethods", type);
    return Arrays.stream(type.getMethods()).filter(this::isKnown).toArray(Method[]::new);
  }

  /** One of the JDK is asked for by constants, which the builder of images looks up itself. */
  Method method(Class<?> type, String name, Class<?>[] parameters) throws NoSuchMethodException {
    if (isOfJdk(type)) {
      return type.getMethod(name, parameters);
    }
    throw new NotInImageError("getMethod of " + type.getTypeName());
  }

  Field declaredField(Class<?> type, String name) throws NoSuchFieldException {
    add("getDeclaredField", type);
    boolean isSaid = says(type, "allDeclaredFields");
    require(isSaid, "getDeclaredField", type);
    if (!isSaid) {
      throw new NoSuchFieldException(name);
    }
    return type.getDeclaredField(name);
  }

  void requireClass(String name) throws ClassNotFoundException {
    add("forName " + name);
    if (!metadata.names().contains(name)) {
      throw new ClassNotFoundException(name);
    }
  }

  // ---- what is made and called

  private static boolean isOfJdk(Class<?> type) {
    ClassLoader of = type.getClassLoader();
    return of == null || of == ClassLoader.getPlatformClassLoader();
  }

  private boolean isInvocable(Executable executable) {
    Class<?> owner = executable.getDeclaringClass();
    return executable instanceof Constructor
        ? says(owner, "allDeclaredConstructors")
        : methods.contains(executable);
  }

  /** Whether it can be asked about. */
  private boolean isKnown(Executable executable) {
    Class<?> owner = executable.getDeclaringClass();
    return owner == Object.class
        || isInvocable(executable)
        || executable instanceof Method && says(owner, "queryAllDeclaredMethods");
  }

  void requireInvocable(Executable executable) {
    Class<?> owner = executable.getDeclaringClass();
    if (isOfJdk(owner)) {
      return; // found by constants
    }
    add(executable instanceof Constructor ? "newInstance" : "invoke", owner);
    if (!isInvocable(executable)) {
      throw new NotInImageError("a call of " + executable);
    }
  }

  private static List<String> namesOf(Class<?>[] interfaces) {
    return Arrays.stream(interfaces).map(Class::getName).toList();
  }

  void requireProxy(Class<?>[] interfaces) {
    add("newProxyInstance", interfaces[0]);
    if (!metadata.proxies(readsAll()).contains(namesOf(interfaces))) {
      throw new NotInImageError("a proxy of " + namesOf(interfaces));
    }
  }

  void requireLookup(Class<?>[] interfaces) {
    add("invokeDefault", interfaces[0]);
    if (!readsAll() || !metadata.lookups().contains(namesOf(interfaces))) {
      throw new InternalError("proxyClassLookup of a proxy of " + namesOf(interfaces));
    }
  }

  /** Arrays of bytes and characters are in each image, as texts are. */
  void requireArray(Class<?> type) {
    if (type == byte[].class || type == char[].class) {
      return;
    }
    add("array", type);
    if (!metadata.names().contains(type.getTypeName())) {
      throw new NotInImageError("an array " + type.getTypeName());
    }
  }
}
