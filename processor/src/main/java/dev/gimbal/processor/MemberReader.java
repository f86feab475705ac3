package dev.gimbal.processor;

import dev.gimbal.tree.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the members of records, interfaces and beans. */
final class MemberReader {

  private final Types types;
  private final Elements elements;
  private final Annotations annotations;

  MemberReader(ProcessingEnvironment environment, Annotations annotations) {
    this.types = environment.getTypeUtils();
    this.elements = environment.getElementUtils();
    this.annotations = annotations;
  }

  /** What a type of this kind is made of, in the order in which binding takes it. */
  List<Part> parts(Bound.Kind kind, DeclaredType type, TypeElement element) {
    return switch (kind) {
      case RECORD -> ofRecord(type, element);
      case INTERFACE -> ofInterface(type, element);
      case BEAN -> ofBean(type, element);
    };
  }

  /** The same properties; those whose names differ in case and separators only are exact. */
  static List<Property> told(String of, List<Property> properties) {
    Set<String> names = new HashSet<>();
    List<Property> told = new ArrayList<>();
    for (Property property : properties) {
      if (!names.add(property.name())) {
        throw new UnsupportedTypeException(of + ": two members read the key " + property.name());
      }
      String bare = ObjectNode.bareName(property.name());
      long alike =
          properties.stream().filter(o -> ObjectNode.bareName(o.name()).equals(bare)).count();
      told.add(alike > 1 ? property.asExact() : property);
    }
    return told;
  }

  // ---- types above

  /**
   * The types above one that must be known for what they say is secret: interfaces; and of classes,
   * whose methods are known with those of the class below, those that say so.
   */
  List<TypeElement> asked(TypeElement element) {
    return above(element).stream()
        .filter(above -> above.getKind() == ElementKind.INTERFACE || !secrets(above).isEmpty())
        .toList();
  }

  /** All classes and interfaces above a type, without those of the JDK. */
  private List<TypeElement> above(TypeElement element) {
    Set<TypeElement> above = new LinkedHashSet<>();
    addAbove(element, above);
    return List.copyOf(above);
  }

  private void addAbove(TypeElement element, Set<TypeElement> above) {
    for (TypeElement type : Annotations.directlyAbove(element)) {
      if (!isOfJdk(type) && above.add(type)) {
        addAbove(type, above);
      }
    }
  }

  /** The public methods of the types above that are secrets. */
  private List<ExecutableElement> secretsAbove(TypeElement element) {
    return above(element).stream().flatMap(type -> secrets(type).stream()).toList();
  }

