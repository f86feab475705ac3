package dev.gimbal.processor;

import java.util.List;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The source of the class that makes a bound type without reflection. Used by one thread. */
final class BinderSource {

  private static final String VALUES = "$values";
  private static final String MADE = "$Made";

  private final Elements elements;
  private final TypeElement element;
  private final Bound.Kind kind;
  private final TypeSource types;
  private final List<Part> parts;

  private BinderSource(
      ProcessingEnvironment environment, TypeElement element, Bound.Kind kind, List<Part> parts) {
    this.elements = environment.getElementUtils();
    this.element = element;
    this.kind = kind;
    this.types = new TypeSource(environment.getTypeUtils(), elements, element);
    this.parts = parts;
  }

  /**
   * The source; null for a type that a class beside it cannot make, or whose parts it cannot name.
   */
  static @Nullable String of(
      ProcessingEnvironment environment, TypeElement element, Bound.Kind kind) {
    MemberReader reader =
        new MemberReader(environment, new Annotations(environment.getElementUtils()));
    DeclaredType type = (DeclaredType) element.asType();
    BinderSource source =
        new BinderSource(environment, element, kind, reader.parts(kind, type, element));
    return source.isPossible() ? source.write() : null;
  }

  private boolean isPossible() {
    boolean isInner =
        element.getNestingKind() == NestingKind.MEMBER
            && !element.getModifiers().contains(Modifier.STATIC);
    return types.isReachable(element)
        && !(kind == Bound.Kind.BEAN && (isInner || isOfKotlin()))
        && types.saysArguments(element.asType())
        && parts.stream().allMatch(part -> types.canName(part.type()) && throwsNamed(part));
  }

  private boolean throwsNamed(Part part) {
    return part.method().getThrownTypes().stream().allMatch(types::canName);
  }

  /** A data class may look like a bean, and is bound by its constructor. */
  private boolean isOfKotlin() {
    return element.getAnnotationMirrors().stream()
        .anyMatch(mirror -> TypeNames.name(mirror.getAnnotationType()).equals("kotlin.Metadata"));
  }

  private String write() {
    return Sources.head(elements, element)
        + """
        /** Makes {@code %1$s} without reflection. */
        %2$spublic final class %3$s implements dev.gimbal.bind.Binder {

          /** For the list of binders. */
          public %3$s() {}

          @Override
          public Class<?> type() {
            return %1$s.class;
          }

          @Override
          public java.util.List<dev.gimbal.bind.Member> members(java.lang.reflect.Type... %4$s) {
            return java.util.List.of(%5$s);
          }

          @Override
          public Object make(Object[] %6$s) throws Throwable {
        %7$s  }
        %8$s}
        """
            .formatted(
                self(),
                Sources.SUPPRESSED,
                Sources.simpleName(elements, element, Sources.BINDER),
                TypeSource.ARGUMENTS,
                parts.stream().map(this::member).collect(Collectors.joining(",")),
                VALUES,
                switch (kind) {
                  case RECORD -> ofRecord();
                  case INTERFACE -> ofInterface();
                  case BEAN -> ofBean();
                },
                kind == Bound.Kind.INTERFACE ? madeClass() : "");
  }

  private String self() {
    return types.erased(element.asType());
  }

  private String member(Part part) {
    String key = part.key();
    String defaultText = part.defaultText();
    String absence = part.isLeftOut() ? "LEFT_OUT" : part.isNullable() ? "NULL" : "ERROR";
    return "\n        new dev.gimbal.bind.Member(%s, %s, %s, %s, %s, %s)"
        .formatted(
            elements.getConstantExpression(key == null ? part.javaName() : key),
            key != null,
            types.expression(part.type()),
            "dev.gimbal.bind.Member.Absence." + absence,
            defaultText == null ? "null" : elements.getConstantExpression(defaultText),
            part.isSecret());
  }

  private String value(int index) {
    return "(" + types.erased(parts.get(index).type()) + ") " + VALUES + "[" + index + "]";
  }

