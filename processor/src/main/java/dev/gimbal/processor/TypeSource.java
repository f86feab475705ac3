package dev.gimbal.processor;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Types in the source of a class that stands beside a bound type. Used by one thread. */
final class TypeSource {

  /** The parameter that has what the variables of the bound type stand for. */
  static final String ARGUMENTS = "$arguments";

  private static final String BINDER = "dev.gimbal.bind.Binder.";

  private final Types types;
  private final TypeElement beside;
  private final PackageElement home;

  TypeSource(Types types, Elements elements, TypeElement beside) {
    this.types = types;
    this.beside = beside;
    this.home = elements.getPackageOf(beside);
  }

  /** Whether the class may name all of a type. */
  boolean canName(TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      return isReachable(declared.asElement())
          && !(declared.getEnclosingType() instanceof DeclaredType)
          && declared.getTypeArguments().stream().allMatch(this::canName);
    }
    if (type instanceof ArrayType array) {
      return canName(array.getComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() == null || canName(wildcard.getExtendsBound());
    }
    if (type instanceof TypeVariable variable) {
      return beside.getTypeParameters().contains(variable.asElement())
          && canName(types.erasure(variable));
    }
    return type instanceof PrimitiveType;
  }

  /**
   * Whether the class may name a type: public ones of other packages, all of its own but private.
   */
  boolean isReachable(Element type) {
    for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
      boolean isOfHome = home.equals(packageOf(at));
      if (at.getModifiers().contains(Modifier.PRIVATE)
          || !isOfHome && !at.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private static Element packageOf(Element type) {
    Element at = type;
    while (!(at instanceof PackageElement) && at.getEnclosingElement() != null) {
      at = at.getEnclosingElement();
    }
    return at;
  }

  /** A type without arguments, as it is written in a cast. */
  String erased(TypeMirror type) {
    return TypeNames.name(types.erasure(type));
  }

  /** An expression of a {@code java.lang.reflect.Type}, as reflection would tell it. */
  String expression(TypeMirror type) {
    if (type instanceof TypeVariable variable) {
      int index = beside.getTypeParameters().indexOf(variable.asElement());
      return "(%s.length == 0 ? %s.class : %s[%d])"
          .formatted(ARGUMENTS, erased(variable), ARGUMENTS, index);
    }
    if (type instanceof ArrayType array && !isClass(array.getComponentType())) {
      return BINDER + "arrayOf(" + expression(array.getComponentType()) + ")";
    }
    if (type instanceof WildcardType wildcard) {
      TypeMirror bound = wildcard.getExtendsBound();
      return BINDER + "upTo(" + (bound == null ? "Object.class" : expression(bound)) + ")";
    }
    if (type instanceof DeclaredType declared && !declared.getTypeArguments().isEmpty()) {
      List<? extends TypeMirror> arguments = declared.getTypeArguments();
      return BINDER
          + "generic("
          + erased(declared)
          + ".class"
          + arguments.stream().map(this::expression).collect(Collectors.joining(", ", ", ", ")"));
    }
    return erased(type) + ".class";
  }

  /** Whether a class alone says all of a type. */
  private static boolean isClass(TypeMirror type) {
    return type instanceof PrimitiveType
        || type instanceof ArrayType array && isClass(array.getComponentType())
        || type instanceof DeclaredType declared && declared.getTypeArguments().isEmpty();
  }

  /** Whether all supertypes say their arguments, as far as they have any. */
  boolean saysArguments(TypeMirror type) {
    return !(type instanceof DeclaredType declared)
        || type instanceof NoType
        || declared.getTypeArguments().size()
                == ((TypeElement) declared.asElement()).getTypeParameters().size()
            && types.directSupertypes(type).stream().allMatch(this::saysArguments);
  }
}
