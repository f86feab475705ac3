package dev.gimbal.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where the compiler shows what is wrong.
 *
 * @param element of the source
 * @param annotation one of the element, or null
 */
record Place(Element element, @Nullable AnnotationMirror annotation) {}
