package dev.gimbal.processor;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads a type and all that it is made of, by the rules by which it is bound at run time. Used by
 * one thread, for one root.
 */
final class TypeReader {

  private static final String SECRET = "dev.gimbal.secret.Secret";

  /** As at run time. */
  private static final int MOST_LEVELS = 50;

  /** As at run time: more are named only where each names the one before more than once. */
  private static final int MOST_PARTS = 1_000;

  private static final Form ANYTHING = new Form.OfAnything();
  private static final Form TEXT = new Form.OfScalar("java.lang.String");

  private final Types types;
  private final Elements elements;
  private final Annotations annotations;
  private final MemberReader members;
  private final Map<String, Bound> bound = new LinkedHashMap<>();
  private final Map<TypeElement, Bound.Kind> made = new LinkedHashMap<>();
  private final DefaultCheck defaults;
  private final Set<Problem> problems = new LinkedHashSet<>();

  /** What is read now: the bound types that lead to it, and the last member. */
  private int levels;

  private @Nullable Member member;

  /** A member that is read, as messages call it. */
  private record Member(String name, Part part) {}

  TypeReader(ProcessingEnvironment environment, DefaultCheck defaults) {
    this.defaults = defaults;
    types = environment.getTypeUtils();
    elements = environment.getElementUtils();
    annotations = new Annotations(elements);
    members = new MemberReader(environment, annotations);
  }

  /**
   * The model of a root.
   *
   * @throws UnsupportedTypeException when the type, or one that it is made of, cannot be bound
   */
  Model read(TypeElement root, List<String> prefix) {
    Form form = form(types.getDeclaredType(root));
    if (!(form instanceof Form.OfBound type)) {
      throw new UnsupportedTypeException(
          root.getQualifiedName() + " is no record, interface, sealed type or bean");
    }
    return new Model(prefix, type.name(), bound);
  }

  /** The types with members that were read, generic ones once. */
  Map<TypeElement, Bound.Kind> made() {
    return made;
  }

  /** What is wrong with members that can be read nevertheless. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  Form form(TypeMirror type) {
    if (type instanceof PrimitiveType primitive) {
      return new Form.OfScalar(types.boxedClass(primitive).getQualifiedName().toString());
    }
    if (type instanceof ArrayType array) {
      TypeKind component = array.getComponentType().getKind();
      return component == TypeKind.BYTE || component == TypeKind.CHAR
          ? new Form.OfScalar(TypeNames.name(type))
          : new Form.OfList(
              form(array.getComponentType()), TypeNames.binaryName(types.erasure(array)));
    }
    if (type instanceof TypeVariable variable) {
      return form(types.erasure(variable.getUpperBound()));
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() == null ? ANYTHING : form(wildcard.getExtendsBound());
    }
    if (type instanceof DeclaredType declared) {
      return ofDeclared(declared, (TypeElement) declared.asElement());
    }
    throw new UnsupportedTypeException("nothing converts to " + type);
  }

  private Form ofDeclared(DeclaredType type, TypeElement element) {
    String raw = element.getQualifiedName().toString();
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    switch (raw) {
      case "java.lang.Object", "dev.gimbal.tree.Node" -> {
        return ANYTHING;
      }
      case "java.util.Optional" -> {
        return new Form.OfOptional(arguments.isEmpty() ? ANYTHING : form(arguments.get(0)));
      }
      case SECRET -> {
        if (arguments.isEmpty()) {
          throw new UnsupportedTypeException(SECRET + " without its argument");
        }
        return form(arguments.get(0));
      }
      case "java.util.OptionalInt" -> {
        return new Form.OfOptional(new Form.OfScalar("java.lang.Integer"));
      }
      case "java.util.OptionalLong" -> {
        return new Form.OfOptional(new Form.OfScalar("java.lang.Long"));
      }
      case "java.util.OptionalDouble" -> {
        return new Form.OfOptional(new Form.OfScalar("java.lang.Double"));
      }
      case "java.util.List", "java.util.Collection", "java.util.Set", "java.util.SortedSet" -> {
        return new Form.OfList(arguments.isEmpty() ? TEXT : form(arguments.get(0)), null);
      }
      case "java.util.Map", "java.util.SortedMap" -> {
        return arguments.isEmpty()
            ? new Form.OfMap(TEXT, ANYTHING)
            : new Form.OfMap(form(arguments.get(0)), form(arguments.get(1)));
      }
      default -> {
        return ofOther(type, element, raw);
      }
    }
  }

  private Form ofOther(DeclaredType type, TypeElement element, String raw) {
    if (element.getKind() == ElementKind.ENUM) {
      return new Form.OfEnum(
          raw,
          element.getEnclosedElements().stream()
              .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
              .map(member -> member.getSimpleName().toString())
              .toList());
    }
    boolean isAbstract = element.getModifiers().contains(Modifier.ABSTRACT);
    boolean isSealed = isAbstract && element.getModifiers().contains(Modifier.SEALED);
    if (raw.startsWith("java.") || raw.startsWith("javax.") || raw.equals("dev.gimbal.DataSize")) {
      return new Form.OfScalar(raw);
    }
    if (element.getKind() == ElementKind.RECORD) {
      return members(type, element, Bound.Kind.RECORD);
    }
    if (isSealed) {
      return cases(type, element);
    }
    if (element.getKind() == ElementKind.INTERFACE) {
      return members(type, element, Bound.Kind.INTERFACE);
    }
    return !isAbstract && members.isBean(element)
        ? members(type, element, Bound.Kind.BEAN)
        : new Form.OfScalar(raw);
  }

  private Form members(DeclaredType type, TypeElement element, Bound.Kind kind) {
    String name = TypeNames.name(type);
    String binaryName = elements.getBinaryName(element).toString();
    String description = annotations.description(element);
    Bound.OfMembers unread =
        new Bound.OfMembers(
            name,
            binaryName,
            description,
            kind,
            List.of(),
            List.of(),
            List.of(),
            Bound.DefaultMethods.NONE);
    if (bound.putIfAbsent(name, unread) == null) {
      enter(type);
      made.put(element, kind);
      List<Part> parts = members.parts(kind, withArguments(type, element), element);
      List<Property> read =
          parts.stream().map(part -> property(part, Names.nested(binaryName))).toList();
      bound.put(
          name,
          new Bound.OfMembers(
              name,
              binaryName,
              description,
              kind,
              MemberReader.told(name, read),
              kind == Bound.Kind.BEAN ? owners(parts, element) : List.of(),
              members.asked(element).stream()
                  .map(above -> elements.getBinaryName(above).toString())
                  .toList(),
              kind == Bound.Kind.INTERFACE
                  ? members.defaults(element)
                  : Bound.DefaultMethods.NONE));
      levels--;
    }
    return new Form.OfBound(name);
  }

  /** The other types that the setters of a bean stand in. */
  private List<Bound.Owner> owners(List<Part> setters, TypeElement bean) {
    return setters.stream()
        .map(setter -> MemberReader.owner(setter.method()))
        .filter(owner -> !owner.equals(bean))
        .distinct()
        .map(
            owner ->
                new Bound.Owner(elements.getBinaryName(owner).toString(), isBridged(owner, bean)))
        .toList();
  }

