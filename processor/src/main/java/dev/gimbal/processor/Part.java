package dev.gimbal.processor;

import java.util.List;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a type has of one key, as it is written.
 *
 * @param javaName the name of the component or property
 * @param method the accessor, getter or setter
 * @param type what the value is
 * @param isLeftOut whether the type itself says what stands for an absent one
 * @param annotated what its annotations stand on, itself first; the later one wins
 * @param isSecretAbove whether a type above says that it is a secret
 * @param description what it is for, in one line; may be empty
 */
record Part(
    String javaName,
    ExecutableElement method,
    TypeMirror type,
    boolean isLeftOut,
    List<? extends AnnotatedConstruct> annotated,
    boolean isSecretAbove,
    String description) {

  Part {
    annotated = List.copyOf(annotated);
  }

  /** The key that {@code @Key} says, or null. */
  @Nullable String key() {
    return Annotations.text("Key", annotated);
  }

  @Nullable String defaultText() {
    return Annotations.text("Default", annotated);
  }

  /** Whether {@code @Sensitive} is there, or in a type above. */
  boolean isSecret() {
    return isSecretAbove || Annotations.said("Sensitive", annotated) != null;
  }

  /** Where the default stands, if there is one, else the component, getter or setter. */
  Place place() {
    Annotations.Said said = Annotations.said("Default", annotated);
    Element element =
        shown(said != null && said.on() instanceof Element on ? on : (Element) annotated.get(0));
    Annotations.Said shown = Annotations.said("Default", List.of(element));
    return new Place(element, shown == null ? null : shown.by());
  }

  /** The same; of a component its field, since javac has no place for the component itself. */
  private static Element shown(Element element) {
    if (element.getKind() != ElementKind.RECORD_COMPONENT
        || !(element.getEnclosingElement() instanceof TypeElement type)) {
      return element;
    }
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().equals(element.getSimpleName()))
        .map(Element.class::cast)
        .findFirst()
        .orElse(element);
  }

  /** Whether an absent one is null. */
  boolean isNullable() {
    return !isLeftOut && !(type instanceof PrimitiveType) && Annotations.isNullable(annotated);
  }
}
