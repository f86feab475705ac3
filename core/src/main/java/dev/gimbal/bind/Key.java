package dev.gimbal.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the key that a component, getter, setter or constructor parameter of a bound type reads. It
 * is one literal key, matched exactly; without it, the key is the Java name, without regard to case
 * and separators. On a class that a sealed type permits, it is the name that the {@code type} key
 * has for it.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.TYPE
})
public @interface Key {

  /** The key. */
  String value();
}