  /** Whether a public class has bridges to a superclass that is not. */
  private boolean isBridged(TypeElement owner, TypeElement bean) {
    TypeElement below = bean;
    while (below != null && !below.equals(owner)) {
      if (MemberReader.isPublic(below)) {
        return !MemberReader.isPublic(owner);
      }
      below = (TypeElement) types.asElement(below.getSuperclass());
    }
    return false;
  }

  /** A type that is named without its arguments has the bounds of its variables. */
  private DeclaredType withArguments(DeclaredType type, TypeElement element) {
    return type.getTypeArguments().isEmpty()
        ? types.getDeclaredType(
            element,
            element.getTypeParameters().stream()
                .map(parameter -> types.erasure(parameter.asType()))
                .toArray(TypeMirror[]::new))
        : type;
  }

  /**
   * One more bound type leads to what is read; they end, but where each is made of a larger one.
   */
  private void enter(DeclaredType type) {
    if (levels == MOST_LEVELS || TypeNames.parts(type) > MOST_PARTS) {
      String message =
          "type: %s (expected: a type that is made of others at most %d levels deep)"
              .formatted(TypeNames.binaryName(type), MOST_LEVELS);
      throw member == null
          ? new UnsupportedTypeException(message)
          : new UnsupportedTypeException(
              new Problem(member.name + ": " + message, member.part.place()));
    }
    levels++;
  }

  private Property property(Part part, String of) {
    String key = part.key();
    String name = key == null ? part.javaName() : key;
    Member outer = member;
    member = new Member(of + '.' + name, part);
    Form form = form(part.type());
    member = outer;
    String defaultText = part.defaultText();
    String problem = defaultText == null ? null : defaults.problem(form, defaultText);
    if (problem != null) {
      problems.add(new Problem(of + '.' + name + ": " + problem, part.place()));
    }
    return new Property(
        name,
        key != null,
        form,
        TypeNames.binaryName(part.type()),
        part.isLeftOut() || part.isNullable(),
        defaultText,
        part.isSecret() || isSecret(part.type()),
        part.description());
  }

  /** Whether a type, or one of its arguments, is a secret. */
  private static boolean isSecret(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isSecret(array.getComponentType());
    }
    return type instanceof DeclaredType declared
        && (((TypeElement) declared.asElement()).getQualifiedName().contentEquals(SECRET)
            || Annotations.isSensitive((TypeElement) declared.asElement())
            || declared.getTypeArguments().stream().anyMatch(TypeReader::isSecret));
  }

  private Form cases(DeclaredType type, TypeElement element) {
    String name = TypeNames.name(type);
    if (!element.getTypeParameters().isEmpty()) {
      throw new UnsupportedTypeException(name + ": a sealed type with type variables");
    }
    String binaryName = elements.getBinaryName(element).toString();
    String description = annotations.description(element);
    Bound.OfCases unread = new Bound.OfCases(name, binaryName, description, Map.of(), List.of());
    if (bound.putIfAbsent(name, unread) == null) {
      enter(type);
      Map<String, String> cases = new LinkedHashMap<>();
      Set<String> between = new LinkedHashSet<>();
      addCases(element, cases, between);
      bound.put(
          name, new Bound.OfCases(name, binaryName, description, cases, List.copyOf(between)));
      levels--;
    }
    return new Form.OfBound(name);
  }

  private void addCases(TypeElement sealed, Map<String, String> cases, Set<String> between) {
    for (TypeMirror permitted : sealed.getPermittedSubclasses()) {
      TypeElement element = (TypeElement) types.asElement(permitted);
      if (element.getModifiers().contains(Modifier.SEALED)
          && element.getModifiers().contains(Modifier.ABSTRACT)) {
        between.add(elements.getBinaryName(element).toString());
        addCases(element, cases, between);
        continue;
      }
      String key = Annotations.text("Key", List.of(element));
      Form form = form(types.erasure(permitted));
      if (!(form instanceof Form.OfBound of)) {
        throw new UnsupportedTypeException(
            TypeNames.name(sealed.asType()) + ": " + permitted + " cannot be bound");
      }
      cases.put(key == null ? element.getSimpleName().toString() : key, of.name());
    }
  }
}