  private static String isLeftOut(int index) {
    return "dev.gimbal.bind.Binder.isLeftOut(" + VALUES + "[" + index + "])";
  }

  // ---- records

  private String ofRecord() {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      values.append(i == 0 ? "\n        " : ",\n        ").append(value(i));
    }
    return "    return new " + self() + "(" + values + ");\n";
  }

  // ---- beans

  private String ofBean() {
    StringBuilder body = new StringBuilder();
    body.append("    %1$s $made = new %1$s();\n".formatted(self()));
    for (int i = 0; i < parts.size(); i++) {
      String set = parts.get(i).method().getSimpleName() + "(" + value(i) + ")";
      body.append("    if (!" + isLeftOut(i) + ") {\n      $made." + set + ";\n    }\n");
    }
    return body + "    return $made;\n";
  }

  // ---- interfaces

  /** What is left out is asked of one that has the other values. */
  private String ofInterface() {
    if (parts.stream().noneMatch(Part::isLeftOut)) {
      return "    return new %s(%s);\n".formatted(MADE, VALUES);
    }
    StringBuilder body = new StringBuilder();
    body.append("    %1$s $made = new %1$s(%2$s);\n".formatted(MADE, VALUES));
    body.append("    Object[] $all = %s.clone();\n".formatted(VALUES));
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).isLeftOut()) {
        String getter = parts.get(i).method().getSimpleName() + "()";
        body.append("    if (" + isLeftOut(i) + ") {\n      $all[" + i + "] = $made." + getter);
        body.append(";\n    }\n");
      }
    }
    return body + "    return new %s($all);\n".formatted(MADE);
  }

  private String madeClass() {
    StringBuilder getters = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      getters.append(getter(i, parts.get(i)));
    }
    String names =
        parts.stream()
            .map(part -> part.method().getSimpleName().toString())
            .collect(Collectors.joining(", ", "[", "]"));
    return """

      private static final class %1$s implements %2$s {

        private final Object[] %3$s;

        %1$s(Object[] %3$s) {
          this.%3$s = %3$s;
        }
    %4$s
        @Override
        public boolean equals(Object $other) {
          return $other instanceof %1$s && java.util.Arrays.deepEquals(%3$s, ((%1$s) $other).%3$s);
        }

        @Override
        public int hashCode() {
          return java.util.Arrays.deepHashCode(%3$s);
        }

        @Override
        public String toString() {
          return "%5$s";
        }
      }
    """
        .formatted(
            MADE,
            self(),
            VALUES,
            getters,
            Names.nested(elements.getBinaryName(element).toString()) + names);
  }

  private String getter(int index, Part part) {
    ExecutableElement method = part.method();
    String thrown =
        method.getThrownTypes().stream().map(types::erased).collect(Collectors.joining(", "));
    String byDefault =
        part.isLeftOut()
            ? "      if (%s) {\n        return %s.super.%s();\n      }\n"
                .formatted(isLeftOut(index), self(), method.getSimpleName())
            : "";
    return "\n    @Override\n    public %s %s()%s {\n%s      return %s;\n    }\n"
        .formatted(
            types.erased(part.type()),
            method.getSimpleName(),
            thrown.isEmpty() ? "" : " throws " + thrown,
            byDefault,
            given(index, part.type()));
  }

  /** Arrays are copied at each call, also those that a variable stands for. */
  private String given(int index, TypeMirror type) {
    String value = VALUES + "[" + index + "]";
    boolean mayBeArray = !(type instanceof PrimitiveType) && !isFinal(type);
    return "(%s) %s"
        .formatted(
            types.erased(type),
            mayBeArray ? "dev.gimbal.bind.Binder.unshared(" + value + ")" : value);
  }

  private static boolean isFinal(TypeMirror type) {
    return !(type instanceof ArrayType)
        && type instanceof DeclaredType declared
        && declared.asElement().getModifiers().contains(Modifier.FINAL);
  }
}
