package dev.gimbal.processor;

import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** Names of types. Pure. */
final class TypeNames {

  private TypeNames() {}

  /** A type as Java writes it, in full and without annotations. */
  static String name(TypeMirror type) {
    return name(type, '.');
  }

  /** The same with the binary names of classes. */
  static String binaryName(TypeMirror type) {
    return name(type, '$');
  }

  private static String name(TypeMirror type, char inClass) {
    if (type instanceof DeclaredType declared) {
      String raw = name(declared.asElement(), inClass);
      return declared.getTypeArguments().isEmpty()
          ? raw
          : raw
              + declared.getTypeArguments().stream()
                  .map(argument -> name(argument, inClass))
                  .collect(Collectors.joining(", ", "<", ">"));
    }
    if (type instanceof ArrayType array) {
      return name(array.getComponentType(), inClass) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() == null
          ? "?"
          : "? extends " + name(wildcard.getExtendsBound(), inClass);
    }
    return type instanceof PrimitiveType primitive
        ? primitive.getKind().name().toLowerCase(Locale.ROOT)
        : type.toString();
  }

  private static String name(Element element, char inClass) {
    return element.getEnclosingElement() instanceof TypeElement outer
        ? name(outer, inClass) + inClass + element.getSimpleName()
        : ((TypeElement) element).getQualifiedName().toString();
  }

  /** How many types are named in a type, itself among them. */
  static int parts(TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      return 1 + declared.getTypeArguments().stream().mapToInt(TypeNames::parts).sum();
    }
    if (type instanceof ArrayType array) {
      return 1 + parts(array.getComponentType());
    }
    return type instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
        ? 1 + parts(wildcard.getExtendsBound())
        : 1;
  }
}