  private static List<ExecutableElement> secrets(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> method.getModifiers().contains(Modifier.PUBLIC))
        .filter(method -> Annotations.said("Sensitive", List.of(method)) != null)
        .toList();
  }

  /** Whether one of these methods gets or sets what is read by a name. */
  private static boolean isIn(List<ExecutableElement> methods, String name) {
    return methods.stream()
        .anyMatch(
            method -> {
              String own = method.getSimpleName().toString();
              return isGetter(method)
                  ? own.equals(name) || nameOfGetter(method).equals(name)
                  : method.getParameters().size() == 1
                      && hasPrefix(own, "set")
                      && decapitalized(own, 3).equals(name);
            });
  }

  // ---- records

  private List<Part> ofRecord(DeclaredType type, TypeElement element) {
    List<Part> parts = new ArrayList<>();
    List<ExecutableElement> secrets = secretsAbove(element);
    for (RecordComponentElement component : element.getRecordComponents()) {
      ExecutableElement accessor = component.getAccessor();
      if (accessor == null) {
        throw new UnsupportedTypeException(
            TypeNames.name(type) + ": a component must not be called " + component);
      }
      parts.add(
          new Part(
              component.getSimpleName().toString(),
              accessor,
              returned(type, accessor),
              false,
              List.of(component, component.asType()),
              isIn(secrets, component.getSimpleName().toString()),
              annotations.ofComponent(component, element)));
    }
    return parts;
  }

  /** What default methods an interface has. */
  Bound.DefaultMethods defaults(TypeElement element) {
    List<ExecutableElement> defaults =
        methods(element).stream().filter(ExecutableElement::isDefault).toList();
    if (defaults.isEmpty()) {
      return Bound.DefaultMethods.NONE;
    }
    return defaults.stream().allMatch(method -> isPublic(owner(method)))
        ? Bound.DefaultMethods.PUBLIC
        : Bound.DefaultMethods.HIDDEN;
  }

  static boolean isPublic(TypeElement element) {
    return element.getModifiers().contains(Modifier.PUBLIC);
  }

  private TypeMirror returned(DeclaredType type, ExecutableElement method) {
    return ((ExecutableType) types.asMemberOf(type, method)).getReturnType();
  }

  // ---- interfaces

  private List<Part> ofInterface(DeclaredType type, TypeElement element) {
    Map<String, ExecutableElement> getters = new TreeMap<>();
    for (ExecutableElement method : methods(element)) {
      if (isGetter(method)) {
        getters.merge(method.getSimpleName().toString(), method, this::moreSpecific);
      } else if (!method.isDefault()) {
        throw new UnsupportedTypeException(
            TypeNames.name(type) + ": " + method.getSimpleName() + " is no getter");
      }
    }
    List<Part> parts = new ArrayList<>();
    List<ExecutableElement> secrets = secretsAbove(element);
    for (ExecutableElement getter : getters.values()) {
      parts.add(
          new Part(
              nameOfGetter(getter),
              getter,
              returned(type, getter),
              getter.isDefault(),
              List.of(getter, getter.getReturnType()),
              isIn(secrets, nameOfGetter(getter)),
              annotations.description(getter)));
    }
    return parts;
  }

  private ExecutableElement moreSpecific(ExecutableElement a, ExecutableElement b) {
    return types.isSubtype(types.erasure(b.getReturnType()), types.erasure(a.getReturnType()))
        ? b
        : a;
  }

  /** The public methods, inherited ones too, but for those of Object. */
  private List<ExecutableElement> methods(TypeElement element) {
    return ElementFilter.methodsIn(elements.getAllMembers(element)).stream()
        .filter(
            method ->
                method.getModifiers().contains(Modifier.PUBLIC)
                    && !method.getModifiers().contains(Modifier.STATIC)
                    && !isOfObject(method))
        .toList();
  }

  private static boolean isOfObject(ExecutableElement method) {
    String signature = method.toString();
    return owner(method).getQualifiedName().contentEquals("java.lang.Object")
        || signature.equals("hashCode()")
        || signature.equals("toString()")
        || signature.equals("equals(java.lang.Object)");
  }

  /** The type that has a method. */
  static TypeElement owner(ExecutableElement method) {
    return (TypeElement) Objects.requireNonNull(method.getEnclosingElement(), "a method's type");
  }

  private static boolean isGetter(ExecutableElement method) {
    return method.getParameters().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && method.getTypeParameters().isEmpty();
  }

  private static String nameOfGetter(ExecutableElement getter) {
    String name = getter.getSimpleName().toString();
    String type = TypeNames.name(getter.getReturnType());
    if ((type.equals("boolean") || type.equals("java.lang.Boolean")) && hasPrefix(name, "is")) {
      return decapitalized(name, 2);
    }
    return hasPrefix(name, "get") ? decapitalized(name, 3) : name;
  }

  private static boolean hasPrefix(String name, String prefix) {
    return name.startsWith(prefix)
        && name.length() > prefix.length()
        && !Character.isLowerCase(name.charAt(prefix.length()));
  }

  private static String decapitalized(String name, int from) {
    return Character.toLowerCase(name.charAt(from)) + name.substring(from + 1);
  }

  // ---- beans

  boolean isBean(TypeElement element) {
    return ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
            .anyMatch(
                made ->
                    made.getParameters().isEmpty()
                        && !made.getModifiers().contains(Modifier.PRIVATE))
        && !setters(element).isEmpty();
  }

  private Map<String, List<ExecutableElement>> setters(TypeElement element) {
    Map<String, List<ExecutableElement>> setters = new TreeMap<>();
    for (ExecutableElement method : methods(element)) {
      String name = method.getSimpleName().toString();
      if (method.getParameters().size() == 1 && hasPrefix(name, "set") && !isOfJdk(method)) {
        setters.computeIfAbsent(decapitalized(name, 3), n -> new ArrayList<>()).add(method);
      }
    }
    return setters;
  }

  private boolean isOfJdk(ExecutableElement method) {
    return isOfJdk(owner(method));
  }

  private boolean isOfJdk(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    String home =
        module == null || module.isUnnamed()
            ? type.getQualifiedName().toString()
            : module.getQualifiedName().toString();
    return home.startsWith("java.") || home.startsWith("jdk.");
  }

  private List<Part> ofBean(DeclaredType type, TypeElement element) {
    List<Part> parts = new ArrayList<>();
    List<ExecutableElement> secrets = secretsAbove(element);
    setters(element)
        .forEach(
            (name, overloads) -> {
              List<ExecutableElement> getters =
                  methods(element).stream()
                      .filter(m -> isGetter(m) && nameOfGetter(m).equals(name))
                      .filter(m -> !m.getSimpleName().contentEquals(name) && !isOfJdk(m))
                      .sorted(Comparator.comparing(m -> m.getSimpleName().toString()))
                      .toList();
              ExecutableElement setter = only(TypeNames.name(type), name, overloads, getters);
              List<Element> annotated = new ArrayList<>(List.of(setter));
              annotated.addAll(getters);
              owner(setter).getEnclosedElements().stream()
                  .filter(m -> m.getKind() == ElementKind.FIELD)
                  .filter(m -> m.getSimpleName().contentEquals(name))
                  .forEach(annotated::add);
              TypeMirror of =
                  ((ExecutableType) types.asMemberOf(type, setter)).getParameterTypes().get(0);
              String description =
                  annotated.stream()
                      .map(annotations::description)
                      .filter(text -> !text.isEmpty())
                      .findFirst()
                      .orElse("");
              boolean secret = isIn(secrets, name);
              parts.add(new Part(name, setter, of, true, annotated, secret, description));
            });
    return parts;
  }

  /** Of several setters, the one that takes what the getter gives. */
  private ExecutableElement only(
      String of, String name, List<ExecutableElement> overloads, List<ExecutableElement> getters) {
    if (overloads.size() == 1) {
      return overloads.get(0);
    }
    return overloads.stream()
        .filter(
            setter ->
                getters.stream()
                    .anyMatch(
                        getter ->
                            types.isSameType(
                                types.erasure(getter.getReturnType()),
                                types.erasure(setter.getParameters().get(0).asType()))))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedTypeException(
                    of + ": two setters of " + name + ", and no getter says which"));
  }
}
