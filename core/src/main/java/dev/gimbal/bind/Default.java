package dev.gimbal.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component, getter, setter or constructor parameter of a bound type is where its key is
 * absent: a text, converted as one in a document is, so that a list has commas. The empty text is
 * an empty map, for a map. A default that does not convert is an error where the type is first
 * used.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.PARAMETER
})
public @interface Default {

  /** The text. */
  String value();
}
