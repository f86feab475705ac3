package dev.gimbal.processor;

import java.util.List;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What a type has of one key, as it is written.
 *
 * @param javaName the name of the component or property
 * @param method the accessor, getter or setter
 * @param type what the value is
 * @param isLeftOut whether the type itself says what stands for an absent one
 * @param annotated what its annotations stand on; the later one wins
 * @param description what it is for, in one line; may be empty
 */
record Part(
    String javaName,
    ExecutableElement method,
    TypeMirror type,
    boolean isLeftOut,
    List<? extends AnnotatedConstruct> annotated,
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

  /** Whether an absent one is null. */
  boolean isNullable() {
    return !isLeftOut && !(type instanceof PrimitiveType) && Annotations.isNullable(annotated);
  }
}
