package dev.gimbal.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a test that is the value at a path when the parameter is resolved, as {@link
 * dev.gimbal.Value#as(Class)} makes it: a number, a text, a record. A value that is absent or does
 * not convert fails the test with GIM-002 or GIM-003. A type with arguments is asked for on the
 * Config, by a {@link dev.gimbal.TypeRef}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ConfigValue {

  /** The path in text form; empty for all. */
  String value();
}
