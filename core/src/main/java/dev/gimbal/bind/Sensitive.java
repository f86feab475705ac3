package dev.gimbal.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component, getter, setter or constructor parameter of a bound type reads is a secret
 * (G11), whatever its key: {@code explain}, errors and all else that the Config shows have {@code
 * ***} in its place. On a type: all that is read for it. What a supertype says of a getter or
 * setter, or of itself, holds for the types below it too. The object that is made holds the value
 * as it is; {@link dev.gimbal.secret.Secret} keeps it out of the object's own text too.
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
public @interface Sensitive {}
