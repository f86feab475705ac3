package dev.gimbal.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The annotations of one type that hold for a test, outermost first. */
final class Declared {

  /** An annotation and where it stands. */
  record At<A extends Annotation>(AnnotatedElement element, A annotation) {}

  private Declared() {}

  static <A extends Annotation> List<At<A>> all(ExtensionContext context, Class<A> type) {
    List<At<A>> found = new ArrayList<>();
    for (AnnotatedElement element : elements(context)) {
      collect(element, element, type, new HashSet<>(), found);
    }
    return found;
  }

  /**
   * Enclosing classes, the class, the method; of each class what it extends and implements before
   * it.
   */
  private static Set<AnnotatedElement> elements(ExtensionContext context) {
    Deque<AnnotatedElement> outermostFirst = new ArrayDeque<>();
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      at.get().getElement().ifPresent(outermostFirst::addFirst);
      at = at.get().getParent();
    }
    Set<AnnotatedElement> elements = new LinkedHashSet<>();
    for (AnnotatedElement element : outermostFirst) {
      if (element instanceof Class<?> type) {
        addHierarchy(type, elements);
      } else {
        elements.add(element);
      }
    }
    return elements;
  }

  /** What a class extends, with all that this has, then what it implements, then itself. */
  private static void addHierarchy(Class<?> type, Set<AnnotatedElement> elements) {
    if (type.getSuperclass() != null) {
      addHierarchy(type.getSuperclass(), elements);
    }
    for (Class<?> implemented : type.getInterfaces()) {
      addHierarchy(implemented, elements);
    }
    elements.add(type);
  }

  /** First what stands on annotations that the element has, then its own. */
  private static <A extends Annotation> void collect(
      AnnotatedElement of,
      AnnotatedElement shown,
      Class<A> type,
      Set<Class<?>> seen,
      List<At<A>> found) {
    for (Annotation other : of.getDeclaredAnnotations()) {
      Class<? extends Annotation> meta = other.annotationType();
      if (meta != type && !meta.getName().startsWith("java.") && seen.add(meta)) {
        collect(meta, shown, type, seen, found);
      }
    }
    A own = of.getDeclaredAnnotation(type);
    if (own != null) {
      found.add(new At<>(shown, own));
    }
  }
}
