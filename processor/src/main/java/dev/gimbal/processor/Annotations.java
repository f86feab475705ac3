package dev.gimbal.processor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** What annotations and Javadoc say. */
final class Annotations {

  private static final String BIND = "dev.gimbal.bind.";

  private final Elements elements;

  Annotations(Elements elements) {
    this.elements = elements;
  }

  /**
   * What an annotation says, and where it stands.
   *
   * @param on what has the annotation
   * @param by the annotation
   */
  record Said(AnnotatedConstruct on, AnnotationMirror by) {

    String text() {
      return (String) by.getElementValues().values().iterator().next().getValue();
    }
  }

  /** What {@code @Key}, {@code @Default} or the like says on the last that has it, or null. */
  static @Nullable String text(String simpleName, List<? extends AnnotatedConstruct> annotated) {
    Said said = said(simpleName, annotated);
    return said == null ? null : said.text();
  }

  /** The same with where it stands. */
  static @Nullable Said said(String simpleName, List<? extends AnnotatedConstruct> annotated) {
    Said said = null;
    for (AnnotatedConstruct one : annotated) {
      for (AnnotationMirror mirror : one.getAnnotationMirrors()) {
        if (type(mirror).getQualifiedName().contentEquals(BIND + simpleName)) {
          said = new Said(one, mirror);
        }
      }
    }
    return said;
  }

  /** Whether a type, or one above it, is {@code @Sensitive}. */
  static boolean isSensitive(TypeElement type) {
    return said("Sensitive", List.of(type)) != null
        || directlyAbove(type).stream().anyMatch(Annotations::isSensitive);
  }

  /** The superclass and the interfaces of a type. */
  static List<TypeElement> directlyAbove(TypeElement type) {
    return Stream.concat(type.getInterfaces().stream(), Stream.of(type.getSuperclass()))
        .filter(DeclaredType.class::isInstance)
        .map(above -> (TypeElement) ((DeclaredType) above).asElement())
        .toList();
  }

  /** Whether an annotation of the name {@code Nullable} is there that is kept at run time. */
  static boolean isNullable(List<? extends AnnotatedConstruct> annotated) {
    return annotated.stream()
        .flatMap(one -> one.getAnnotationMirrors().stream())
        .map(Annotations::type)
        .anyMatch(type -> type.getSimpleName().contentEquals("Nullable") && isKeptAtRunTime(type));
  }

  private static boolean isKeptAtRunTime(TypeElement annotation) {
    return annotation.getAnnotationMirrors().stream()
        .filter(
            mirror ->
                type(mirror).getQualifiedName().contentEquals("java.lang.annotation.Retention"))
        .flatMap(mirror -> mirror.getElementValues().values().stream())
        .anyMatch(value -> value.getValue().toString().equals("RUNTIME"));
  }

  private static TypeElement type(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  /** What {@code @Description} or the Javadoc of an element says, in one line. */
  String description(Element element) {
    String said = text("Description", List.of(element));
    return said == null ? plain(List.of(javadoc(element).split("(?m)^\\s*@", 2)[0])) : said;
  }

  /** What {@code @Description} or the {@code @param} of its type says of a component. */
  String ofComponent(Element component, Element type) {
    String said = text("Description", List.of(component));
    if (said != null) {
      return said;
    }
    String name = component.getSimpleName().toString();
    List<String> lines = new ArrayList<>();
    for (String block : javadoc(type).split("(?m)^\\s*@")) {
      String[] words = block.trim().split("\\s+", 3);
      if (words.length == 3 && words[0].equals("param") && words[1].equals(name)) {
        lines.add(words[2]);
      }
    }
    return plain(lines);
  }

  private String javadoc(Element element) {
    String text = elements.getDocComment(element);
    return text == null ? "" : text;
  }

  /** Javadoc as plain text. */
  private static String plain(List<String> lines) {
    String text = String.join(" ", lines);
    text = text.replaceAll("\\{@\\w+\\s+([^}]*)}", "$1").replaceAll("</?[a-zA-Z][^>]*>", "");
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return String.join(" ", Arrays.asList(text.trim().split("\\s+")));
  }
}
